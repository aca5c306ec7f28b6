package org.inotify4j.cli.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is mounted where for this process, as {@code proc_pid_mountinfo(5)} has it. All paths have
 * one char for each of their bytes.
 */
final class Mounts {

  private static final int OCTAL_DIGITS = 3;

  /**
   * One mount.
   *
   * @param root which directory of the file system is seen there: with a bind mount it is seldom
   *     the whole
   * @param point where it is
   * @param type the file system's name
   * @param source what it is mounted from, such as a disk or a server
   */
  record Mount(int id, int parent, String root, String point, String type, String source) {

    /** Whether only a part of a file system is seen here: a bind mount, or a subvolume. */
    boolean isPart() {
      return !root.equals("/");
    }

    /** Whether what it shows was deleted where it comes from. */
    boolean isOfDeleted() {
      return root.endsWith("//deleted");
    }

    private boolean isOnTheWayTo(String path) {
      return path.equals(point) || path.startsWith(point.equals("/") ? point : point + "/");
    }
  }

  private final List<Mount> all;

  private Mounts(List<Mount> all) {
    this.all = all;
  }

  /** Reads them from a directory like {@code /proc}; none where it has none. */
  static Mounts read(Path proc) {
    List<Mount> mounts = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(proc.resolve("self/mountinfo"), ISO_8859_1)) {
        Mount mount = parse(line);
        if (mount != null) {
          mounts.add(mount);
        }
      }
    } catch (IOException e) {
      // Then nothing is known of mounts.
    }
    return new Mounts(mounts);
  }

  private static @Nullable Mount parse(String line) {
    String[] halves = line.split(" - ", 2);
    String[] first = halves[0].split(" ", -1);
    String[] second = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
    if (first.length < 6 || second.length < 2) {
      return null;
    }
    try {
      return new Mount(
          Integer.parseInt(first[0]),
          Integer.parseInt(first[1]),
          unescape(first[3]),
          unescape(first[4]),
          unescape(second[0]),
          unescape(second[1]));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /** Blanks, tabs, newlines and backslashes are written as a backslash and three octal digits. */
  private static String unescape(String field) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char next = field.charAt(i);
      if (next == '\\' && i + OCTAL_DIGITS < field.length()) {
        next = (char) Integer.parseInt(field, i + 1, i + 1 + OCTAL_DIGITS, 8);
        i += OCTAL_DIGITS;
      }
      plain.append(next);
    }
    return plain.toString();
  }

  /**
   * What a path is on. One goes the way that the kernel goes: at each step on to what is mounted
   * nearest on the mount that one is on, so that what is hidden beneath a later one does not count.
   *
   * @param path absolute, without links
   */
  @Nullable Mount of(String path) {
    Mount current = root();
    Mount next = current;
    while (next != null) {
      current = next;
      int parent = current.id();
      next =
          all.stream()
              .filter(mount -> mount.parent() == parent && mount.id() != parent)
              .filter(mount -> mount.isOnTheWayTo(path))
              .min(Comparator.comparingInt(mount -> mount.point().length()))
              .orElse(null);
    }
    return current;
  }

  /** The first one at the root: what is mounted over it has it as its parent. */
  private @Nullable Mount root() {
    return all.stream()
        .filter(mount -> mount.point().equals("/"))
        .filter(mount -> all.stream().noneMatch(other -> isBeneath(other, mount)))
        .findFirst()
        .orElse(null);
  }

  private static boolean isBeneath(Mount other, Mount mount) {
    return other.id() == mount.parent() && other.id() != mount.id() && other.point().equals("/");
  }

  /** Those that are seen below a path, in the order of their places. */
  List<Mount> below(String path) {
    String prefix = path.equals("/") ? path : path + "/";
    return all.stream()
        .filter(
            mount -> mount.point().startsWith(prefix) && mount.point().length() > prefix.length())
        .filter(mount -> mount.equals(of(mount.point())))
        .sorted(Comparator.comparing(Mount::point))
        .toList();
  }
}
