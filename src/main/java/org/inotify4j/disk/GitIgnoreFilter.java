package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.libc.LibC;

/**
 * Leaves out of a tree what git does: by the {@code .gitignore} of each directory, of which the
 * nearest that says anything decides, and by the {@code info/exclude} of the repository. What is in
 * a directory that is left out is left out, too. Where another repository begins, the files above
 * do not count; nor do those above the root, and the user's own one. A {@code .git} is left out
 * with all in it. Where such files are, left out or not, {@link #isRule} says, so that their
 * changes can be heard of.
 *
 * <p>The files are read when something is asked that they matter for, and kept until {@link
 * #changed} hears of a change. It may be used by several threads at once. A file that is read while
 * it changes is not kept: the number of changes heard of is compared before and after.
 */
public final class GitIgnoreFilter implements EntryFilter {

  /** So many directories are known at most, before all are forgotten: they are read again. */
  private static final int MOST = 1 << 16;

  private static final String OWN = IgnoreFiles.REPOSITORY;
  private static final String OWN_INFO = OWN + '/' + IgnoreFiles.INFO;

  /** The file of a repository itself, by its path from the directory of that. */
  public static final String OWN_EXCLUDE = OWN_INFO + '/' + IgnoreFiles.EXCLUDE;

  private final IgnoreFiles files;

  /** By path, one char for each byte, with a slash at its end but for the root's. */
  private final ConcurrentNavigableMap<String, IgnoreDirectory> directories =
      new ConcurrentSkipListMap<>();

  private final AtomicInteger changes = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();

  /** Whether it was asked what files say that could not be read. */
  private volatile boolean wasUnknown;

  private GitIgnoreFilter(IgnoreFiles files) {
    this.files = files;
  }

  /**
   * A filter of a tree, of which nothing is read yet.
   *
   * @param root the root's path, with a NUL at its end
   * @param followsRoot whether the root's path may end in a link
   */
  public static GitIgnoreFilter of(LibC libC, byte[] root, boolean followsRoot) {
    return new GitIgnoreFilter(new IgnoreFiles(libC, root, followsRoot));
  }

  @Override
  public boolean excludes(byte[] path, boolean isDirectory) {
    if (path.length == 0) {
      return false;
    }
    String text = new String(path, ISO_8859_1);
    return startOfOwn(text) >= 0
        || directory(path, text, text.lastIndexOf('/') + 1).excludes(path, isDirectory);
  }

  @Override
  public boolean isPositional() {
    return true;
  }

  /**
   * Whether what happens to an entry can change what is left out: one of the files, or what is on
   * the way to that of a repository. It may be left out itself, but its directory is not.
   *
   * @param maxDepth how many names the path of an entry has at most that counts
   */
  public boolean isRule(byte[] path, boolean isDirectory, int maxDepth) {
    String text = new String(path, ISO_8859_1);
    int own = startOfOwn(text);
    int start = own >= 0 ? own : text.lastIndexOf('/') + 1;
    boolean isRule =
        own >= 0
            ? isOnTheWay(text.substring(own), isDirectory)
            : !isDirectory && isLast(text, start);
    return isRule && depth(text, start) <= maxDepth && !directory(path, text, start).isExcluded();
  }

  /** Whether an entry may be one that {@link #isRule} is about, by its name. */
  public boolean isNamedAsRule(byte[] path) {
    String text = new String(path, ISO_8859_1);
    return startOfOwn(text) >= 0 || isLast(text, text.lastIndexOf('/') + 1);
  }

  /** How many names has the path of an entry whose name begins there. */
  private static int depth(String path, int start) {
    int depth = 1;
    for (int at = 0; at < start; at++) {
      depth += path.charAt(at) == '/' ? 1 : 0;
    }
    return depth;
  }

