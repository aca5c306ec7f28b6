package org.inotify4j.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.inotify4j.base.Uninterruptibly;
import org.inotify4j.entries.EntryColumns;
import org.inotify4j.libc.PathBytes;

/** Writes a snapshot to a file: aside, synced, and renamed into place. */
final class SnapshotWriter implements Closeable {

  private static final int BUFFER = 64 * 1024;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private final CRC32C checksum = new CRC32C();

  private SnapshotWriter(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Writes a snapshot; the file has it when this returns, also if the machine stops then.
   *
   * @throws FileSystemException also if there is something else than a regular file: it stays
   */
  static void write(TreeState snapshot, Path file) throws IOException {
    Path unused = Uninterruptibly.run(() -> writeOnce(snapshot, file));
  }

  /** Says in which directory it is. */
  private static Path writeOnce(TreeState snapshot, Path file) throws IOException {
    // Others sync no directory, and would say so when the file is there.
    PathBytes.requireDefault(file);
    try {
      SnapshotTarget target = SnapshotTarget.of(file);
      Path directory = Objects.requireNonNull(target.place().getParent(), "the root is one");
      // Before anything is written: it is to be known that it can be synced.
      try (FileChannel opened = FileChannel.open(directory, StandardOpenOption.READ)) {
        write(snapshot, target, Files.createTempFile(directory, ".inotify4j-", ".tmp"));
        opened.force(true);
      }
      return directory;
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw ofFile(file, e);
    }
  }

  private static void write(TreeState snapshot, SnapshotTarget target, Path aside)
      throws IOException {
    try {
      FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE);
      try (SnapshotWriter writer = new SnapshotWriter(channel)) {
        writer.write(snapshot);
      }
      target.permit(aside);
      Files.move(aside, target.place(), StandardCopyOption.ATOMIC_MOVE);
    } catch (Throwable e) {
      Files.deleteIfExists(aside);
      throw e;
    }
  }

  /** The same failure, of the file that was asked for, by the name that its user knows. */
  private static FileSystemException ofFile(Path file, IOException e) {
    String name = file.toString();
    FileSystemException ofFile;
    if (e instanceof NoSuchFileException) {
      ofFile = new NoSuchFileException(name);
    } else if (e instanceof AccessDeniedException) {
      ofFile = new AccessDeniedException(name);
    } else {
      String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
      ofFile = new FileSystemException(name, null, reason);
    }
    ofFile.initCause(e);
    return ofFile;
  }

  private void write(TreeState snapshot) throws IOException {
    EntryColumns table = snapshot.table();
    byte[] filter = bytes(snapshot.filter());
    header(table, snapshot.rootBytes().length, filter.length);
    put(snapshot.rootBytes(), 0, snapshot.rootBytes().length);
    put(filter, 0, filter.length);
    for (int device = 0; device < table.devices().count(); device++) {
      room(Long.BYTES).putLong(table.devices().number(device));
    }
    for (int row = 0; row < table.size(); row++) {
      // With its NUL.
      put(table.bytes(), table.nameStart(row), table.nameEnd(row) + 1);
    }
    for (int row = 0; row < table.size(); row++) {
      put(table, row);
    }
    drain();
    buffer.putInt((int) checksum.getValue());
    drain();
    channel.force(true);
  }

  private void header(EntryColumns table, int rootLength, int filterLength) throws IOException {
    long length =
        SnapshotFormat.HEADER
            + (long) rootLength
            + filterLength
            + (long) Long.BYTES * table.devices().count()
            + (long) SnapshotFormat.ENTRY * table.size()
            + table.usedBytes()
            + SnapshotFormat.CHECKSUM;
    ByteBuffer header = ByteBuffer.allocate(SnapshotFormat.HEADER);
    header.putLong(SnapshotFormat.MAGIC).putInt(SnapshotFormat.VERSION).putLong(length);
    header.putInt(table.size()).putInt(table.usedBytes()).putInt(table.devices().count());
    header.putInt(rootLength).putInt(filterLength);
    CRC32C ofHeader = new CRC32C();
    ofHeader.update(header.array(), 0, SnapshotFormat.HEADER_CHECKSUM);
    header.putInt((int) ofHeader.getValue());
    put(header.array(), 0, SnapshotFormat.HEADER);
  }

  private void put(EntryColumns table, int row) throws IOException {
    room(SnapshotFormat.ENTRY)
        .putInt(table.parent(row))
        .putLong(table.inode(row))
        .putLong(table.size(row))
        .putLong(table.modified(row))
        .putLong(table.changed(row))
        .putShort((short) table.mode(row))
        .putShort((short) table.deviceIndex(row))
        .putShort((short) table.rawMarks(row));
  }

  private static byte[] bytes(TreeFilter filter) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(filter.hasMode() ? SnapshotFormat.WITH_MODE : 0);
      write(out, SnapshotFormat.EXCLUDES, filter.excludedPatterns());
      write(out, SnapshotFormat.INCLUDES, filter.includedPatterns());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, byte kind, List<byte[]> patterns)
      throws IOException {
    for (byte[] pattern : patterns) {
      out.writeByte(kind);
      out.writeInt(pattern.length);
      out.write(pattern);
    }
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      drain();
    }
    return buffer;
  }

  private void put(byte[] bytes, int start, int end) throws IOException {
    for (int at = start; at < end; ) {
      int part = Math.min(end - at, room(1).remaining());
      buffer.put(bytes, at, part);
      at += part;
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    checksum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      int unused = channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
