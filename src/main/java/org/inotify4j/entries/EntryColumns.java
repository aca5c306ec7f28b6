package org.inotify4j.entries;

import java.util.Arrays;
import org.inotify4j.disk.EntryStatus;

/**
 * The entries of a tree: a row for each, a column for each thing that is known of it, and all names
 * in one array of bytes.
 *
 * <p>A row takes 46 bytes, and its name with a NUL behind it. The first row is the root. A name
 * ends with its NUL, not where the next one begins: so rows can get other names, and be taken away,
 * in a table that is kept up to date.
 *
 * <p>Readers may be several threads once nobody adds rows any more.
 */
public final class EntryColumns {

  /** The row of the root. */
  public static final int ROOT = 0;

  /** No row. */
  public static final int NONE = -1;

  /** The bytes that a row takes beside its name. */
  public static final int ROW_BYTES = 2 * Integer.BYTES + 4 * Long.BYTES + 3 * Short.BYTES;

  /** A mark: it may have been changed after it was read and bear the same times. */
  public static final int UNCERTAIN = 1;

  /** A mark: what it is, or what is in it, could not be read. */
  public static final int UNREADABLE = 2;

  /** The directory of a row that is nowhere any more. */
  static final int GONE = -2;

  private static final int SLOW = 5;
  private static final int MARKS = 2;

  /** The bits of a mode that say what it is. */
  static final int TYPE = 0xF000;

  private static final int DIRECTORY = 0x4000;
  private static final int FILE = 0x8000;

  /** Types that the disk never has: of what was there, the second of a directory. */
  private static final int FORMER = 0xE000;

  private static final int FORMER_DIRECTORY = 0xF000;

  /** What the time of birth is multiplied with, so that its upper bits tell most. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final int MOST = Integer.MAX_VALUE - 8;

  private final Devices devices = new Devices();
  private int[] parents;
  private int[] names;
  private long[] inodes;
  private long[] sizes;
  private long[] modified;
  private long[] changed;
  private short[] modes;
  private short[] deviceIndexes;

  /** The marks, and above them some bits that the time of birth makes. */
  private short[] marks;

  private byte[] bytes;

  /** By which part the room grows where there is none: the bits that it is shifted by. */
  private int growth = 1;

  private int size;
  private int usedBytes;

  /** A table without rows, with room for some. */
  public EntryColumns(int rows, int nameBytes) {
    parents = new int[rows];
    names = new int[rows];
    inodes = new long[rows];
    sizes = new long[rows];
    modified = new long[rows];
    changed = new long[rows];
    modes = new short[rows];
    deviceIndexes = new short[rows];
    marks = new short[rows];
    bytes = new byte[nameBytes];
  }

  public int size() {
    return size;
  }

  public Devices devices() {
    return devices;
  }

  public int parent(int row) {
    return parents[row];
  }

  public long inode(int row) {
    return inodes[row];
  }

  public int deviceIndex(int row) {
    return Short.toUnsignedInt(deviceIndexes[row]);
  }

  public long device(int row) {
    return devices.number(deviceIndex(row));
  }

  public long size(int row) {
    return sizes[row];
  }

  public long modified(int row) {
    return modified[row];
  }

  public long changed(int row) {
    return changed[row];
  }

  public int mode(int row) {
    return Short.toUnsignedInt(modes[row]);
  }

  public int type(int row) {
    return modes[row] & TYPE;
  }

  public boolean isDirectory(int row) {
    return isModeOfDirectory(mode(row));
  }

  static boolean isModeOfDirectory(int mode) {
    int type = mode & TYPE;
    return type == DIRECTORY || type == FORMER_DIRECTORY;
  }

  public boolean isUncertain(int row) {
    return (marks[row] & UNCERTAIN) != 0;
  }

  public boolean isUnreadable(int row) {
    return (marks[row] & UNREADABLE) != 0;
  }

  /** Some bits of its time of birth; a file that got the number of another one has other bits. */
  public int birth(int row) {
    return Short.toUnsignedInt(marks[row]) >>> MARKS;
  }

  /** All that the marks' column has. */
  public int rawMarks(int row) {
    return Short.toUnsignedInt(marks[row]);
  }

  /** Whether no look, or none that succeeded, has said what it is. */
  public boolean isUnknown(int row) {
    return inodes[row] == 0 && (marks[row] & (UNCERTAIN | UNREADABLE)) != 0;
  }

  /** The array that the names are in. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes the names take, each with its NUL. */
  public int usedBytes() {
    return usedBytes;
  }

  /** Where a row's name begins. */
  public int nameStart(int row) {
    return names[row];
  }

  /** Where a row's name ends. */
  public int nameEnd(int row) {
    int end = names[row];
    while (bytes[end] != 0) {
      end++;
    }
    return end;
  }

  /** Whether two rows have the same name, of which one may be of another table. */
  boolean hasSameName(int row, EntryColumns others, int other) {
    int at = names[row];
    int otherAt = others.names[other];
    byte[] otherBytes = others.bytes;
    while (bytes[at] != 0 && bytes[at] == otherBytes[otherAt]) {
      at++;
      otherAt++;
    }
    return bytes[at] == otherBytes[otherAt];
  }

  /** Whether a row is another one, or below it. */
  boolean isAtOrBelow(int row, int top) {
    int at = row;
    while (at >= 0 && at != top) {
      at = parents[at];
    }
    return at == top;
  }

  /** How many bytes of heap the columns take. */
  long heapBytes() {
    return (long) parents.length * ROW_BYTES + bytes.length;
  }

  /** Adds a row, of which nothing is known so far, with a name that is copied. */
  public int add(int parent, byte[] source, int start, int end) {
    int row = size;
    if (row == parents.length) {
      growRows();
    }
    size++;
    place(row, parent, source, start, end);
    return row;
  }

