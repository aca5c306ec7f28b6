package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.MountTable;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.Processor;
import org.jspecify.annotations.Nullable;

/**
 * What is mounted below a directory, and of which types that is.
 *
 * <p>Places are paths relative to the directory, one char for each of their bytes.
 *
 * <p>Each answer is null where it is not known: while this process, or the machine, is short of
 * descriptors or memory, while a server does not answer, and as long as there is no {@code /proc}.
 * That is not the same as that nothing is mounted.
 */
public final class MountsBelow {

  private static final int OPTIONS =
      LibC.O_PATH | LibC.O_CLOEXEC | Processor.O_DIRECTORY | Processor.O_NOFOLLOW;

  private final LibC libC;

  /** Asks this kernel. */
  public MountsBelow(LibC libC) {
    this.libC = libC;
  }

  /** The type of the file system that something open is on. */
  public @Nullable FileSystemType typeOf(int fd) {
    return FileSystemType.ifSaid(libC, fd);
  }

  /**
   * The type of the file system that a place below an open directory is on: what is mounted there
   * last, and not what that hides. {@link FileSystemType#UNKNOWN} if no directory is seen there.
   */
  public @Nullable FileSystemType typeOf(int directory, String place) {
    OrderedLock.mayBlock();
    int fd = libC.openat(directory, (place + '\0').getBytes(ISO_8859_1), OPTIONS);
    if (fd < 0) {
      return new Refusal(fd).isForNow() ? null : FileSystemType.UNKNOWN;
    }
    try {
      return typeOf(fd);
    } finally {
      libC.close(fd);
    }
  }

  /** The places below an open directory where something is mounted, each once, outer ones first. */
  public @Nullable List<String> places(int directory) {
    OrderedLock.mayBlock();
    String prefix = prefix(directory);
    Set<String> points = MountTable.read(libC);
    if (prefix == null || points == null) {
      return null;
    }
    List<String> places = new ArrayList<>();
    for (String point : points) {
      if (point.length() > prefix.length() && point.startsWith(prefix)) {
        places.add(point.substring(prefix.length()));
      }
    }
    places.sort(Comparator.comparingInt(String::length));
    return places;
  }

  /**
   * The absolute path of an open directory with a slash at its end, one char for each byte; null
   * where it is not known.
   */
  public static @Nullable String prefix(int directory) {
    try {
      byte[] path = PathBytes.of(Files.readSymbolicLink(Path.of("/proc/self/fd/" + directory)));
      String text = new String(path, 0, path.length - 1, ISO_8859_1);
      return text.endsWith("/") ? text : text + '/';
    } catch (IOException e) {
      return null;
    }
  }
}
