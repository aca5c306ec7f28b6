package org.inotify4j.cli.watch;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.Mask;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.Patience;
import org.inotify4j.cli.base.WatchedPath;
import org.inotify4j.cli.format.EventFormat;
import org.inotify4j.cli.roots.Roots;
import org.inotify4j.watch.INotifyEventKinds;
import org.inotify4j.watch.INotifyWatchEvent;
import org.inotify4j.watch.INotifyWatchService;
import org.jspecify.annotations.Nullable;

/**
 * Prints the events of files, directories and whole trees that a watch service watches, until one
 * of the reasons to end is met.
 */
final class ServiceLoop {

  private final INotifyWatchService service;
  private final Roots roots;
  private final EventOutput output;
  private final Console console;

  ServiceLoop(INotifyWatchService service, Roots roots, EventOutput output, Console console) {
    this.service = service;
    this.roots = roots;
    this.output = output;
    this.console = console;
  }

  /**
   * Runs until the end.
   *
   * @param timeout how long to wait for an event; zero for ever
   * @param quiet whether to say nothing but errors
   * @return the exit code
   * @throws IOException if the events cannot be printed
   * @throws InterruptedException if the thread is interrupted
   */
  int run(Duration timeout, boolean quiet) throws IOException, InterruptedException {
    Patience patience = new Patience(timeout);
    while (!patience.isOver()) {
      WatchKey key =
          patience.isEndless()
              ? service.take()
              : service.poll(patience.left().toNanos(), TimeUnit.NANOSECONDS);
      int before = output.added();
      if (key != null) {
        take(key);
      }
      if (output.endRound(roots.isEmpty(), quiet)) {
        return output.exitCode();
      }
      if (output.added() > before) {
        patience.renew();
      }
    }
    return ExitCode.TIMEOUT;
  }

  /** Takes what a key has, which is reset. */
  private void take(WatchKey key) {
    Roots.Root root = roots.get(key);
    if (roots.take(key, console, this::take)) {
      INotifyEvent ignored = new INotifyEvent(0, Flag.IGNORED.bit(), 0, EntryName.EMPTY);
      output.add(ignored, root.watchedPath(), null);
    }
  }

  private void take(Roots.Root root, INotifyWatchEvent<?> event, int mask) {
    if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
      INotifyEvent overflow = new INotifyEvent(-1, mask, 0, EntryName.EMPTY);
      output.add(overflow, WatchedPath.NONE, null);
      return;
    }
    Path context = (Path) event.context();
    int cookie = (mask & Mask.MOVE) == 0 ? 0 : event.cookie();
    INotifyEvent raw = new INotifyEvent(0, mask, cookie, EntryName.of(context));
    output.add(raw, root.above(context), found(event));
  }

  /** What an event is that is not of the kernel; null for one that is. */
  private static @Nullable String found(INotifyWatchEvent<?> event) {
    boolean isNamed =
        event.kind().equals(INotifyEventKinds.EXISTS)
            || event.kind().equals(INotifyEventKinds.READY);
    if (isNamed) {
      return event.kind().name();
    }
    return event.isSynthetic() ? EventFormat.FOUND : null;
  }
}
