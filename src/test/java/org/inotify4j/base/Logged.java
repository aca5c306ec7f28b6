package org.inotify4j.base;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps what the library logs during a test, and from the console; at first nothing is held back.
 * What is logged under a lock says so: loggers may be the program's.
 */
public final class Logged implements BeforeEachCallback, AfterEachCallback {

  private static final Logger LOG = Logger.getLogger("org.inotify4j.watch");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final List<Throwable> causes = new CopyOnWriteArrayList<>();
  private final Handler handler = new Keeping();
  private volatile Runnable delay = () -> {};

  private final class Keeping extends Handler {
    @Override
    public void publish(LogRecord logged) {
      lines.add(logged.getLevel() + " " + logged.getMessage() + place());
      if (logged.getThrown() != null) {
        causes.add(logged.getThrown());
      }
      delay.run();
    }

    private static String place() {
      try {
        OrderedLock.mayBlock();
        return "";
      } catch (AssertionError e) {
        return ", under a lock";
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    HeldBack.tell();
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }

  @Override
  public void afterEach(ExtensionContext test) {
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
  }

  /** Has each thread that logs do something from here on before it goes on. */
  public void delayBy(Runnable waiting) {
    delay = waiting;
  }

  /** What was logged so far, such as {@code "WARNING not watched"}. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** What was logged with it, where something was. */
  public List<Throwable> causes() {
    return List.copyOf(causes);
  }
}
