package org.inotify4j.base;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Tells a flight recording of the JDK what happens here, where there is one: see {@code jdk.jfr}.
 *
 * <p>Nothing of that module is loaded where it is not there, and next to nothing as long as nobody
 * records: then each call costs a look at a field. Whatever goes wrong in it ends nothing.
 */
public final class FlightEvents {

  /** Something that takes its time. */
  public interface Span {

    /**
     * It is over.
     *
     * @param what what it was about: made text only if it is recorded
     * @param first a number, which the kind of span says the meaning of
     * @param second another one
     */
    void end(Object what, long first, long second);
  }

  /** A service, as far as its figures go. */
  public interface Source {

    /** Whether it is open. */
    boolean isOpen();

    /**
     * How many watches, keys, pending events, and bytes of these it has; and how many events the
     * program has taken so far.
     */
    long[] figures();
  }

  /** Weakly: a service that nobody knows any more ends. */
  @GuardedBy("LOCK")
  private static final Map<Source, Boolean> SOURCES = new WeakHashMap<>();

  private static final OrderedLock LOCK = new OrderedLock(Rank.FIGURES);

  private static volatile boolean isPossible = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  /** Held while the recorder is called, which does not take it. */
  private static final OrderedLock RECORDER = new OrderedLock(Rank.RECORDER);

  private static volatile boolean hasFigures;

  private FlightEvents() {}

  /** Whether somebody records, or has. */
  public static boolean isOn() {
    if (isPossible) {
      try {
        return FlightRecords.isOn();
      } catch (LinkageError e) {
        isPossible = false; // The module is there, and not for us.
      }
    }
    return false;
  }

  /** Has the figures of a service recorded from time to time, as long as it is open. */
  public static void add(Source source) {
    LOCK.lock();
    try {
      SOURCES.put(source, true);
    } finally {
      LOCK.unlock();
    }
    check();
  }

  /** A service is closed. After the last one the recorder knows nothing of ours any more. */
  public static void remove(Source source) {
    LOCK.lock();
    try {
      SOURCES.remove(source);
    } finally {
      LOCK.unlock();
    }
    if (hasFigures) {
      RECORDER.lock();
      try {
        if (hasFigures && sources().isEmpty()) {
          hasFigures = false;
          FlightRecords.forgetFigures();
        }
      } finally {
        RECORDER.unlock();
      }
    }
  }

  /** Has the figures recorded once somebody records. Cheap: it may be called for each batch. */
  public static void check() {
    if (!hasFigures && isOn()) {
      RECORDER.lock();
      try {
        if (!hasFigures && !sources().isEmpty()) {
          hasFigures = true;
          recordFigures();
        }
      } finally {
        RECORDER.unlock();
      }
    }
  }

  private static void recordFigures() {
    try {
      FlightRecords.recordFigures();
    } catch (RuntimeException e) {
      // It may be forbidden: then there are none.
    }
  }

  /** The services that are open. */
  static List<Source> sources() {
    List<Source> open;
    LOCK.lock();
    try {
      open = new ArrayList<>(SOURCES.keySet());
    } finally {
      LOCK.unlock();
    }
    open.removeIf(source -> !source.isOpen());
    return open;
  }

  /** A tree is registered: it ends with the numbers of its directories, and of its watches. */
  public static Span tree() {
    return isOn() ? FlightRecords.tree(Nothing.ONE) : Nothing.ONE;
  }

  /** The disk is looked at anew, since records were lost: it ends with how often that was. */
  public static Span repair() {
    return isOn() ? FlightRecords.repair(Nothing.ONE) : Nothing.ONE;
  }

  /** What was lost is looked for: it ends with the number of entries that are there. */
  public static Span rescan() {
    return isOn() ? FlightRecords.rescan(Nothing.ONE) : Nothing.ONE;
  }

  /** It is polled: it ends with the number of entries that are there. */
  public static Span pollRound() {
    return isOn() ? FlightRecords.pollRound(Nothing.ONE) : Nothing.ONE;
  }

  /** A batch is handed to a listener: it ends with the number of changes, when that returns. */
  public static Span batch() {
    return isOn() ? FlightRecords.batch(Nothing.ONE) : Nothing.ONE;
  }

  /** The kernel's queue was full. */
  public static void queueOverflow() {
    if (isOn()) {
      FlightRecords.queueOverflow();
    }
  }

  /** More was pending at a key than may be. */
  public static void keyOverflow(Object key) {
    if (isOn()) {
      FlightRecords.keyOverflow(key);
    }
  }

  /** A directory cannot be watched. Only where it {@link #isOn}, since the path is to be made. */
  public static void unwatched(String directory, String reason) {
    FlightRecords.unwatched(directory, reason);
  }

  /** A span that nobody records. */
  private static final class Nothing implements Span {
    static final Span ONE = new Nothing();

    @Override
    public void end(Object what, long first, long second) {}
  }
}
