package org.inotify4j.disk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of a {@code .gitignore}, on the bytes of a path: see gitignore(5). Two of the same bytes
 * are equal.
 *
 * <p>One with a slash at its start or in its middle is about the whole path, name by name; {@code
 * **} stands for any number of names there. Any other one is about the last name, wherever it is. A
 * slash at the end says that it is about directories only, and a {@code !} at the start that what
 * matches is not left out after all.
 */
public final class GlobRule implements FilterRule {

  private final byte[] bytes;
  private final boolean isNegated;
  private final boolean isOfDirectories;
  private final boolean isOfNames;

  /** A glob for each name; null for a {@code **}. */
  private final @Nullable NameGlob[] names;

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException if nothing can match it; the message has the pattern, says
   *     why, and how to write it
   */
  public GlobRule(byte[] pattern) {
    this.bytes = pattern.clone();
    int start = 0;
    int end = endWithoutSpaces(pattern);
    if (end == 0 || pattern[0] == '#') {
      throw refused("it is empty or a comment: write \\# for a name that begins with #");
    }
    isNegated = pattern[0] == '!';
    start += isNegated ? 1 : 0;
    isOfDirectories = end > start && pattern[end - 1] == '/';
    end -= isOfDirectories ? 1 : 0;
    boolean isAnchored = start < end && pattern[start] == '/';
    start += isAnchored ? 1 : 0;
    if (start >= end) {
      throw refused("it names nothing: what is registered cannot be excluded itself");
    }
    List<byte[]> parts = split(Arrays.copyOfRange(pattern, start, end));
    isOfNames = !isAnchored && parts.size() == 1;
    names = compile(parts);
  }

  /** The bytes of the line. */
  public byte[] pattern() {
    return bytes.clone();
  }

  private @Nullable NameGlob[] compile(List<byte[]> parts) {
    @Nullable NameGlob[] compiled = new NameGlob[parts.size()];
    for (int i = 0; i < compiled.length; i++) {
      byte[] part = parts.get(i);
      boolean isAnyNumber = !isOfNames && part.length == 2 && part[0] == '*' && part[1] == '*';
      compiled[i] = isAnyNumber ? null : compile(part);
    }
    return compiled;
  }

  private NameGlob compile(byte[] part) {
    if (part.length == 0) {
      throw refused("two slashes follow one another");
    }
    String text = new String(part, StandardCharsets.ISO_8859_1);
    if (text.equals(".") || text.equals("..")) {
      throw refused(
          "no path has '" + text + "' in it: begin with a slash for the directory itself");
    }
    try {
      return NameGlob.of(part);
    } catch (IllegalArgumentException e) {
      throw refused(e.getMessage());
    }
  }

  private IllegalArgumentException refused(@Nullable String why) {
    return new IllegalArgumentException(
        "the pattern '"
            + new String(bytes, StandardCharsets.UTF_8)
            + "' cannot match anything: "
            + why);
  }

  /** Without spaces at the end, unless a backslash is before them. */
  private static int endWithoutSpaces(byte[] pattern) {
    int end = 0;
    for (int at = 0; at < pattern.length; at++) {
      if (pattern[at] == '\\' && at + 1 < pattern.length) {
        at++;
        end = at + 1;
      } else if (pattern[at] != ' ') {
        end = at + 1;
      }
    }
    return end;
  }

  private static List<byte[]> split(byte[] pattern) {
    List<byte[]> parts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at <= pattern.length; at++) {
      if (at == pattern.length || pattern[at] == '/') {
        parts.add(Arrays.copyOfRange(pattern, start, at));
        start = at + 1;
      }
    }
    return parts;
  }

  @Override
  public boolean isPositional() {
    return !isOfNames;
  }

  @Override
  public boolean isNegated() {
    return isNegated;
  }

  /** Whether it is about directories only. */
  public boolean isOfDirectories() {
    return isOfDirectories;
  }

  @Override
  public boolean matches(Path empty, byte[] path, boolean isDirectory) {
    return matches(path, isDirectory);
  }

  /** Whether this is about an entry, whose path is relative to the tree. */
  boolean matches(byte[] path, boolean isDirectory) {
    if (isOfDirectories && !isDirectory) {
      return false;
    }
    return matches(path, isOfNames ? startOfLast(path) : 0);
  }

  /**
   * Whether the names match what begins at a place of the path. A {@code **} takes as few names as
   * it can, and more only where what follows it fits nowhere before: to have an earlier one take
   * more would not help, so no path is gone through more than once for each name of the pattern.
   */
  private boolean matches(byte[] path, int start) {
    int next = 0;
    int from = start;
    // What follows the last such mark, and where what it has not taken begins.
    int behindAny = -1;
    int left = start;
    while (next < names.length || from <= path.length) {
      NameGlob name = next < names.length ? names[next] : null;
      if (next < names.length && name == null) {
        behindAny = ++next;
        left = from;
        if (next == names.length) {
          return from <= path.length; // At the end: one name or more.
        }
      } else if (name != null && from <= path.length && matches(name, path, from)) {
        next++;
        from = endOfName(path, from) + 1;
      } else if (behindAny >= 0 && left <= path.length) {
        left = endOfName(path, left) + 1;
        from = left;
        next = behindAny;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(NameGlob name, byte[] path, int start) {
    return name.matches(path, start, endOfName(path, start));
  }

  private static int endOfName(byte[] path, int start) {
    int end = start;
    while (end < path.length && path[end] != '/') {
      end++;
    }
    return end;
  }

  private static int startOfLast(byte[] path) {
    int start = path.length;
    while (start > 0 && path[start - 1] != '/') {
      start--;
    }
    return start;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GlobRule rule && Arrays.equals(bytes, rule.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
