package org.inotify4j.hub;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;

/**
 * Asks the kernel which watches an inotify instance has, through {@code /proc/self/fdinfo}: a line
 * for each, such as {@code inotify wd:1f ino:9e7e sdev:800013 mask:...}, with the descriptor in
 * hexadecimal. A system that is no Linux but looks like one may have that file without such lines.
 */
final class LiveWatches {

  private static final int PIECE = 64 * 1024;
  private static final String LINE_START = "inotify wd:";

  private LiveWatches() {}

  /**
   * Which of these the kernel has no more, or null where it does not tell.
   *
   * @param hasOther whether there is a watch that is none of these: to tell of none at all is not
   *     to tell then
   */
  static int @Nullable [] missing(LibC libC, int inotify, int[] wds, boolean hasOther) {
    Set<Integer> live = of(libC, inotify);
    return live == null || (hasOther && live.isEmpty())
        ? null
        : Arrays.stream(wds).filter(wd -> !live.contains(wd)).toArray();
  }

  /** The watch descriptors, or null where the kernel does not tell. */
  static @Nullable Set<Integer> of(LibC libC, int inotify) {
    byte[] path = ("/proc/self/fdinfo/" + inotify + '\0').getBytes(StandardCharsets.US_ASCII);
    int fd = libC.open(path, LibC.O_RDONLY | LibC.O_CLOEXEC);
    if (fd < 0) {
      return null;
    }
    try {
      return read(libC, fd);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // A line such as no kernel is known to write: it may be about any watch.
      return null;
    } finally {
      libC.close(fd);
    }
  }

  private static @Nullable Set<Integer> read(LibC libC, int fd) {
    Set<Integer> live = new HashSet<>();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE);
    StringBuilder line = new StringBuilder();
    int length;
    while ((length = libC.read(fd, piece, PIECE)) > 0) {
      for (int i = 0; i < length; i++) {
        char c = (char) piece.get(i);
        if (c == '\n') {
          addTo(live, line);
          line.setLength(0);
        } else {
          line.append(c);
        }
      }
    }
    return length == 0 ? live : null;
  }

  private static void addTo(Set<Integer> live, StringBuilder line) {
    if (line.indexOf(LINE_START) == 0) {
      int start = LINE_START.length();
      live.add(Integer.parseInt(line, start, line.indexOf(" ", start), 16));
    }
  }
}
