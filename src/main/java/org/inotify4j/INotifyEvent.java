package org.inotify4j;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.inotify4j.libc.RecordCursor;

/**
 * One event as the kernel wrote it: {@code struct inotify_event} of inotify(7).
 *
 * @param wd the watch descriptor that {@link INotify#addWatch} returned; -1 for {@link
 *     Flag#Q_OVERFLOW}
 * @param mask what happened: an event flag, with {@link Flag#ISDIR} where it concerns a directory
 * @param cookie the same number in the {@link Flag#MOVED_FROM} and {@link Flag#MOVED_TO} of one
 *     move, 0 in every other event; an unsigned 32-bit number
 * @param name the entry in the watched directory, or the empty name for the watched object itself
 */
public record INotifyEvent(int wd, int mask, int cookie, EntryName name) {

  /**
   * A value.
   *
   * @param wd the watch descriptor
   * @param mask what happened
   * @param cookie what joins the two ends of a move
   * @param name the entry, or the empty name
   */
  public INotifyEvent {
    Objects.requireNonNull(name, "name");
  }

  /**
   * The flags of the mask.
   *
   * @return in declaration order; unmodifiable
   */
  public Set<Flag> flags() {
    return Flag.of(mask);
  }

  /**
   * Decodes bytes that were read from an inotify descriptor by other means, such as the caller's
   * own loop over {@link INotify#fd}.
   *
   * @param records whole records from position to limit, in the processor's byte order whatever the
   *     buffer's; afterwards the position is the limit
   * @return the events, in order; mutable
   * @throws IllegalArgumentException if the bytes are none, end within a record, or cannot have
   *     come from inotify; the message says at which offset from the first byte. The position is
   *     then unchanged.
   */
  public static List<INotifyEvent> parse(ByteBuffer records) {
    if (!records.hasRemaining()) {
      throw new IllegalArgumentException("no bytes: an inotify read returns at least one record");
    }
    RecordCursor cursor = new RecordCursor(records.slice());
    cursor.restart(records.remaining());
    List<INotifyEvent> events = new ArrayList<>();
    while (cursor.next()) {
      events.add(EventBuffer.event(cursor));
    }
    records.position(records.limit());
    return events;
  }

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(Object other) {
    return other instanceof INotifyEvent event
        && wd == event.wd
        && mask == event.mask
        && cookie == event.cookie
        && name.equals(event.name);
  }

  @Override
  public int hashCode() {
    return ((31 * wd + mask) * 31 + cookie) * 31 + name.hashCode();
  }

  @Override
  public String toString() {
    return "INotifyEvent[wd="
        + wd
        + ", mask="
        + Mask.toString(mask)
        + ", cookie="
        + Integer.toUnsignedString(cookie)
        + ", name="
        + name
        + "]";
  }
}
