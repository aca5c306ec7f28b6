package org.inotify4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads from {@code /proc} which process has which inotify instances and watches: of most processes
 * no more than where their descriptors lead. For one thread.
 */
final class UsageReader {

  private static final String INSTANCE = "anon_inode:inotify";

  /** How a line of fdinfo begins that stands for a watch. */
  private static final byte[] WATCH = "inotify ".getBytes(UTF_8);

  private static final int PIECE = 64 * 1024;
  private static final int LONGEST_COMMAND = 4096;

  /** Which of the words behind the name in {@code /proc/PID/stat} the flags are. */
  private static final int FLAGS = 6;

  private static final long KERNEL_THREAD = 0x00200000;

  private static final Comparator<INotifyUsage.OfProcess> MOST_FIRST =
      Comparator.comparingLong(INotifyUsage.OfProcess::watches)
          .thenComparingLong(INotifyUsage.OfProcess::instances)
          .reversed()
          .thenComparingLong(INotifyUsage.OfProcess::pid);

  private final Path proc;
  private final byte[] piece = new byte[PIECE];
  private final List<INotifyUsage.OfProcess> processes = new ArrayList<>();
  private int hidden;

  /** Reads a directory like {@code /proc}. */
  UsageReader(Path proc) {
    this.proc = proc;
  }

  INotifyUsage read() throws IOException {
    Path self = proc.resolve("self");
    long uid = uid(self);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc)) {
      for (Path entry : entries) {
        if (Character.isDigit(name(entry).charAt(0))) {
          process(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    processes.sort(MOST_FIRST);
    return new INotifyUsage(uid, processes, hidden, openFiles(self));
  }

  private void process(Path process) {
    long instances = 0;
    long watches = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (isInstance(descriptor)) {
          instances++;
          watches += watches(process.resolve("fdinfo").resolve(name(descriptor)));
        }
      }
      if (instances > 0) {
        add(process, instances, watches);
      }
    } catch (AccessDeniedException e) {
      hidden += hasNoDescriptors(process) ? 0 : 1;
    } catch (IOException | DirectoryIteratorException e) {
      // It has ended.
    }
  }

  private static boolean isInstance(Path descriptor) throws IOException {
    try {
      return Files.readSymbolicLink(descriptor).toString().equals(INSTANCE);
    } catch (AccessDeniedException e) {
      throw e;
    } catch (IOException e) {
      return false; // Closed meanwhile.
    }
  }

  /** How many lines stand for a watch: there may be a million. */
  private long watches(Path fdinfo) throws IOException {
    long watches = 0;
    int matched = 0;
    try (InputStream input = Files.newInputStream(fdinfo)) {
      int length;
      while ((length = input.read(piece)) > 0) {
        for (int i = 0; i < length; i++) {
          byte next = piece[i];
          if (next == '\n') {
            matched = 0;
          } else if (matched >= 0 && matched < WATCH.length) {
            matched = next == WATCH[matched] ? matched + 1 : -1;
            watches += matched == WATCH.length ? 1 : 0;
          }
        }
      }
    }
    return watches;
  }

  private void add(Path process, long instances, long watches) throws IOException {
    long uid = uid(process);
    processes.add(
        new INotifyUsage.OfProcess(
            Long.parseLong(name(process)),
            uid,
            user(process, uid),
            command(process),
            instances,
            watches));
  }

  /** The effective user. */
  private static long uid(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"), ISO_8859_1)) {
      if (line.startsWith("Uid:")) {
        return Long.parseLong(line.split("\\s+", -1)[2]);
      }
    }
    throw new IOException(process + "/status does not say whose it is");
  }

  /** The directory's owner has a name, and is that user, unless the process hides something. */
  private static String user(Path process, long uid) throws IOException {
    Number owner = (Number) Files.getAttribute(process, "unix:uid");
    return owner.longValue() == uid ? Files.getOwner(process).getName() : Long.toString(uid);
  }

  private static String command(Path process) throws IOException {
    try (InputStream input = Files.newInputStream(process.resolve("cmdline"))) {
      String command = new String(input.readNBytes(LONGEST_COMMAND), UTF_8);
      command = command.replace('\0', ' ').strip();
      if (!command.isEmpty()) {
        return command;
      }
    }
    byte[] name = Files.readAllBytes(process.resolve("comm"));
    return "[" + new String(name, UTF_8).strip() + "]";
  }

  /** Whether it is a thread of the kernel, or has ended and nobody asked how. */
  private static boolean hasNoDescriptors(Path process) {
    try {
      String status = new String(Files.readAllBytes(process.resolve("stat")), UTF_8);
      // The name before may have anything in it.
      String[] words = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
      return "ZX".contains(words[0]) || (Long.parseLong(words[FLAGS]) & KERNEL_THREAD) != 0;
    } catch (IOException | RuntimeException e) {
      return true; // It has ended.
    }
  }

  /** All but those that were opened to count them. */
  private static long openFiles(Path self) throws IOException {
    Path directory = self.resolve("fd");
    Path real = directory.toRealPath();
    long count = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(directory)) {
      for (Path descriptor : descriptors) {
        count += leadsTo(real, descriptor) ? 0 : 1;
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return count;
  }

  private static boolean leadsTo(Path place, Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).equals(place);
    } catch (IOException e) {
      return true; // Closed meanwhile.
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
