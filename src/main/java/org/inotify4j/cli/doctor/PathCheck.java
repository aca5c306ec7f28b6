package org.inotify4j.cli.doctor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.base.TreeReading;
import org.inotify4j.cli.doctor.Mounts.Mount;
import org.inotify4j.cli.doctor.PathFacts.Kind;
import org.inotify4j.cli.roots.GitIgnored;
import org.inotify4j.disk.FileSystemType;
import org.inotify4j.disk.Refusal;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;

/** Looks at the paths that somebody wants to watch. */
final class PathCheck {

  /**
   * A pattern that no file matches: no name is as long. With it a snapshot has directories only.
   */
  private static final String NO_FILE = "x".repeat(256);

  private static final Path ROOT = Path.of("/");

  private final Mounts mounts;
  private final TreeFilter directoriesOnly;
  private final boolean isGitIgnoring;
  private final boolean isProbed;
  private final WatchCount count;

  /**
   * A check.
   *
   * @param filter which directories are left out
   * @param isGitIgnoring whether what git leaves out is left out, too
   * @param isProbed whether a file is made where that is possible
   * @param count counts the watches of all of them
   */
  PathCheck(
      Mounts mounts, TreeFilter filter, boolean isGitIgnoring, boolean isProbed, WatchCount count) {
    this.mounts = mounts;
    this.directoriesOnly = filter.include(NO_FILE);
    this.isGitIgnoring = isGitIgnoring;
    this.isProbed = isProbed;
    this.count = count;
  }

  /**
   * Looks at one.
   *
   * @param latin1 as the user has spelled it, one char for each byte
   * @throws UnsupportedOperationException if the kernel cannot be reached
   */
  PathFacts look(String latin1) {
    Path path = PathNames.path(RawArguments.bytes(latin1));
    OnTheWay way = OnTheWay.to(path);
    Kind kind;
    try {
      kind = kind(path);
    } catch (IOException e) {
      return notThere(latin1, way.links(), Refusal.ofLooking(path));
    }
    Path place = real(path);
    String real = latin1(place);
    Mount mount = mounts.of(real);
    Directories tree = kind == Kind.DIRECTORY ? tree(path) : null;
    if (kind == Kind.DIRECTORY && tree == null && !isDeleted(mount)) {
      return notThere(latin1, way.links(), Refusal.ofReading(path));
    }
    return new PathFacts(
        latin1,
        kind,
        Refusal.NONE,
        way.links(),
        mount,
        mount != null && mount.point().equals(real),
        FileSystemType.of(path),
        kind == Kind.DIRECTORY ? below(real) : List.of(),
        kind == Kind.DIRECTORY ? need(place, tree) : count.addFile(way),
        tree == null ? List.of() : unreadable(path, tree.unreadable()),
        probe(path, kind));
  }

  private WatchCount.Need need(Path place, @Nullable Directories tree) {
    return tree == null ? WatchCount.Need.NOTHING : count.addTree(place, tree.below());
  }

  /** What is there; an exception where the kernel does not say. */
  private static Kind kind(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      return Kind.DIRECTORY;
    }
    return attributes.isRegularFile() ? Kind.FILE : Kind.OTHER;
  }

  /** Of a path that cannot be looked at. */
  private PathFacts notThere(String latin1, List<OnTheWay.Link> links, Refusal refusal) {
    // What is not refused any more was not there when it was looked at.
    boolean isMissing = refusal.isOfNothing() || refusal.isNone();
    Kind kind =
        isMissing ? Kind.MISSING : refusal.isForbidden() ? Kind.FORBIDDEN : Kind.UNREACHABLE;
    return new PathFacts(
        latin1,
        kind,
        kind == Kind.UNREACHABLE ? refusal : Refusal.NONE,
        links,
        kind == Kind.UNREACHABLE ? mounts.of(latin1(real(path(latin1)))) : null,
        false,
        FileSystemType.UNKNOWN,
        List.of(),
        WatchCount.Need.NOTHING,
        List.of(),
        null);
  }

  private static List<PathFacts.Unreadable> unreadable(Path path, List<Path> unreadable) {
    return unreadable.stream()
        .map(
            below ->
                new PathFacts.Unreadable(latin1(below), Refusal.ofReading(path.resolve(below))))
        .toList();
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static boolean isDeleted(@Nullable Mount mount) {
    return mount != null && mount.isOfDeleted();
  }

  /** All directories; null where the first one may not be read. */
  private @Nullable Directories tree(Path path) {
    try {
      TreeSnapshot tree = TreeSnapshot.take(path, directoriesOnly, TreeReading.threads());
      GitIgnored git = isGitIgnoring ? new GitIgnored(path) : null;
      return new Directories(tree, below -> git == null || !git.matchesDirectory(below));
    } catch (IOException e) {
      return null;
    }
  }

  /** The directories of a tree that are not left out. */
  private record Directories(TreeSnapshot all, Predicate<Path> isIn) {

    /** Those below the root. */
    Stream<Path> below() {
      return all.entries().map(TreeSnapshot.Entry::path).filter(isIn);
    }

    /** Those that cannot be read. */
    List<Path> unreadable() {
      return all.unreadable().stream().filter(isIn).toList();
    }
  }

  private List<PathFacts.Place> below(String real) {
    return mounts.below(real).stream().map(mount -> place(mount, path(mount.point()))).toList();
  }

  private static PathFacts.Place place(Mount mount, Path point) {
    return new PathFacts.Place(mount, FileSystemType.of(point), Refusal.ofLooking(point));
  }

  private @Nullable Probe probe(Path path, Kind kind) {
    Path directory = kind == Kind.DIRECTORY ? path : path.toAbsolutePath().getParent();
    return isProbed ? Probe.in(directory == null ? ROOT : directory) : null;
  }

  private static Path path(String latin1) {
    return PathNames.path(RawArguments.bytes(latin1));
  }

  private static String latin1(Path path) {
    return new String(PathNames.bytes(path), ISO_8859_1);
  }
}
