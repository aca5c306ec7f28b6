package org.inotify4j.poll;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.MountsBelow;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;

/**
 * Which parts of a tree are to be polled.
 *
 * <p>Each is a path relative to the root, one char for each of its bytes: the empty one is the root
 * itself, any other is a directory that something is mounted on. It stands for everything below it,
 * so none is within another: what is mounted within one is not even looked at.
 *
 * <p>What is mounted may change at any time: who polls asks again when it does.
 */
public final class SilentPlaces {

  /** The whole tree. */
  public static final String ROOT = "";

  private final MountsBelow mounts;

  /** Finds them by what is mounted. */
  public SilentPlaces(MountsBelow mounts) {
    this.mounts = mounts;
  }

  /**
   * Those of a directory that is watched at a path; none where it cannot be opened. Of what is no
   * tree only the root counts: what is mounted below is not asked then. It may take as long as a
   * file system does not answer.
   *
   * @param filter of what it leaves out nothing is asked
   * @param follows whether a link at the end of a directory's path is followed
   */
  public static Set<String> at(
      LibC libC, Path path, boolean isTree, EntryFilter filter, boolean follows, PollMode mode) {
    if (mode != PollMode.AUTO) {
      return mode == PollMode.ALWAYS ? Set.of(ROOT) : Set.of();
    }
    byte[] absolute = PathBytes.of(path.toAbsolutePath());
    DirectoryReader reader = new DirectoryReader(libC, absolute, follows);
    int fd = reader.openRoot();
    if (fd < 0) {
      return Set.of();
    }
    try {
      SilentPlaces places = new SilentPlaces(new MountsBelow(libC));
      return isTree ? places.silent(fd, filter) : places.silentAlone(fd);
    } finally {
      reader.close(fd);
    }
  }

  /**
   * Those of a tree; of a file, the root or nothing. It may take as long as a file system does not
   * answer.
   *
   * @param root a descriptor, which may be one that only stands for a file
   */
  public Set<String> of(int root, PollMode mode) {
    return switch (mode) {
      case NEVER -> Set.of();
      case ALWAYS -> Set.of(ROOT);
      case AUTO -> silent(root, EntryFilter.NOTHING);
    };
  }

  /** The root or nothing: no other server is waited for. */
  private Set<String> silentAlone(int root) {
    return mounts.typeOf(root).isSilent() ? Set.of(ROOT) : Set.of();
  }

  private Set<String> silent(int root, EntryFilter filter) {
    Set<String> silent = new LinkedHashSet<>(silentAlone(root));
    if (!silent.isEmpty()) {
      return silent;
    }
    for (String place : mounts.places(root)) {
      if (!isWithin(place, silent)
          && !isExcluded(place, filter)
          && mounts.typeOf(root, place).isSilent()) {
        silent.add(place);
      }
    }
    return silent;
  }

  /** Those of a tree's places that are below its root. */
  public static Set<String> below(Set<String> places) {
    return places.stream().filter(place -> !place.equals(ROOT)).collect(Collectors.toSet());
  }

  /** From the top: of what is in a directory that is left out nothing is asked. */
  private static boolean isExcluded(String place, EntryFilter filter) {
    boolean isExcluded = false;
    for (int end = 0; end < place.length() && !isExcluded; ) {
      int slash = place.indexOf('/', end + 1);
      end = slash < 0 ? place.length() : slash;
      isExcluded = filter.excludes(place.substring(0, end).getBytes(ISO_8859_1), true);
    }
    return isExcluded;
  }

  private static boolean isWithin(String place, Set<String> others) {
    return others.stream().anyMatch(other -> place.startsWith(other + '/'));
  }
}
