package org.inotify4j.cli.watch;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.Patience;

/** Reads events and prints them until one of the reasons to end is met. */
final class EventLoop {

  private final INotify inotify;
  private final WatchedPaths watched;
  private final EventOutput output;
  private final boolean quiet;

  /**
   * A loop.
   *
   * @param quiet whether to say nothing but errors
   */
  EventLoop(INotify inotify, WatchedPaths watched, EventOutput output, boolean quiet) {
    this.inotify = inotify;
    this.watched = watched;
    this.output = output;
    this.quiet = quiet;
  }

  /**
   * Runs until the end.
   *
   * @param timeout how long to wait for an event; zero for ever
   * @return the exit code
   * @throws IOException if events cannot be read
   */
  int run(Duration timeout) throws IOException {
    Patience patience = new Patience(timeout);
    while (!patience.isOver()) {
      int before = output.added();
      take(patience.isEndless() ? inotify.read() : inotify.read(patience.left()));
      if (output.endRound(watched.size() == 0, quiet)) {
        return output.exitCode();
      }
      if (output.added() > before) {
        patience.renew();
      }
    }
    return ExitCode.TIMEOUT;
  }

  private void take(List<INotifyEvent> events) {
    for (INotifyEvent event : events) {
      output.add(event, watched.get(event.wd()), null);
      if (Flag.IGNORED.isIn(event.mask())) {
        watched.remove(event.wd());
      }
    }
  }
}
