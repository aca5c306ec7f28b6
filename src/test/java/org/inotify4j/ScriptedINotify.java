package org.inotify4j;

import java.io.IOException;
import org.inotify4j.libc.LibC;
import org.inotify4j.watch.SmallQueue;

/** Opens instances over a kernel of the test's own, for tests of every package. */
public final class ScriptedINotify {

  private ScriptedINotify() {}

  /** An instance that talks to the given kernel. */
  @SuppressWarnings("exports")
  public static INotify open(LibC libC) throws IOException {
    return INotify.builder().nonblocking(true).libC(libC).open();
  }

  /** One whose descriptor a hub reads and closes. */
  @SuppressWarnings("exports")
  public static INotify openForHub(LibC libC) throws IOException {
    return SmallQueue.open(() -> INotify.builder().closeFd(false).libC(libC).open());
  }
}
