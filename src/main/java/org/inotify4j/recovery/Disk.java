package org.inotify4j.recovery;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.Supplier;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.FileIdentity;
import org.inotify4j.disk.FileStatus;
import org.inotify4j.disk.OpenFiles;
import org.inotify4j.entries.Differences;
import org.inotify4j.entries.EntryColumns;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.entries.KnownLooks;
import org.inotify4j.entries.Reach;
import org.inotify4j.entries.Scan;
import org.inotify4j.entries.SnapshotDoor;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The disk as one audience hears of it: a tree, the entries of one directory, or one name, of which
 * the paths of events are empty.
 */
public final class Disk {

  private static final byte[] SELF = {};

  private final LibC libC;

  /** The directory's, with a NUL at its end. */
  private final byte[] path;

  private final Reach reach;
  private final boolean followsName;
  private final byte @Nullable [] name;
  private final KnownLooks looks;
  private final DirectoryReader directories;
  private final OpenFiles files;

  /** Says which directory it is; null as long as it is not at its path. */
  private Supplier<@Nullable FileIdentity> watched;

  /** Which one it is, when that is known: the path may lead to another one later. */
  private @Nullable FileIdentity root;

  private Disk(LibC libC, byte[] path, Reach reach, boolean followsName, byte @Nullable [] name) {
    this.libC = libC;
    this.path = path;
    this.reach = reach;
    this.followsName = followsName;
    this.name = name;
    this.looks = new KnownLooks(libC, path, reach.followsLink(), followsName);
    this.directories = new DirectoryReader(libC, path, reach.followsLink());
    this.files = new OpenFiles(libC, followsName);
    this.watched = this::atItsPath;
  }

  private @Nullable FileIdentity atItsPath() {
    int fd = directories.openRoot();
    if (fd < 0) {
      return null;
    }
    try {
      FileStatus status = directories.status(fd, SELF);
      return status.result() < 0 ? null : status.identity();
    } finally {
      directories.close(fd);
    }
  }

  /**
   * A directory.
   *
   * @param follows whether a link at the end of its path is followed
   * @param filter what of it is left out
   * @param isFlat whether only its own entries count
   */
  public static Disk ofTree(
      LibC libC, Path directory, boolean follows, EntryFilter filter, boolean isFlat) {
    Reach reach = new Reach(follows, filter, false, isFlat);
    return new Disk(libC, PathBytes.of(directory), reach, false, null);
  }

  /**
   * One name.
   *
   * @param follows whether a link at its place is followed
   */
  public static Disk ofName(LibC libC, Path path, boolean follows) {
    byte[] bytes = PathBytes.of(path.toAbsolutePath());
    int start = bytes.length - 1;
    while (bytes[start - 1] != '/') {
      start--;
    }
    byte[] directory = Arrays.copyOf(bytes, start + 1);
    directory[start] = 0;
    byte[] name = Arrays.copyOfRange(bytes, start, bytes.length - 1);
    Reach reach = new Reach(true, EntryFilter.NOTHING, false, true);
    return new Disk(libC, directory, reach, follows, name);
  }

  /** Has who watches the directory say which one that is; else it is the first at the path. */
  void isOf(Supplier<@Nullable FileIdentity> watching) {
    watched = watching;
  }

  boolean isOneName() {
    return name != null;
  }

  /** What is known of the path of an event. */
  byte[] entry(byte[] context) {
    return name == null ? context : name;
  }

  /** The path of an event of what is known. */
  byte[] context(byte[] entry) {
    return name == null ? entry : SELF;
  }

  /**
   * Looks what is there.
   *
   * @throws IOException if that cannot be read
   */
  Scan scan() throws IOException {
    return name != null ? Scan.ofName(libC, path, name, followsName) : scan(reach);
  }

  /**
   * Looks what there is in some places of a tree.
   *
   * @param expected those of them that have to be there
   * @return null if one of these is not
   * @throws IOException if that cannot be read
   */
  @Nullable Scan scan(Set<String> places, Collection<String> expected) throws IOException {
    Scan scan = scan(places);
    return scan.hasDirectories(expected) ? scan : null;
  }

