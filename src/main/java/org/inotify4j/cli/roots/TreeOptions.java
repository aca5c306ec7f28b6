package org.inotify4j.cli.roots;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.base.WatchedPath;
import org.inotify4j.watch.INotifyModifiers;
import org.jspecify.annotations.Nullable;

/**
 * How paths are watched.
 *
 * @param isRecursive whether with all that is below them
 * @param followsLinks whether a link to a file stands for what it points to
 * @param ignored patterns of what is left out of trees
 * @param isGitIgnoring whether what git leaves out is left out of them, too
 * @param excluded paths that are left out, spelled as those that are watched
 * @param ofAll the modifiers of whatever is watched
 */
public record TreeOptions(
    boolean isRecursive,
    boolean followsLinks,
    List<byte[]> ignored,
    boolean isGitIgnoring,
    List<byte[]> excluded,
    List<WatchEvent.Modifier> ofAll) {

  /** Whether a directory needs no more than a watch of its own. */
  public boolean isPlain() {
    return !isRecursive && ofAll.isEmpty();
  }

  /** Whether it is told first what is there. */
  boolean tellsFirst() {
    return ofAll.contains(INotifyModifiers.INITIAL);
  }

  /** How a path is looked at. */
  public LinkOption[] links(byte[] path) {
    return follows(path) ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
  }

  /** A link that has a slash at its end stands for the directory, and so does that of a tree. */
  private boolean follows(byte[] path) {
    return followsLinks
        || (path.length > 0 && path[path.length - 1] == '/')
        || (isRecursive && Files.isDirectory(PathNames.path(path)));
  }

  /** The modifiers of a path. */
  List<WatchEvent.Modifier> modifiers(byte[] path, boolean isDirectory) {
    List<WatchEvent.Modifier> modifiers = new ArrayList<>(ofAll);
    if (!follows(path)) {
      modifiers.add(INotifyModifiers.NOFOLLOW);
    }
    if (!isDirectory) {
      modifiers.add(INotifyModifiers.FILE);
    } else if (isRecursive) {
      modifiers.add(INotifyModifiers.RECURSIVE);
      patterns(path).forEach(pattern -> modifiers.add(INotifyModifiers.exclude(pattern)));
      if (isGitIgnoring) {
        // The last that matches decides: a pattern takes back none of it.
        modifiers.add(INotifyModifiers.exclude(new GitIgnored(PathNames.path(path))));
      }
    }
    return modifiers;
  }

  /** The patterns of what is left out below a path. */
  public List<byte[]> patterns(byte[] path) {
    List<byte[]> patterns = new ArrayList<>(ignored);
    byte[] root = new WatchedPath(path, true).bytes();
    for (byte[] whole : excluded) {
      byte[] pattern = pattern(root, whole);
      if (pattern != null) {
        patterns.add(pattern);
      }
    }
    return patterns;
  }

  /** Whether there are patterns of what is left out, or git has them. */
  boolean hasPatterns() {
    return isGitIgnoring || !ignored.isEmpty();
  }

  /** Whether a path is left out that is this one below a directory, or above it. */
  boolean leavesOut(byte[] directory, Path below) {
    byte[] root = new WatchedPath(directory, true).bytes();
    String names = RawArguments.latin1(PathNames.bytes(below)) + "/";
    return excluded.stream()
        .map(whole -> names(root, whole))
        .anyMatch(out -> out != null && names.startsWith(out + "/"));
  }

  /** The pattern of one path; null where it is not spelled as one that can be below the root. */
  private static byte @Nullable [] pattern(byte[] root, byte[] whole) {
    String names = names(root, whole);
    if (names == null) {
      return null;
    }
    ByteArrayOutputStream pattern = new ByteArrayOutputStream();
    pattern.write('/');
    for (byte b : RawArguments.bytes(names)) {
      if ("\\*?[ ".indexOf(b) >= 0) {
        pattern.write('\\');
      }
      pattern.write(b);
    }
    return pattern.toByteArray();
  }

  /** The names below the root, one char a byte; null where it is not spelled as one below it. */
  private static @Nullable String names(byte[] root, byte[] whole) {
    int end = whole.length;
    while (end > 0 && whole[end - 1] == '/') {
      end--;
    }
    if (end <= root.length || !Arrays.equals(root, Arrays.copyOf(whole, root.length))) {
      return null;
    }
    String names = RawArguments.latin1(Arrays.copyOfRange(whole, root.length, end));
    for (String name : names.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        return null;
      }
    }
    return names;
  }
}
