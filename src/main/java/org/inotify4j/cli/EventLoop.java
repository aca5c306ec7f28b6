package org.inotify4j.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;

/** Reads events and prints them until one of the reasons to end is met. */
final class EventLoop {

  private final INotify inotify;
  private final WatchedPaths watched;
  private final int asked;
  private final EventFormat format;
  private final Console console;
  private final Duration timeout;
  private final boolean once;
  private final boolean quiet;

  /** Whether an event was printed that was asked for. */
  private boolean answered;

  /**
   * A loop.
   *
   * @param asked the mask of the events that the user wants to see
   * @param timeout how long to wait for an event; zero for ever
   * @param once whether one event is enough
   * @param quiet whether to say nothing but errors
   */
  EventLoop(
      INotify inotify,
      WatchedPaths watched,
      int asked,
      EventFormat format,
      Console console,
      Duration timeout,
      boolean once,
      boolean quiet) {
    this.inotify = inotify;
    this.watched = watched;
    this.asked = asked;
    this.format = format;
    this.console = console;
    this.timeout = timeout;
    this.once = once;
    this.quiet = quiet;
  }

  /**
   * Runs until the end.
   *
   * @return the exit code
   * @throws IOException if events cannot be read
   */
  int run() throws IOException {
    while (true) {
      List<INotifyEvent> events = timeout.isZero() ? inotify.read() : inotify.read(timeout);
      if (events.isEmpty()) {
        return ExitCode.TIMEOUT;
      }
      boolean isRead = console.print(texts(once ? events.subList(0, 1) : events));
      if (once || !isRead) {
        return answered ? ExitCode.EVENT : ExitCode.ERROR;
      }
      if (watched.size() == 0) {
        if (!quiet) {
          console.message("Nothing is left to watch: the last watched path is gone.");
        }
        return answered ? ExitCode.EVENT : ExitCode.ERROR;
      }
    }
  }

  private List<String> texts(List<INotifyEvent> events) {
    List<String> texts = new ArrayList<>(events.size());
    for (INotifyEvent event : events) {
      texts.add(format.format(event, watched.get(event.wd())));
      answered |= (event.mask() & asked) != 0;
      if (Flag.IGNORED.isIn(event.mask())) {
        watched.remove(event.wd());
      }
    }
    return texts;
  }
}
