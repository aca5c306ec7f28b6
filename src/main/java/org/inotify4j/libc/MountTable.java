package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads where something is mounted, for this process, from {@code /proc/self/mountinfo} (see {@code
 * proc_pid_mountinfo(5)}).
 */
public final class MountTable {

  /** Its path, with a NUL at its end. */
  private static final byte[] PATH = "/proc/self/mountinfo\0".getBytes(US_ASCII);

  /** How many fields of a line come before the mount point. */
  private static final int BEFORE_POINT = 4;

  private static final int CAPACITY = 16 * 1024;
  private static final int OCTAL_DIGITS = 3;

  private MountTable() {}

  /**
   * Opens the table, for who waits until it changes.
   *
   * @return a descriptor, or {@code -errno}
   */
  public static int open(LibC libC) {
    return libC.open(PATH, LibC.O_RDONLY | LibC.O_CLOEXEC);
  }

  /**
   * The mount points, in the order in which they were mounted: absolute paths, one char for each of
   * their bytes. Null where the table cannot be read, for want of a descriptor, say.
   */
  public static @Nullable Set<String> read(LibC libC) {
    String table = readAll(libC);
    if (table == null) {
      return null;
    }
    Set<String> points = new LinkedHashSet<>();
    for (String line : table.split("\n", 0)) {
      String[] fields = line.split(" ", BEFORE_POINT + 2);
      if (fields.length == BEFORE_POINT + 2) {
        points.add(unescape(fields[BEFORE_POINT]));
      }
    }
    return points;
  }

  private static @Nullable String readAll(LibC libC) {
    int fd = open(libC);
    if (fd < 0) {
      return null;
    }
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      byte[] part = new byte[CAPACITY];
      ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
      int length;
      while ((length = libC.read(fd, buffer, CAPACITY)) > 0) {
        buffer.get(0, part, 0, length);
        text.write(part, 0, length);
      }
      return length < 0 ? null : text.toString(ISO_8859_1);
    } finally {
      libC.close(fd);
    }
  }

  /** Blanks, tabs, newlines and backslashes are written as a backslash and three octal digits. */
  private static String unescape(String field) {
    int escape = field.indexOf('\\');
    if (escape < 0) {
      return field;
    }
    StringBuilder plain = new StringBuilder();
    int rest = 0;
    while (escape >= 0 && escape + OCTAL_DIGITS < field.length()) {
      int end = escape + 1 + OCTAL_DIGITS;
      plain.append(field, rest, escape);
      plain.append((char) Integer.parseInt(field, escape + 1, end, 8));
      rest = end;
      escape = field.indexOf('\\', rest);
    }
    return plain.append(field, rest, field.length()).toString();
  }
}
