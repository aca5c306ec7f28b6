package org.inotify4j.hub;

import java.util.Arrays;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.libc.RecordCursor;

/**
 * One record of the kernel on its way through the hub; the same object carries one after the other.
 */
public final class KernelRecord {

  private static final int LONGEST_NAME = 255;

  private final byte[] name = new byte[LONGEST_NAME];
  private int wd;
  private int mask;
  private int cookie;
  private int nameLength;

  /**
   * Takes over the current record.
   *
   * @throws IllegalArgumentException if its name cannot be that of an entry
   */
  public void set(RecordCursor current) {
    wd = current.wd();
    mask = current.mask();
    cookie = current.cookie();
    if (current.nameLength() > LONGEST_NAME) {
      throw new IllegalArgumentException("a name of " + current.nameLength() + " bytes");
    }
    nameLength = current.copyName(name, 0);
  }

  /** Takes over an event that was copied. */
  void set(INotifyEvent event) {
    set(event.wd(), event.mask(), event.cookie(), event.name());
  }

  /** Takes over a record that was kept. */
  public void set(int newWd, int newMask, int newCookie, EntryName newName) {
    byte[] bytes = newName.toByteArray();
    set(newWd, newMask, newCookie, bytes, 0, bytes.length);
  }

  /** Takes over an event that was kept as bytes. */
  public void set(int newWd, int newMask, int newCookie, byte[] source, int start, int length) {
    wd = newWd;
    mask = newMask;
    cookie = newCookie;
    nameLength = length;
    System.arraycopy(source, start, name, 0, length);
  }

  /** A copy that stays. */
  INotifyEvent copy() {
    return new INotifyEvent(wd, mask, cookie, entryName());
  }

  public int wd() {
    return wd;
  }

  public int mask() {
    return mask;
  }

  public int cookie() {
    return cookie;
  }

  /** The bytes of the name, as many as {@link #nameLength} says. */
  public byte[] name() {
    return name;
  }

  public int nameLength() {
    return nameLength;
  }

  /** The bytes of the name, and no more. */
  public byte[] nameBytes() {
    return Arrays.copyOf(name, nameLength);
  }

  /** The name as an object that stays. */
  public EntryName entryName() {
    return EntryName.of(Arrays.copyOf(name, nameLength));
  }

  public boolean is(Flag flag) {
    return flag.isIn(mask);
  }
}