  /**
   * Hears of an event: an entry came, went, was written to or moved.
   *
   * @return whether entries of its directory, and below, may be left out now that were not, or the
   *     other way round
   */
  public boolean changed(byte[] path) {
    String text = new String(path, ISO_8859_1);
    int own = startOfOwn(text);
    int name = text.lastIndexOf('/') + 1;
    if (own >= 0) {
      String rest = text.substring(own);
      boolean isOnTheWay = isOnTheWay(rest, rest.equals(OWN_INFO));
      if (isOnTheWay) {
        forget(text.substring(0, own));
      }
      return isOnTheWay;
    }
    boolean isFile = isLast(text, name);
    // If it is a directory, it may be another one.
    forget(isFile ? text.substring(0, name) : text + '/');
    return isFile;
  }

  private static boolean isLast(String path, int name) {
    return path.length() == name + IgnoreFiles.NAME.length()
        && path.startsWith(IgnoreFiles.NAME, name);
  }

  /**
   * Looks at the files again that were read.
   *
   * @return whether something else may be left out now, as one has changed that nobody heard of
   */
  public boolean lookAgain() {
    boolean isOther = wasUnknown && IgnoreDirectory.root(files).isKnown();
    if (isOther) {
      wasUnknown = false;
    }
    for (Map.Entry<String, IgnoreDirectory> entry : directories.entrySet()) {
      String key = entry.getKey();
      byte[] path = key.substring(0, Math.max(0, key.length() - 1)).getBytes(ISO_8859_1);
      if (!entry.getValue().isAsItWas(path, files)) {
        forget(key);
        isOther = true;
      }
    }
    return isOther;
  }

  private void forget(String directory) {
    changes.incrementAndGet();
    if (directory.isEmpty()) {
      directories.clear();
    } else {
      // All paths that begin so: the character behind the slash is the zero.
      String end = directory.substring(0, directory.length() - 1) + '0';
      directories.subMap(directory, end).clear();
    }
  }

  /** Where the {@code .git} begins that a path is, or is in; negative if it is in none. */
  private static int startOfOwn(String path) {
    int at = path.indexOf(OWN);
    while (at >= 0) {
      int end = at + OWN.length();
      boolean isName = at == 0 || path.charAt(at - 1) == '/';
      if (isName && (end == path.length() || path.charAt(end) == '/')) {
        return at;
      }
      at = path.indexOf(OWN, end);
    }
    return -1;
  }

  private static boolean isOnTheWay(String rest, boolean isDirectory) {
    return switch (rest) {
      case OWN -> true; // A file in a worktree.
      case OWN_INFO -> isDirectory;
      case OWN_EXCLUDE -> !isDirectory;
      default -> false;
    };
  }

  /** The directory of which the path, with the slash, ends at a place. */
  private IgnoreDirectory directory(byte[] path, String text, int end) {
    IgnoreDirectory known = directories.get(text.substring(0, end));
    if (known != null) {
      return known;
    }
    // Before anything is read, or taken from what is known.
    int before = changes.get();
    IgnoreDirectory directory = directories.get("");
    if (directory == null) {
      directory = keep("", IgnoreDirectory.root(files), before);
    }
    for (int slash = text.indexOf('/'); slash >= 0 && slash < end; ) {
      String key = text.substring(0, slash + 1);
      IgnoreDirectory below = directories.get(key);
      directory =
          below == null
              ? keep(key, directory.below(Arrays.copyOf(path, slash), files), before)
              : below;
      slash = text.indexOf('/', slash + 1);
    }
    return directory;
  }

  private IgnoreDirectory keep(String key, IgnoreDirectory directory, int before) {
    if (!directory.isKnown()) {
      // It is read when it is asked for again; who was told what it says is told otherwise later.
      wasUnknown = true;
      return directory;
    }
    if (made.incrementAndGet() % MOST == 0) {
      directories.clear();
    }
    directories.put(key, directory);
    if (changes.get() != before) {
      directories.remove(key, directory);
    }
    return directory;
  }
}
