package org.inotify4j.poll;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.FileSystemType;
import org.inotify4j.disk.MountsBelow;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/**
 * Which parts of a tree are to be polled.
 *
 * <p>Each is a path relative to the root, one char for each of its bytes: the empty one is the root
 * itself, any other is a directory that something is mounted on. It stands for everything below it,
 * so none is within another: what is mounted within one is not even looked at.
 *
 * <p>What is mounted may change at any time: who polls asks again when it does. It may also be that
 * nobody can say it for a moment. Then it is as it was before, and who asks is told so: he asks
 * again later.
 */
public final class SilentPlaces {

  /** The whole tree. */
  public static final String ROOT = "";

  /**
   * What counts as known before anything is: a root of which nothing can be said is polled, which
   * costs something at worst.
   */
  public static final Set<String> AT_FIRST = Set.of(ROOT);

  private final MountsBelow mounts;

  /** Looks where they are by now. */
  public interface Finder {

    /**
     * It may take as long as a file system does not answer.
     *
     * @param before those that were known before
     */
    Found find(Set<String> before);
  }

  /**
   * What was found.
   *
   * @param places those that are to be polled
   * @param isCertain whether that is known of all, and none is among them, or is not, just because
   *     that was so before
   */
  public record Found(Set<String> places, boolean isCertain) {

    /** Those that are below the root. */
    public Found belowRoot() {
      return new Found(below(places), isCertain);
    }
  }

  private SilentPlaces(MountsBelow mounts) {
    this.mounts = mounts;
  }

  /**
   * Those of a directory.
   *
   * @param unheard finds those where the kernel is silent: it is asked where just these count
   */
  public static Found of(PollMode mode, Supplier<Found> unheard) {
    return switch (mode) {
      case AUTO -> unheard.get();
      case ALWAYS -> new Found(Set.of(ROOT), true);
      case NEVER -> new Found(Set.of(), true);
    };
  }

  /**
   * Those of a directory that is watched at a path. Of what is no tree only the root counts: what
   * is mounted below is not asked then. It may take as long as a file system does not answer.
   *
   * @param filter of what it leaves out nothing is asked
   * @param follows whether a link at the end of a directory's path is followed
   * @param before those that were known before
   */
  public static Found at(
      LibC libC,
      Path path,
      boolean isTree,
      EntryFilter filter,
      boolean follows,
      Set<String> before) {
    byte[] absolute = PathBytes.of(path.toAbsolutePath());
    DirectoryReader reader = new DirectoryReader(libC, absolute, follows);
    int fd = reader.openRoot();
    if (fd < 0) {
      return new Found(before, false);
    }
    try {
      return new SilentPlaces(new MountsBelow(libC)).of(fd, isTree, filter, before);
    } finally {
      reader.close(fd);
    }
  }

  private Found of(int root, boolean isTree, EntryFilter filter, Set<String> before) {
    FileSystemType type = mounts.typeOf(root);
    if (type == null) {
      return new Found(before, false);
    } else if (type.isSilent()) {
      return new Found(Set.of(ROOT), true);
    }
    return isTree ? silent(root, filter, below(before)) : new Found(Set.of(), true);
  }

  private Found silent(int root, EntryFilter filter, Set<String> before) {
    List<String> points = mounts.places(root);
    if (points == null) {
      return new Found(before, false);
    }
    Set<String> silent = new LinkedHashSet<>();
    boolean isCertain = true;
    for (String place : points) {
      if (!isWithin(place, silent) && !isExcluded(place, filter)) {
        FileSystemType type = mounts.typeOf(root, place);
        isCertain &= type != null;
        if (isSilent(type, before.contains(place))) {
          silent.add(place);
        }
      }
    }
    return new Found(silent, isCertain);
  }

  private static boolean isSilent(@Nullable FileSystemType type, boolean wasSilent) {
    return type == null ? wasSilent : type.isSilent();
  }

  /** Those of a tree's places that are below its root. */
  private static Set<String> below(Set<String> places) {
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
