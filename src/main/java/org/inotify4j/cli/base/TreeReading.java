package org.inotify4j.cli.base;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.inotify4j.base.Escaping;
import org.inotify4j.snapshot.TreeSnapshot;

/** What the commands that read whole trees have in common. */
public final class TreeReading {

  private static final int MOST_THREADS = 8;

  private TreeReading() {}

  /** How many threads read a tree. */
  public static int threads() {
    return Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
  }

  /** Says what could not be read. */
  public static void sayUnreadable(Console console, byte[] root, TreeSnapshot taken) {
    for (Path path : taken.unreadable()) {
      console.error("not read: " + Escaping.escape(PathNames.resolve(root, path)));
    }
  }

  /** What a command does. */
  public interface Work {

    /** {@return its exit code} */
    int run() throws IOException;
  }

  /** Does it, and says why it cannot be done. */
  public static int attempt(Console console, Work work) {
    try {
      return work.run();
    } catch (FileSystemException e) {
      console.error(Reasons.ofNamed(e));
    } catch (IOException | UnsupportedOperationException e) {
      console.error(Escaping.escape(String.valueOf(e.getMessage())));
    }
    return ExitCode.TROUBLE;
  }
}
