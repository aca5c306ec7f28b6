package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A {@code struct inotify_event} in the making, for {@link ScriptedLibC} and for parsers. */
public final class EventRecord {

  private static final int HEADER = 16;

  private final int wd;
  private final int mask;
  private final int cookie;
  private final byte[] name;

  private EventRecord(int wd, int mask, int cookie, byte[] name) {
    this.wd = wd;
    this.mask = mask;
    this.cookie = cookie;
    this.name = name;
  }

  /** A record without a cookie and a name. */
  public static EventRecord of(int wd, int mask) {
    return new EventRecord(wd, mask, 0, new byte[0]);
  }

  /** What the kernel writes when its queue is full. */
  public static EventRecord overflow() {
    return of(-1, 0x4000);
  }

  /** The same record with a name, in UTF-8. */
  public EventRecord named(String newName) {
    return named(newName.getBytes(UTF_8));
  }

  /** The same record with a name. */
  public EventRecord named(byte[] newName) {
    return new EventRecord(wd, mask, cookie, newName.clone());
  }

  /** The same record with the cookie of a move. */
  public EventRecord cookie(int newCookie) {
    return new EventRecord(wd, mask, newCookie, name);
  }

  /** The bytes as the kernel lays them out: a name is padded with NULs to a multiple of 16. */
  public byte[] encoded() {
    int field = name.length == 0 ? 0 : (name.length + HEADER) / HEADER * HEADER;
    return ByteBuffer.allocate(HEADER + field)
        .order(ByteOrder.nativeOrder())
        .putInt(wd)
        .putInt(mask)
        .putInt(cookie)
        .putInt(field)
        .put(name)
        .array();
  }

  /** The bytes of several records, one after the other. */
  public static byte[] encoded(EventRecord... records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (EventRecord record : records) {
      bytes.writeBytes(record.encoded());
    }
    return bytes.toByteArray();
  }
}
