package org.inotify4j.cli.roots;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.disk.GitIgnoreFilter;
import org.inotify4j.libc.SystemLibC;

/**
 * Matches what git leaves out of a tree, by files that are read when they first matter, and not
 * again. Safe for use by several threads.
 *
 * <p>A matcher is not told what is a directory. So that is looked up where it matters, and kept of
 * those that are, for when they are gone: a tree asks for each directory that there is.
 */
public final class GitIgnored implements PathMatcher {

  private final Path root;
  private final GitIgnoreFilter rules;

  /** Those that are left out for being directories. */
  private final Set<Path> directories = ConcurrentHashMap.newKeySet();

  /**
   * That of a tree.
   *
   * @throws UnsupportedOperationException if the kernel cannot be reached
   */
  public GitIgnored(Path root) {
    this.root = root;
    byte[] bytes = PathNames.bytes(root.toAbsolutePath());
    this.rules = GitIgnoreFilter.of(SystemLibC.get(), Arrays.copyOf(bytes, bytes.length + 1), true);
  }

  @Override
  public boolean matches(Path path) {
    boolean isOutAsDirectory = matchesDirectory(path);
    boolean isOutAsFile = rules.excludes(PathNames.bytes(path), false);
    return isOutAsFile == isOutAsDirectory
        ? isOutAsFile
        : isDirectory(path) ? isOutAsDirectory : isOutAsFile;
  }

  /** Of a path that is known to be a directory. */
  public boolean matchesDirectory(Path path) {
    return rules.excludes(PathNames.bytes(path), true);
  }

  private boolean isDirectory(Path path) {
    Path whole = root.resolve(path);
    if (Files.isDirectory(whole, LinkOption.NOFOLLOW_LINKS)) {
      directories.add(path);
    } else if (Files.exists(whole, LinkOption.NOFOLLOW_LINKS)) {
      directories.remove(path);
    }
    return directories.contains(path);
  }
}
