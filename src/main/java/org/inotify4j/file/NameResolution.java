package org.inotify4j.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.inotify4j.EntryName;
import org.inotify4j.disk.FileStatus;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Refusals;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path, name by name and through its links, to the file that it leads to, and watches
 * what decides this: the directory of each link, that of the file, and where there is no file the
 * last directory on the way; each directory above, which may get another name; and the file itself.
 *
 * <p>A directory is watched before it is looked what is in it. The way is gone twice, until both
 * times it is the same: so no directory on it was exchanged before its watch was placed.
 *
 * <p>A directory that may be searched and not listed cannot be watched. The way goes on through it,
 * as long as the file at its end can be watched.
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
  private final Dependent file;
  private final Path path;
  private int events;
  private final boolean followsLast;

  /**
   * A lookup.
   *
   * @param events what is to be heard of the file
   * @param followsLast whether a link at the end of the path is followed
   */
  NameResolution(
      Hub hub, NameInterests names, Dependent file, Path path, int events, boolean followsLast) {
    this.hub = hub;
    this.names = names;
    this.file = file;
    this.path = path;
    this.events = events;
    this.followsLast = followsLast;
  }

  /** From here on something else is to be heard of the file. */
  void hear(int other) {
    events = other;
  }

  /** What the path leads to now; what decides it is watched, for the caller to give back. */
  Found find() {
    for (int tries = 1; ; tries++) {
      Found found = go(new Way(true, null));
      if (tries == MOST_TRIES || found.failure() != null || found.isLike(glance())) {
        return found;
      }
      release(found.places());
    }
  }

  /** What the path leads to now, as far as it is watched already: nothing is placed. */
  Found glance() {
    return go(new Way(false, null));
  }

  /**
   * Whether the way leads by a file system of which the kernel does not report all, or to one: what
   * decides where it leads is in that, or the file is. It may take as long as one does not answer.
   */
  Silence silence() {
    Silence silence = new Silence(hub.libC());
    if (go(new Way(false, silence)).failure() != null) {
      silence.miss();
    }
    return silence;
  }

  /** Watches once more what decides where the path leads: no mask is too much then. */
  void watchAnew() {
    release(find().places());
  }

  /** Gives watches back. */
  void release(List<PathStep> places) {
    names.remove(places, file);
  }

  private Found go(Way way) {
    try {
      return way.go();
    } catch (IOException e) {
      return new Found(way.places, null, null, null, false, e);
    } finally {
      way.close(way.directory);
      way.close(way.parent);
    }
  }

  /**
   * What a path leads to.
   *
   * @param places what decides it, and is watched
   * @param there what the file is, or null where there is none
   * @param target the file, as it is watched, or null where there is none
   * @param unseen why not all is seen that happens to it, or null: what another name of the file is
   *     used for, or that another file gets the name
   * @param isBlindAbove whether a directory further up may be renamed without anybody noticing
   * @param failure why it cannot be told, or null
   */
  record Found(
      List<PathStep> places,
      @Nullable FileStatus there,
      @Nullable InodeWatch target,
      @Nullable IOException unseen,
      boolean isBlindAbove,
      @Nullable IOException failure) {

    private boolean isLike(Found other) {
      return other.failure == null
          && places.equals(other.places)
          && (target == null ? other.target == null : target.isLike(other.target));
    }

    /** Whether the same names in the same directories decide it. */
    boolean isSameWay(List<PathStep> others) {
      return names(places).equals(names(others));
    }

    private static List<PathStep> names(List<PathStep> some) {
      return some.stream().filter(place -> place.role() != PathStep.Role.CONTENT).toList();
    }
  }

  /** One time on the way. */
  private final class Way {

    final List<PathStep> places = new ArrayList<>();
    private final boolean isWatching;

    /** Is asked for each file system that decides; null where that does not matter. */
    private final @Nullable Silence silence;

    private final Deque<EntryName> ahead = new ArrayDeque<>();
    private int links;
    private int returns;

    /** The directory that was come to, and the one that it was entered from, or -1. */
    int directory = -1;

    int parent = -1;
    private EntryName entered = EntryName.EMPTY;

    /** Why the last name was not gone into, as {@code -errno}. */
    private int notEntered;

    private @Nullable IOException unseen;
    private boolean isBlindAbove;

    Way(boolean isWatching, @Nullable Silence silence) {
      this.isWatching = isWatching;
      this.silence = silence;
    }

    Found go() throws IOException {
      start(PathBytes.forCalls(path));
      while (true) {
        EntryName name = ahead.removeFirst();
        boolean isLast = ahead.isEmpty();
        if (!isLast && enter(name)) {
          continue;
        }
        if (silence != null) {
          silence.ask(directory);
        }
        int wd = watch(directory, name);
        FileStatus there = look(name);
        if (there != null && there.isLink() && (!isLast || follows())) {
          add(wd, name, PathStep.Role.LINK);
          follow(name);
        } else if (isLast) {
          add(wd, name, PathStep.Role.FILE);
          return new Found(places, there, target(name, there), unseen, isBlindAbove, null);
        } else {
          add(wd, name, PathStep.Role.MISSING);
          if (!isDirectoryByNow(there)) {
            return new Found(places, null, null, null, isBlindAbove, null);
          }
          ahead.addFirst(name);
        }
      }
    }

    /** Whether a directory came meanwhile, where there was none to go into. */
    private boolean isDirectoryByNow(@Nullable FileStatus there) throws IOException {
      if (unseen != null) {
        throw unseen;
      }
      boolean isDirectory = there != null && there.isDirectory();
      if (isDirectory && ++returns > MOST_RETURNS) {
        throw refused(notEntered);
      }
      return isDirectory;
    }

    private boolean follows() {
      return followsLast || links > 0;
    }

    private void add(int wd, EntryName name, PathStep.Role role) {
      if (wd > 0) {
        places.add(new PathStep(wd, name, role));
      }
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
      int above = parent;
      parent = directory;
      entered = name;
      directory = next;
      if (above >= 0) {
        close(above);
        watchAbove();
      }
      return true;
    }

    /** Watches a directory on the way, but for the one that the way starts from. */
    private void watchAbove() throws IOException {
      int wd = isWatching ? names.addDirectory(parent, file) : hub.find(parent);
      if (Errno.EACCES.is(wd)) {
        isBlindAbove = true;
      } else {
        add(checked(wd), EntryName.EMPTY, PathStep.Role.DIRECTORY);
      }
    }

    /** Watches a name, or finds the watch that it has; 0 if its directory may not be listed. */
    private int watch(int at, EntryName name) throws IOException {
      int wd = isWatching ? names.addName(at, name, events, file) : hub.find(at);
      if (Errno.EACCES.is(wd)) {
        unseen = new AccessDeniedException(path.toString());
        waitForPermission();
        return 0;
      }
      return checked(wd);
    }

    private int checked(int wd) throws IOException {
      if (Errno.ENOENT.is(wd) && !isWatching) {
        return 0; // The way is another one.
      }
      if (Errno.ENOENT.is(wd)) {
        throw Refusals.exception(path, wd);
      }
      check(wd);
      return wd;
    }

    /** The file that is there, watched if that can be. */
    private @Nullable InodeWatch target(EntryName name, @Nullable FileStatus there)
        throws IOException {
      if (there == null) {
        return null;
      }
      byte[] bytes = name.toByteArray();
      if (silence != null) {
        silence.ask(directory, bytes);
      }
      int heard = InodeWatch.events(events, there, unseen == null);
      int wd =
          isWatching
              ? names.addContent(directory, bytes, heard, file)
              : hub.findEntry(directory, bytes);
      if (wd > 0) {
        places.add(PathStep.of(wd, PathStep.Role.CONTENT));
      } else if (Errno.ENOENT.is(wd)) {
        // It went meanwhile; or it is none of those that are watched.
        return InodeWatch.unknown();
      } else if (unseen != null || Errno.EBADF.is(wd)) {
        throw refused(wd); // Nothing of it would be heard.
      } else if (!Errno.EACCES.is(wd)) {
        // There is no room for it: its name is watched all the same.
        unseen = refused(wd);
      }
      return new InodeWatch(Math.max(0, wd), heard, there);
    }

    /** What is at a name, or null. */
    private @Nullable FileStatus look(EntryName name) throws IOException {
      FileStatus there = FileStatus.of(hub.libC(), directory, name.toByteArray());
      if (Errno.ENOENT.is(there.result())) {
        return null;
      }
      check(there.result());
      return there;
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
      if (parent >= 0) {
        int wd = isWatching ? names.addName(parent, entered, events, file) : hub.find(parent);
        add(wd, entered, PathStep.Role.MISSING);
      }
    }

    void close(int fd) {
      if (fd >= 0) {
        hub.libC().close(fd);
      }
    }
  }
}
