package org.inotify4j.pending;

/**
 * How much may be pending before it is dropped for an OVERFLOW.
 *
 * @param eventsPerKey the events of one key; {@code inotify4j.maxPendingEvents}
 * @param bytesPerService the bytes that the pending events of all keys of one service take; {@code
 *     inotify4j.maxPendingBytes}
 */
public record PendingBounds(int eventsPerKey, long bytesPerService) {

  public static final String EVENTS_PROPERTY = "inotify4j.maxPendingEvents";
  public static final String BYTES_PROPERTY = "inotify4j.maxPendingBytes";

  /** The JDK's own bound: where it is set, it is the program's wish, and goes before ours. */
  public static final String JDK_EVENTS_PROPERTY = "jdk.nio.file.WatchService.maxEventsPerPoll";

  private static final long DEFAULT_EVENTS = 1_000_000;
  private static final long DEFAULT_BYTES = 64L * 1024 * 1024;

  /** Where nothing is set it is this part of the heap at most, so that others find room there. */
  private static final int PART_OF_HEAP = 4;

  private static final long JDK_DEFAULT_EVENTS = 512;

  public static PendingBounds fromProperties() {
    String jdk = System.getProperty(JDK_EVENTS_PROPERTY);
    long events =
        jdk != null
            ? decode(jdk, JDK_DEFAULT_EVENTS)
            : decode(System.getProperty(EVENTS_PROPERTY, ""), DEFAULT_EVENTS);
    long most = Math.min(DEFAULT_BYTES, Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
    long bytes = decode(System.getProperty(BYTES_PROPERTY, ""), most);
    return new PendingBounds((int) Math.min(Integer.MAX_VALUE, Math.max(1, events)), bytes);
  }

  private static long decode(String text, long otherwise) {
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }
}
