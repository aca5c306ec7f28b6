package org.inotify4j.cli.stats;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.inotify4j.EntryName;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.Patience;
import org.inotify4j.cli.base.WatchedPath;
import org.inotify4j.cli.regex.PathSelection;
import org.inotify4j.cli.roots.Roots;
import org.inotify4j.watch.INotifyWatchEvent;
import org.inotify4j.watch.INotifyWatchService;

/** Counts the events that a watch service has, until its time is over or it is interrupted. */
final class StatsLoop {

  /** Shows what was counted so far. */
  interface Display {

    /** {@return false where nobody looks any more} */
    boolean show() throws IOException;
  }

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final INotifyWatchService service;
  private final Roots roots;
  private final PathSelection selection;
  private final StatsTable table;
  private final Console console;
  private final Display display;

  StatsLoop(
      INotifyWatchService service,
      Roots roots,
      PathSelection selection,
      StatsTable table,
      Console console,
      Display display) {
    this.service = service;
    this.roots = roots;
    this.selection = selection;
    this.table = table;
    this.console = console;
    this.display = display;
  }

  /**
   * Counts.
   *
   * @param time for how long; zero for ever
   * @throws IOException if what was counted cannot be shown
   */
  void run(Duration time) throws IOException {
    Patience untilEnd = new Patience(time);
    Patience untilShown = new Patience(INTERVAL);
    try {
      while (!untilEnd.isOver() && !roots.isEmpty()) {
        Duration wait = untilShown.left();
        if (!untilEnd.isEndless() && untilEnd.left().compareTo(wait) < 0) {
          wait = untilEnd.left();
        }
        WatchKey key = service.poll(Math.max(1, wait.toNanos()), TimeUnit.NANOSECONDS);
        if (key != null) {
          take(key);
        }
        if (untilShown.isOver()) {
          if (!display.show()) {
            return;
          }
          untilShown.renew();
        }
      }
    } catch (InterruptedException e) {
      // Ctrl-C: what was counted is to be printed.
    }
    drain();
  }

  /** Counts what has happened until now, and is still on its way. */
  private void drain() throws IOException {
    Patience patience = new Patience(INTERVAL);
    try {
      boolean unused = service.sync(INTERVAL);
    } catch (InterruptedException e) {
      return;
    }
    WatchKey key = service.poll();
    while (key != null && !patience.isOver()) {
      take(key);
      key = service.poll();
    }
  }

  private void take(WatchKey key) {
    boolean unused = roots.take(key, console, this::take);
  }

  private void take(Roots.Root root, INotifyWatchEvent<?> event, int mask) {
    if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
      console.error("events were lost: there were more than could be counted");
      return;
    }
    Path context = (Path) event.context();
    WatchedPath watched = root.above(context);
    if (selection.has(watched.followedBy(EntryName.of(context)))) {
      table.count(watched, mask);
    }
  }
}
