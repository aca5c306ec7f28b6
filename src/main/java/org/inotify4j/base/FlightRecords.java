package org.inotify4j.base;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** The events of flight recordings: loaded only where the module {@code jdk.jfr} is. */
@SuppressWarnings("unused") // Recordings read the fields.
final class FlightRecords {

  /** How many events had come when the figures were recorded last. In the recorder's thread. */
  private static long came;

  /** When that was, in {@link System#nanoTime}. */
  private static long recorded = System.nanoTime();

  private FlightRecords() {}

  static boolean isOn() {
    return FlightRecorder.isInitialized();
  }

  static void recordFigures() {
    FlightRecorder.addPeriodicEvent(Figures.class, Figuring.ONE);
  }

  static void forgetFigures() {
    boolean unused = FlightRecorder.removePeriodicEvent(Figuring.ONE);
  }

  /** A class of its own costs a start less than what the JVM makes for a method. */
  private static final class Figuring implements Runnable {
    static final Runnable ONE = new Figuring();

    @Override
    public void run() {
      figures();
    }
  }

  private static void figures() {
    Figures event = new Figures();
    long taken = 0;
    for (FlightEvents.Source source : FlightEvents.sources()) {
      long[] figures = source.figures();
      event.services++;
      event.watches += figures[0];
      event.keys += figures[1];
      event.pendingEvents += figures[2];
      event.pendingBytes += figures[3];
      taken += figures[4];
    }
    event.eventsPerSecond = perSecond(taken + event.pendingEvents);
    event.commit();
  }

  /** How many events a second have come since this was asked last. */
  private static double perSecond(long all) {
    long now = System.nanoTime();
    // Where a service was closed, its events are not counted any more.
    double rate = Math.max(0, all - came) * 1e9 / Math.max(1, now - recorded);
    came = all;
    recorded = now;
    return rate;
  }

  static FlightEvents.Span tree(FlightEvents.Span otherwise) {
    TreeRegistration event = new TreeRegistration();
    event.begin();
    return event.isEnabled() ? event : otherwise;
  }

  static FlightEvents.Span repair(FlightEvents.Span otherwise) {
    Repair event = new Repair();
    event.begin();
    return event.isEnabled() ? event : otherwise;
  }

  static FlightEvents.Span rescan(FlightEvents.Span otherwise) {
    Rescan event = new Rescan();
    event.begin();
    return event.isEnabled() ? event : otherwise;
  }

  static FlightEvents.Span pollRound(FlightEvents.Span otherwise) {
    PollRound event = new PollRound();
    event.begin();
    return event.isEnabled() ? event : otherwise;
  }

  static FlightEvents.Span batch(FlightEvents.Span otherwise) {
    Batch event = new Batch();
    event.begin();
    return event.isEnabled() ? event : otherwise;
  }

  static void queueOverflow() {
    new QueueOverflow().commit();
  }

  static void keyOverflow(Object key) {
    KeyOverflow event = new KeyOverflow();
    if (event.isEnabled()) {
      event.key = key.toString();
      event.commit();
    }
  }

  static void unwatched(String directory, String reason) {
    Unwatched event = new Unwatched();
    event.directory = directory;
    event.reason = reason;
    event.commit();
  }

  @Name("org.inotify4j.TreeRegistration")
  @Label("Registration of a Tree")
  @Description("A directory was registered with everything below it")
  @Category("inotify4j")
  @StackTrace(false)
  private static final class TreeRegistration extends Event implements FlightEvents.Span {
    @Label("Path")
    String path = "";

    @Label("Directories")
    long directories;

    @Label("Watches")
    long watches;

    @Override
    public void end(Object what, long first, long second) {
      end();
      if (shouldCommit()) {
        path = what.toString();
        directories = first;
        watches = second;
        commit();
      }
    }
  }

  @Name("org.inotify4j.Repair")
  @Label("Repair")
  @Description("A tree or a file was looked at anew, since events were lost")
  @Category("inotify4j")
  @StackTrace(false)
  private static final class Repair extends Event implements FlightEvents.Span {
    @Label("Key")
    String key = "";

    @Label("Number")
    @Description("How many repairs of this key there were")
    long number;

    @Override
    public void end(Object what, long first, long second) {
      end();
      if (shouldCommit()) {
        key = what.toString();
        number = first;
        commit();
      }
    }
  }

  @Name("org.inotify4j.Rescan")
  @Label("Rescan")
  @Description("What was lost was looked for on the disk")
  @Category("inotify4j")
  @StackTrace(false)
  private static final class Rescan extends Event implements FlightEvents.Span {
    @Label("Key")
    String key = "";

    @Label("Entries")
    long entries;

    @Override
    public void end(Object what, long first, long second) {
      end();
      if (shouldCommit()) {
        key = what.toString();
        entries = first;
        commit();
      }
    }
  }

  @Name("org.inotify4j.PollRound")
  @Label("Round of Polling")
  @Description("What is polled was looked at")
  @Category("inotify4j")
  @StackTrace(false)
  private static final class PollRound extends Event implements FlightEvents.Span {
    @Label("Key")
    String key = "";

    @Label("Entries")
    long entries;

    @Override
    public void end(Object what, long first, long second) {
      end();
      if (shouldCommit()) {
        key = what.toString();
        entries = first;
        commit();
      }
    }
  }

  @Name("org.inotify4j.Batch")
  @Label("Batch of Changes")
  @Description("A batch was handed to a watcher's listener, and that returned")
  @Category("inotify4j")
  @StackTrace(false)
  private static final class Batch extends Event implements FlightEvents.Span {
    @Label("Watcher")
    String watcher = "";

    @Label("Changes")
    long changes;

    @Override
    public void end(Object what, long first, long second) {
      end();
      if (shouldCommit()) {
        watcher = what.toString();
        changes = first;
        commit();
      }
    }
  }

  @Name("org.inotify4j.QueueOverflow")
  @Label("Overflow of the Queue")
  @Description("The kernel's queue was full, and events were lost")
  @Category("inotify4j")
  @StackTrace(false)
  private static final class QueueOverflow extends Event {}

  @Name("org.inotify4j.KeyOverflow")
  @Label("Overflow of a Key")
  @Description("More events were pending at a key than its bound lets be")
  @Category("inotify4j")
  @StackTrace(false)
  private static final class KeyOverflow extends Event {
    @Label("Key")
    String key = "";
  }

  @Name("org.inotify4j.Unwatched")
  @Label("Unwatched Directory")
  @Description("A directory of a tree cannot be watched")
  @Category("inotify4j")
  @StackTrace(false)
  private static final class Unwatched extends Event {
    @Label("Directory")
    String directory = "";

    @Label("Reason")
    String reason = "";
  }

  @Name("org.inotify4j.Figures")
  @Label("Figures")
  @Description("What all services have together")
  @Category("inotify4j")
  @StackTrace(false)
  @Period("1 s")
  private static final class Figures extends Event {
    @Label("Services")
    long services;

    @Label("Watches")
    long watches;

    @Label("Keys")
    long keys;

    @Label("Pending Events")
    long pendingEvents;

    @Label("Pending Bytes")
    @DataAmount
    long pendingBytes;

    @Label("Events a Second")
    double eventsPerSecond;
  }
}
