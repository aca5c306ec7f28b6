package org.inotify4j.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.inotify4j.base.HeldBack;
import org.inotify4j.base.OrderedLock;

/** What is logged, and that no lock is held meanwhile: from when it is made until it is closed. */
final class LogLines extends Handler {

  private static final Logger LOG = Logger.getLogger("org.inotify4j.watch");

  private final OrderedLock lock;
  private final List<String> lines = new ArrayList<>();

  LogLines(OrderedLock lock) {
    this.lock = lock;
    HeldBack.tell();
    LOG.addHandler(this);
    LOG.setUseParentHandlers(false);
  }

  /** Takes what was logged since the last time. */
  List<String> taken() {
    List<String> taken = List.copyOf(lines);
    lines.clear();
    return taken;
  }

  @Override
  public void publish(LogRecord line) {
    String cause = line.getThrown() == null ? "" : ": " + line.getThrown().getMessage();
    String place = lock.isHeldByCurrentThread() ? " under the lock" : "";
    lines.add(line.getLevel() + " " + line.getMessage() + cause + place);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOG.removeHandler(this);
    LOG.setUseParentHandlers(true);
  }
}
