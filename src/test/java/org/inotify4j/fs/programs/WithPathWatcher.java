package org.inotify4j.fs.programs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.PathWatcher;

/** Hears of changes through org.eclipse.jetty:jetty-util. */
public final class WithPathWatcher {

  /** What it prints. */
  public static final String OUTPUT =
      """
      ADDED sub
      ADDED sub/deep
      ADDED sub/deep/file
      MODIFIED sub/deep/file
      DELETED sub/deep/file
      ADDED other
      DELETED other
      stopped
      """;

  private WithPathWatcher() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    Files.createFile(directory.resolve("there before"));
    ChangeLog log = new ChangeLog(directory);
    PathWatcher watcher = new PathWatcher();
    PathWatcher.Config config = new PathWatcher.Config(directory);
    config.setRecurseDepth(PathWatcher.Config.UNLIMITED_DEPTH);
    watcher.watch(config);
    watcher.setNotifyExistingOnStart(false);
    watcher.setUpdateQuietTime(100, TimeUnit.MILLISECONDS);
    watcher.addListener((PathWatcher.Listener) event -> log.tell(event.getType(), event.getPath()));
    watcher.start();
    log.run("ADDED", "MODIFIED", "DELETED");
    awaitTold();
    watcher.stop();
    System.out.println("stopped");
  }

  /**
   * Waits until the watcher's thread is done with the last event's list: Jetty's stop() empties
   * that list in the caller's thread, and what still goes through it fails.
   */
  private static void awaitTold() {
    while (Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(WithPathWatcher::tells)) {
      Thread.onSpinWait();
    }
  }

  private static boolean tells(StackTraceElement frame) {
    return frame.getClassName().equals(PathWatcher.class.getName())
        && frame.getMethodName().equals("notifyEvents");
  }
}