  /** Says where a row is, under a name that is copied. */
  void place(int row, int parent, byte[] source, int start, int end) {
    int length = end - start;
    if (bytes.length - usedBytes <= length) {
      bytes = Arrays.copyOf(bytes, larger(bytes.length, usedBytes + length + 1L, growth));
    }
    parents[row] = parent;
    names[row] = usedBytes;
    System.arraycopy(source, start, bytes, usedBytes, length);
    usedBytes += length;
    bytes[usedBytes++] = 0;
  }

  /** Says that a row is nowhere any more. */
  void remove(int row) {
    parents[row] = GONE;
  }

  /** Whether all rows that there is room for are taken. */
  boolean isFull() {
    return size == parents.length;
  }

  /** Grows by little from here on: it is kept for long, and others are to have the memory. */
  void growSlowly() {
    growth = SLOW;
  }

  /** Sets all of a row that a status tells. */
  void set(int row, EntryStatus status, int mode, int newMarks) {
    inodes[row] = status.inode();
    sizes[row] = status.size();
    modified[row] = status.modified();
    changed[row] = status.changed();
    modes[row] = (short) mode;
    deviceIndexes[row] = (short) devices.index(status.device());
    marks[row] = (short) ((birthBits(status.born()) << MARKS) | newMarks);
  }

  private static int birthBits(long born) {
    return (int) ((born * SPREAD) >>> (Long.SIZE - (Short.SIZE - MARKS)));
  }

  /** Says of a row that the kernel tells no more of it than its type, if that. */
  void setUnknown(int row, int mode) {
    inodes[row] = 0;
    sizes[row] = 0;
    modified[row] = 0;
    changed[row] = 0;
    modes[row] = (short) mode;
    deviceIndexes[row] = (short) devices.index(0);
    marks[row] = UNREADABLE;
  }

  /** Says of a row that nobody has looked at it: of what type it is said to be. */
  void setUnlooked(int row, boolean isDirectory) {
    setUnknown(row, isDirectory ? DIRECTORY : FILE);
    marks[row] = UNCERTAIN;
  }

  /** Says of a row that it was there, and that nothing that is there now is the same. */
  void setFormer(int row, boolean isDirectory) {
    setUnknown(row, isDirectory ? FORMER_DIRECTORY : FORMER);
    marks[row] = UNCERTAIN;
  }

  /** Whether a row was there, and is none that could be there now. */
  boolean isFormer(int row) {
    return type(row) == FORMER || type(row) == FORMER_DIRECTORY;
  }

  /** Says of a row that it may be other than it was seen. */
  void setUncertain(int row) {
    marks[row] |= UNCERTAIN;
  }

  /** Says of a row that it is as it was seen. */
  void setCertain(int row) {
    marks[row] &= ~UNCERTAIN;
  }

  /** Sets what another row tells, but for its place. */
  void setCopy(int row, EntryColumns others, int other) {
    inodes[row] = others.inodes[other];
    sizes[row] = others.sizes[other];
    modified[row] = others.modified[other];
    changed[row] = others.changed[other];
    modes[row] = others.modes[other];
    deviceIndexes[row] = (short) devices.index(others.device(other));
    marks[row] = others.marks[other];
  }

  /** Forgets the permissions of a row. */
  void keepTypeOnly(int row) {
    modes[row] &= (short) TYPE;
  }

  /** Says of a row that what is in it could not be read. */
  void setUnreadable(int row) {
    marks[row] |= UNREADABLE;
  }

  /** Says of a row that what is in it is known after all. */
  void setReadable(int row) {
    marks[row] &= ~UNREADABLE;
  }

  /** Sets a row as a file has it; the devices are there already. */
  public void setRaw(int row, long inode, long newSize, long newModified, long newChanged) {
    inodes[row] = inode;
    sizes[row] = newSize;
    modified[row] = newModified;
    changed[row] = newChanged;
  }

  /** Sets the small columns of a row as a file has them. */
  public void setRaw(int row, int mode, int deviceIndex, int newMarks) {
    modes[row] = (short) mode;
    deviceIndexes[row] = (short) deviceIndex;
    marks[row] = (short) newMarks;
  }

  /** Adds a copy of another table's row, below another parent. */
  int addCopy(int parent, EntryColumns others, int other) {
    int row = add(parent, others.bytes, others.nameStart(other), others.nameEnd(other));
    setCopy(row, others, other);
    return row;
  }

  /** Takes away the last rows. */
  void truncate(int rows) {
    if (rows < size) {
      usedBytes = names[rows];
      size = rows;
    }
  }

  /** Gives up the room that no row takes. */
  void trim() {
    if (parents.length > size) {
      resize(size);
    }
    if (bytes.length > usedBytes) {
      bytes = Arrays.copyOf(bytes, usedBytes);
    }
  }

  private void growRows() {
    resize(larger(size, size + 1L, growth));
  }

  private void resize(int rows) {
    parents = Arrays.copyOf(parents, rows);
    names = Arrays.copyOf(names, rows);
    inodes = Arrays.copyOf(inodes, rows);
    sizes = Arrays.copyOf(sizes, rows);
    modified = Arrays.copyOf(modified, rows);
    changed = Arrays.copyOf(changed, rows);
    modes = Arrays.copyOf(modes, rows);
    deviceIndexes = Arrays.copyOf(deviceIndexes, rows);
    marks = Arrays.copyOf(marks, rows);
  }

  private static int larger(int capacity, long needed, int growth) {
    if (needed > MOST) {
      throw new OutOfMemoryError("a snapshot has room for 2 GiB of names and as many entries");
    }
    return (int) Math.min(MOST, Math.max(needed, capacity + (capacity >> growth) + 16L));
  }
}
