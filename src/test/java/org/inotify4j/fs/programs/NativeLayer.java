package org.inotify4j.fs.programs;

import org.inotify4j.INotify;
import org.inotify4j.libc.SystemLibC;

/** Uses the library, and says how it reached the kernel, or why it could not. */
public final class NativeLayer {

  private NativeLayer() {}

  /** Needs no argument. */
  public static void main(String[] args) throws Exception {
    try (INotify inotify = INotify.open()) {
      inotify.wakeup();
      System.out.print(SystemLibC.description());
    } catch (UnsupportedOperationException e) {
      System.out.print(e.getMessage());
    }
  }
}
