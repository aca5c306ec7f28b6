package org.inotify4j.hub;

import java.util.Arrays;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.libc.RecordCursor;
import org.jspecify.annotations.Nullable;

/**
 * One record of the kernel on its way through the hub; the same object carries one after the other.
 *
 * <p>Who is the only one to take a record may {@link #goOn} to those that follow it: records of one
 * directory mostly come in a row, and so take its locks and are looked up once.
 */
public final class KernelRecord {

  /** Where a name is longer, which it is on few file systems, there is room for it from then on. */
  private static final int USUAL_NAME = 255;

  /** How many follow at most: a lock is not kept for longer. */
  private static final int MOST = 63;

  private byte[] name = new byte[USUAL_NAME];
  private int wd;
  private int mask;
  private int cookie;
  private int nameLength;

  /** Where those are that follow; null where they are not for who takes this one. */
  private @Nullable RecordCursor rest;

  /** How many may still be taken. */
  private int left;

  /**
   * Takes over the current record.
   *
   * @throws IllegalArgumentException if its name cannot be that of an entry
   */
  public void set(RecordCursor current) {
    wd = current.wd();
    mask = current.mask();
    cookie = current.cookie();
    int length = current.nameLength();
    if (length > RecordCursor.LONGEST_NAME) {
      throw new IllegalArgumentException("a name of " + length + " bytes");
    }
    makeRoom(length);
    nameLength = current.copyName(name, 0);
  }

  /** Takes over a record that was copied. */
  void set(INotifyEvent copy) {
    set(copy.wd(), copy.mask(), copy.cookie(), copy.name());
  }

  /** Takes over a record that was kept. */
  public void set(int newWd, int newMask, int newCookie, EntryName newName) {
    byte[] bytes = newName.toByteArray();
    set(newWd, newMask, newCookie, bytes, 0, bytes.length);
  }

  /** Takes over a record that was kept as bytes. */
  public void set(int newWd, int newMask, int newCookie, byte[] source, int start, int length) {
    wd = newWd;
    mask = newMask;
    cookie = newCookie;
    makeRoom(length);
    nameLength = length;
    System.arraycopy(source, start, name, 0, length);
  }

  private void makeRoom(int length) {
    if (length > name.length) {
      name = new byte[length];
    }
  }

  /** Lets who takes it go on to those that follow; null if others are to take them as well. */
  void mayGoOn(@Nullable RecordCursor batch) {
    rest = batch;
    left = MOST;
  }

  /**
   * Goes on to the next record of the same watch; false if the next one is another's, or the end of
   * the watch, or is not to be taken now.
   *
   * @throws IllegalArgumentException if its name cannot be that of an entry
   */
  public boolean goOn() {
    RecordCursor batch = rest;
    if (batch == null || left == 0 || !batch.nextOf(wd, Flag.IGNORED.bit())) {
      return false;
    }
    left--;
    set(batch);
    return true;
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

  /**
   * The bytes of the name, as many as {@link #nameLength} says. Of another record they may be in
   * another array.
   */
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
