package org.inotify4j.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.inotify4j.EntryName;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Refusals;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path, name by name and through its links, to the file that it leads to, and watches the
 * places that decide this: the directory of each link, that of the file, and where there is no file
 * the last directory on the way.
 *
 * <p>A directory is watched before it is looked what is in it. The way is gone twice, until both
 * times it is the same: so no directory on it was exchanged before its watch was placed.
 */
final class NameResolution {

  private static final int MOST_LINKS = 40;
  private static final int MOST_TRIES = 8;

  /** How often a directory is found in vain on one way: the kernel says that it is, and is not. */
  private static final int MOST_RETURNS = 16;

  private static final int OPTIONS = LibC.O_PATH | Processor.O_DIRECTORY | LibC.O_CLOEXEC;
  private static final byte[] ROOT = {'/', 0};
  private static final byte[] CURRENT = {'.', 0};

  private final Hub hub;
  private final NameInterests names;
  private final FileModel file;
  private final Path path;
  private final int events;
  private final boolean followsLast;

  /**
   * A lookup.
   *
   * @param events what is to be heard of the file
   * @param followsLast whether a link at the end of the path is followed
   */
  NameResolution(
      Hub hub, NameInterests names, FileModel file, Path path, int events, boolean followsLast) {
    this.hub = hub;
    this.names = names;
    this.file = file;
    this.path = path;
    this.events = events;
    this.followsLast = followsLast;
  }

  /** What the path leads to now; what decides it is watched, for the caller to give back. */
  Found find() {
    for (int tries = 1; ; tries++) {
      Found found = go(true);
      if (tries == MOST_TRIES || found.failure() != null || found.equals(go(false))) {
        return found;
      }
      release(found.places());
    }
  }

  /** Gives watches back. */
  void release(List<PathStep> places) {
    places.forEach(place -> names.remove(place.wd(), place.name(), file));
  }

  private Found go(boolean isWatching) {
    Way way = new Way(isWatching);
    try {
      return way.go();
    } catch (IOException e) {
      return new Found(way.places, null, e);
    } finally {
      way.close(way.directory);
      way.close(way.parent);
    }
  }

  /**
   * What a path leads to.
   *
   * @param places what decides it
   * @param identity what tells one file from another, or null where there is none
   * @param failure why it cannot be told, or null
   */
  record Found(List<PathStep> places, @Nullable Object identity, @Nullable IOException failure) {}

  /** One time on the way. */
  private final class Way {

    final List<PathStep> places = new ArrayList<>();
    private final boolean isWatching;
    private final Deque<EntryName> ahead = new ArrayDeque<>();
    private int links;
    private int returns;

    /** The directory that was come to, and the one that it was entered from, or -1. */
    int directory = -1;

    int parent = -1;
    private EntryName entered = EntryName.EMPTY;

    /** Why the last name was not gone into, as {@code -errno}. */
    private int notEntered;

    Way(boolean isWatching) {
      this.isWatching = isWatching;
    }

    Found go() throws IOException {
      start(path);
      while (true) {
        EntryName name = ahead.removeFirst();
        boolean isLast = ahead.isEmpty();
        if (!isLast && enter(name)) {
          continue;
        }
        int wd = watch(directory, name);
        BasicFileAttributes there = look(name);
        if (there != null && there.isSymbolicLink() && (!isLast || follows())) {
          places.add(new PathStep(wd, name, PathStep.Role.LINK));
          follow(name);
        } else if (isLast) {
          places.add(new PathStep(wd, name, PathStep.Role.FILE));
          return new Found(places, there == null ? null : String.valueOf(there.fileKey()), null);
        } else {
          places.add(new PathStep(wd, name, PathStep.Role.MISSING));
          if (there == null || !there.isDirectory()) {
            return new Found(places, null, null);
          }
          // It came meanwhile.
          if (++returns > MOST_RETURNS) {
            throw refused(notEntered);
          }
          ahead.addFirst(name);
        }
      }
    }

    private boolean follows() {
      return followsLast || links > 0;
    }

    private void start(Path way) throws IOException {
      if (way.isAbsolute() || directory < 0) {
        close(parent);
        parent = -1;
        close(directory);
        directory = hub.libC().open(way.isAbsolute() ? ROOT : CURRENT, OPTIONS);
        check(directory);
      }
      List<EntryName> more = new ArrayList<>();
      way.forEach(name -> more.add(EntryName.of(name)));
      for (int i = more.size() - 1; i >= 0; i--) {
        ahead.addFirst(more.get(i));
      }
      if (ahead.isEmpty()) {
        // A link to the root.
        ahead.add(EntryName.of(new byte[] {'.'}));
      }
    }

    private void follow(EntryName link) throws IOException {
      if (++links > MOST_LINKS) {
        throw new FileSystemException(path.toString(), null, Errno.describe(-Errno.ELOOP.number()));
      }
      try {
        start(Files.readSymbolicLink(pathOf(link)));
      } catch (NoSuchFileException | java.nio.file.NotLinkException e) {
        // Another one by now: its place is watched.
        ahead.addFirst(link);
      }
    }

    /** Goes into a directory; false if there is none of the name. */
    private boolean enter(EntryName name) throws IOException {
      byte[] bytes = name.toByteArray();
      byte[] terminated = Arrays.copyOf(bytes, bytes.length + 1);
      int next = hub.libC().openat(directory, terminated, OPTIONS | Processor.O_NOFOLLOW);
      if (Errno.ENOENT.is(next) || Errno.ENOTDIR.is(next) || Errno.ELOOP.is(next)) {
        notEntered = next;
        return false;
      }
      check(next);
      close(parent);
      parent = directory;
      entered = name;
      directory = next;
      return true;
    }

    /** Watches a name, or finds the watch that it has. */
    private int watch(int at, EntryName name) throws IOException {
      int wd = isWatching ? names.add(at, name, events, file) : hub.find(at);
      if (Errno.ENOENT.is(wd) && !isWatching) {
        return 0; // The way is another one.
      }
      if (Errno.ENOENT.is(wd)) {
        throw Refusals.exception(path, wd);
      }
      check(wd);
      return wd;
    }

    /** What is at a name, or null. */
    private @Nullable BasicFileAttributes look(EntryName name) throws IOException {
      OrderedLock.mayBlock();
      try {
        return Files.readAttributes(
            pathOf(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      } catch (NoSuchFileException e) {
        return null;
      } catch (AccessDeniedException e) {
        waitForPermission();
        throw new AccessDeniedException(path.toString());
      } catch (FileSystemException e) {
        throw new FileSystemException(path.toString(), null, e.getReason());
      }
    }

    private Path pathOf(EntryName name) {
      return name.resolveAgainst(Path.of("/proc/self/fd/" + directory));
    }

    private void check(int result) throws IOException {
      if (Errno.EACCES.is(result)) {
        waitForPermission();
        throw new AccessDeniedException(path.toString());
      } else if (result < 0) {
        throw refused(result);
      }
    }

    /** The exception for a call that failed on the way. */
    private FileSystemException refused(int errno) {
      return Errno.ENOENT.is(errno)
          ? new FileSystemException(path.toString(), null, Errno.describe(errno))
          : Refusals.exception(path, errno);
    }

    /** Where a directory may not be searched or watched, its own directory says when it may. */
    private void waitForPermission() {
      if (isWatching && parent >= 0) {
        int wd = names.add(parent, entered, events, file);
        if (wd > 0) {
          places.add(new PathStep(wd, entered, PathStep.Role.MISSING));
        }
      }
    }

    void close(int fd) {
      if (fd >= 0) {
        hub.libC().close(fd);
      }
    }
  }
}
