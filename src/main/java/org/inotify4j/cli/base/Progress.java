package org.inotify4j.cli.base;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Shows at a terminal how many directories are watched so far, where that takes its time. */
public final class Progress {

  private static final long INTERVAL_MILLIS = 500;

  private final Console console;
  private final IntSupplier count;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "inotify4j-progress");
            thread.setDaemon(true);
            return thread;
          });
  private boolean isShown;

  private Progress(Console console, IntSupplier count) {
    this.console = console;
    this.count = count;
  }

  /** Begins to show, where somebody can see it. */
  public static Progress start(Console console, IntSupplier count, boolean quiet) {
    Progress progress = new Progress(console, count);
    if (!quiet && console.isTerminal()) {
      var unused =
          progress.timer.scheduleAtFixedRate(
              progress::show, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }
    return progress;
  }

  private void show() {
    isShown = true;
    console.show(count.getAsInt() + " directories so far");
  }

  /** Takes the line away. */
  public void end() {
    timer.shutdownNow();
    try {
      if (timer.awaitTermination(INTERVAL_MILLIS, TimeUnit.MILLISECONDS) && isShown) {
        console.show("");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