  /**
   * The same, whether one of them is there or not.
   *
   * @throws IOException if that cannot be read
   */
  Scan scan(Set<String> places) throws IOException {
    return scan(reachOf(places));
  }

  /**
   * Sees which directory it is: no other one is looked at from here on.
   *
   * @throws IOException if it is not at its path, or cannot be read
   */
  void findRoot() throws IOException {
    Scan unused = scan(Set.of());
  }

  /** Whether it is known which directory it is: found out, as soon as that is at its path. */
  private boolean isRootKnown() {
    FileIdentity found = root;
    if (found == null && name == null) {
      found = watched.get();
      root = found;
      if (found != null) {
        looks.onlyIn(found);
      }
    }
    return found != null || name != null;
  }

  /** What is known of some places of a tree. */
  KnownEntries selected(KnownEntries known, Set<String> places) {
    return known.selected(reachOf(places).filter(), reach.isFlat());
  }

  /** What differs from what is known, in some places of a tree. */
  Differences differences(KnownEntries known, Scan scan, Set<String> places) {
    return known.differencesTo(scan, reachOf(places).filter());
  }

  private Scan scan(Reach of) throws IOException {
    boolean unused = isRootKnown();
    // Of another directory nothing is read, however much is in it.
    FileIdentity there = atItsPath();
    if (there != null) {
      checkRoot(there.inode(), there.device());
    }
    // Where it cannot be seen which one is there, whoever reads it says why.
    Scan scan = Scan.of(libC, path, of, 1);
    // Another one may have come in between.
    checkRoot(scan.rootInode(), scan.rootDevice());
    return scan;
  }

  private void checkRoot(long inode, long device) throws IOException {
    FileIdentity expected = root;
    if (expected == null || inode != expected.inode() || device != expected.device()) {
      throw new NoSuchFileException(
          PathBytes.decode(path), null, "another directory is there than the one that is watched");
    }
  }

  private Reach reachOf(Set<String> places) {
    EntryFilter less = Places.of(places, reach.filter());
    return new Reach(reach.followsLink(), less, false, reach.isFlat());
  }

  /** Whether both have looked at the same directory. */
  boolean hasRootOf(Disk other) {
    return root != null && root.equals(other.root);
  }

  /** Whether others look at the same entries. */
  boolean hasReachOf(Disk other) {
    return reach.equals(other.reach);
  }

  /** What somebody knows, as far as it counts here. */
  public KnownEntries selected(KnownEntries known) {
    return known.selected(reach.filter(), reach.isFlat());
  }

  /** Looks at some of what may be other than it was seen; whether there is more behind that. */
  boolean look(KnownEntries known, int most) {
    return isRootKnown() && looks.look(known, most);
  }

  /** What an entry is by now; null if that cannot be told. */
  @Nullable EntryColumns see(byte[] entry) {
    return isRootKnown() ? looks.see(entry) : null;
  }

  /** Whether what is at the place of an entry is what a look has seen there. */
  boolean isSame(KnownEntries known, byte[] entry) {
    return isRootKnown() && looks.isSame(known, entry);
  }

  /** Whether what is known of an entry is of what is at a place by now. */
  boolean isAt(KnownEntries known, byte[] entry, byte[] place) {
    return isRootKnown() && looks.isAt(known, entry, place);
  }

  /** Whether somebody is known to have a file open for writing. */
  boolean isBeingWritten(byte[] entry) {
    int fd = isRootKnown() ? looks.openRoot() : -1;
    if (fd < 0) {
      return false;
    }
    try {
      return files.isPlain(fd, entry) && files.isBeingWritten(fd, entry);
    } finally {
      directories.close(fd);
    }
  }

  /** What a snapshot says that was there; null where there is none. */
  public @Nullable KnownEntries known(@Nullable TreeSnapshot since) {
    if (since == null) {
      return null;
    }
    EntryColumns rows = SnapshotDoor.access().entries(since);
    return KnownEntries.of(rows, reach.filter(), reach.isFlat());
  }
}
