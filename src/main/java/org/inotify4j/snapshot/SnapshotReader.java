package org.inotify4j.snapshot;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.inotify4j.base.Uninterruptibly;
import org.inotify4j.entries.Devices;
import org.inotify4j.entries.EntryColumns;
import org.jspecify.annotations.Nullable;

/**
 * Reads a snapshot from a file, and refuses what is not exactly what was written.
 *
 * <p>Nobody is believed: the length of the file is that of all parts before there is memory for any
 * of them, and what makes a tree is checked although the checksums are right.
 */
final class SnapshotReader {

  private static final int BUFFER = 64 * 1024;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
  private final CRC32C checksum = new CRC32C();

  /** How many bytes of the file the checksum is yet to be made of. */
  private long unchecked;

  private int entries;
  private int nameBytes;
  private int devices;

  private SnapshotReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Reads a snapshot.
   *
   * @param root whose it must be, or null for any
   */
  static TreeState read(Path file, @Nullable Path root) throws IOException {
    // Says why, where there is none.
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "no snapshot: it is not a file");
    }
    return Uninterruptibly.run(() -> readOnce(file, root));
  }

  private static TreeState readOnce(Path file, @Nullable Path root) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new SnapshotReader(file, channel).readWithinHeap(root);
    }
  }

  /** What has room when it is asked may have none by then, as others take it too. */
  private TreeState readWithinHeap(@Nullable Path root) throws IOException {
    try {
      return read(root);
    } catch (OutOfMemoryError e) {
      throw tooLarge(channel.size());
    }
  }

  private TreeState read(@Nullable Path root) throws IOException {
    ByteBuffer header = header();
    int rootLength = header.getInt();
    int filterLength = header.getInt();
    byte[] rootBytes = get(rootLength);
    byte[] filter = get(filterLength);
    EntryColumns table = table();
    int computed = (int) checksum.getValue();
    if (room(SnapshotFormat.CHECKSUM).getInt() != computed) {
      throw altered("its checksum is another one");
    }
    Path saved = savedRoot(rootBytes);
    if (root != null && !Arrays.equals(rootBytes, RootPath.bytes(root))) {
      throw refused("it is a snapshot of another root: " + saved);
    }
    return new TreeState(rootBytes, root == null ? saved : root, filter(filter), table);
  }

  private Path savedRoot(byte[] bytes) throws IOException {
    try {
      Path root = bytes.length == 0 ? Path.of("") : RootPath.of(bytes);
      if (bytes.length > 0 && bytes[0] == '/' && Arrays.equals(bytes, RootPath.bytes(root))) {
        return root;
      }
    } catch (InvalidPathException e) {
      // It has a NUL in it.
    }
    throw altered("its root is no absolute path");
  }

  /** Checks the header; gives it from where the lengths of root and filter are. */
  private ByteBuffer header() throws IOException {
    long length = channel.size();
    unchecked = length - SnapshotFormat.CHECKSUM;
    ByteBuffer header = room((int) Math.min(length, SnapshotFormat.HEADER)).slice();
    boolean isWhole = header.limit() >= SnapshotFormat.HEADER;
    if (header.limit() < Long.BYTES + Integer.BYTES) {
      throw isBeginOfMagic(header) ? cut() : refused("it is no snapshot");
    }
    if (header.getLong() != SnapshotFormat.MAGIC) {
      throw refused("it is no snapshot");
    }
    int version = header.getInt();
    if (version != SnapshotFormat.VERSION) {
      throw refused(
          "it is of version "
              + Integer.toUnsignedString(version)
              + " of the format, and this is version "
              + SnapshotFormat.VERSION);
    }
    if (!isWhole) {
      throw cut();
    }
    check(header, length);
    get(SnapshotFormat.HEADER);
    return header;
  }

  private static boolean isBeginOfMagic(ByteBuffer bytes) {
    byte[] magic = new byte[Long.BYTES + Integer.BYTES];
    ByteBuffer.wrap(magic).putLong(SnapshotFormat.MAGIC).putInt(SnapshotFormat.VERSION);
    return ByteBuffer.wrap(magic, 0, bytes.limit()).equals(bytes);
  }

  private void checkChecksum(ByteBuffer header) throws IOException {
    CRC32C ofHeader = new CRC32C();
    ofHeader.update(header.duplicate().position(0).limit(SnapshotFormat.HEADER_CHECKSUM));
    if (header.getInt(SnapshotFormat.HEADER_CHECKSUM) != (int) ofHeader.getValue()) {
      throw altered("the checksum of its first bytes is another one");
    }
  }

  /** Checks the numbers that follow the version, and goes behind the number of devices. */
  private void check(ByteBuffer header, long length) throws IOException {
    checkChecksum(header);
    long stated = header.getLong();
    if (stated > length) {
      throw cut();
    }
    entries = header.getInt();
    nameBytes = header.getInt();
    devices = header.getInt();
    int rootLength = header.getInt(header.position());
    int filterLength = header.getInt(header.position() + Integer.BYTES);
    if (entries < 1 || (nameBytes | devices | rootLength | filterLength) < 0) {
      throw altered("it has parts of a negative length");
    }
    long parts =
        (long) SnapshotFormat.HEADER
            + rootLength
            + filterLength
            + (long) Long.BYTES * devices
            + nameBytes
            + (long) SnapshotFormat.ENTRY * entries
            + SnapshotFormat.CHECKSUM;
    if (stated != parts || stated < length) {
      throw altered("its length is not that of its parts");
    }
    checkHeap((long) rootLength + filterLength, parts);
  }

  /** Checks that there is room for the table, and for the names once more while it is filled. */
  private void checkHeap(long others, long length) throws IOException {
    long needed = (long) EntryColumns.ROW_BYTES * entries + 2L * nameBytes + others;
    if (needed > Runtime.getRuntime().maxMemory()) {
      throw tooLarge(length);
    }
    if (needed > free()) {
      // Much of what is in use may be garbage, which nobody can tell from the rest before. Where
      // the JVM does not collect it because somebody asks, it is tried.
      long before = free();
      System.gc();
      if (needed > free() && free() > before + needed / 8) {
        throw tooLarge(length);
      }
    }
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
  }

  private EntryColumns table() throws IOException {
    EntryColumns table = new EntryColumns(entries, nameBytes);
    for (int device = 0; device < devices; device++) {
      if (device >= Devices.MOST || table.devices().index(room(Long.BYTES).getLong()) != device) {
        throw altered("it has a device twice, or too many");
      }
    }
    byte[] names = get(nameBytes);
    int start = 0;
    for (int row = 0; row < entries; row++) {
      int end = endOfName(names, start, row);
      int parent = room(SnapshotFormat.ENTRY).getInt();
      boolean isTree =
          row == EntryColumns.ROOT
              ? parent == EntryColumns.NONE
              : parent >= 0 && parent < row && table.isDirectory(parent);
      if (!isTree) {
        throw altered("its entries make no tree");
      }
      int unused = table.add(parent, names, start, end);
      setRow(table, row);
      start = end + 1;
    }
    if (start != nameBytes || !table.isDirectory(EntryColumns.ROOT)) {
      throw altered("its entries make no tree");
    }
    return table;
  }

  private void setRow(EntryColumns table, int row) throws IOException {
    table.setRaw(row, buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
    int mode = Short.toUnsignedInt(buffer.getShort());
    int device = Short.toUnsignedInt(buffer.getShort());
    if (device >= devices) {
      throw altered("it has an entry of no device");
    }
    table.setRaw(row, mode, device, Short.toUnsignedInt(buffer.getShort()));
  }

  /** Where a name ends, which must be one. */
  private int endOfName(byte[] names, int start, int row) throws IOException {
    int end = start;
    while (end < names.length && names[end] != 0) {
      if (names[end] == '/') {
        throw altered("it has a name with a slash");
      }
      end++;
    }
    if (end == names.length || (end == start) != (row == EntryColumns.ROOT)) {
      throw altered("it has entries without a name");
    }
    if (names[start] == '.'
        && (end == start + 1 || (end == start + 2 && names[start + 1] == '.'))) {
      throw altered("it has a name that leads elsewhere");
    }
    return end;
  }

  private TreeFilter filter(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<byte[]> excluded = new ArrayList<>();
    List<byte[]> included = new ArrayList<>();
    try {
      boolean hasMode = in.get() == SnapshotFormat.WITH_MODE;
      while (in.hasRemaining()) {
        byte kind = in.get();
        int length = in.getInt();
        if (length > in.remaining()) {
          throw altered("its filter is cut");
        }
        byte[] pattern = new byte[length];
        in.get(pattern);
        (kind == SnapshotFormat.EXCLUDES ? excluded : included).add(pattern);
      }
      return TreeFilter.of(excluded, included, hasMode);
    } catch (RuntimeException e) {
      throw altered("its filter is none");
    }
  }

  /** The next bytes of the file. */
  private byte[] get(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; ) {
      int part = Math.min(length - at, room(1).remaining());
      buffer.get(bytes, at, part);
      at += part;
    }
    return bytes;
  }

  /** The buffer, with so many bytes at least. */
  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.compact();
      while (buffer.position() < bytes) {
        int start = buffer.position();
        int count = channel.read(buffer);
        if (count < 0) {
          throw cut();
        }
        int part = (int) Math.max(0, Math.min(count, unchecked));
        checksum.update(buffer.array(), start, part);
        unchecked -= part;
      }
      buffer.flip();
    }
    return buffer;
  }

  private FileSystemException cut() {
    return refused("it was cut: its end is missing");
  }

  private FileSystemException altered(String how) {
    return refused("it was altered: " + how);
  }

  private FileSystemException tooLarge(long length) {
    return refused("it does not fit into the heap: it has " + length + " bytes");
  }

  private FileSystemException refused(String why) {
    return new FileSystemException(file.toString(), null, why);
  }
}
