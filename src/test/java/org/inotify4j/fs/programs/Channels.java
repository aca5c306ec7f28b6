package org.inotify4j.fs.programs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Maps, locks, and reads and writes asynchronously. */
public final class Channels {

  private Channels() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[0]);
    map(directory.resolve("mapped"));
    asynchronous(directory.resolve("asynchronous"));
    lock(directory.resolve("locked"));
    Path passing = directory.resolve("passing");
    try (FileChannel channel = FileChannel.open(passing, CREATE, WRITE, DELETE_ON_CLOSE)) {
      System.out.println("passing: " + Files.exists(passing) + " " + channel.size());
    }
    System.out.println("passed: " + Files.notExists(passing));
  }

  private static void map(Path file) throws Exception {
    try (FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE)) {
      MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, 0, 6);
      mapped.put("mapped".getBytes(US_ASCII));
      mapped.force();
    }
    System.out.println(Files.readString(file));
  }

  private static void asynchronous(Path file) throws Exception {
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(file, CREATE, READ, WRITE)) {
      int written = channel.write(ByteBuffer.wrap("later".getBytes(US_ASCII)), 0).get();
      ByteBuffer read = ByteBuffer.allocate(3);
      channel.read(read, 2).get();
      System.out.println(written + " " + new String(read.array(), US_ASCII));
      try (FileLock lock = channel.lock().get()) {
        System.out.println("asynchronous lock: " + lock.isValid());
      }
    }
  }

  private static void lock(Path file) throws Exception {
    try (FileChannel first = FileChannel.open(file, CREATE, WRITE);
        FileChannel second = FileChannel.open(file, WRITE);
        FileLock lock = first.lock()) {
      System.out.println("lock: " + lock.isValid() + " " + lock.isShared());
      try {
        System.out.println("second lock: " + second.tryLock());
      } catch (OverlappingFileLockException e) {
        System.out.println("second lock overlaps");
      }
    }
  }
}
