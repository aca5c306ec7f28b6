package org.inotify4j.recovery;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.inotify4j.Flag;
import org.inotify4j.entries.Differences;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;

/**
 * Tells differences as the events that were lost: as those of them that the audience wants.
 *
 * <p>What takes several events is told event by event, as there is room for each. What is told is
 * known from then on: so who asks meanwhile gets the state as told.
 */
final class Wording implements Telling {

  private static final int[] CREATED = {Flag.CREATE.bit(), Flag.MOVED_TO.bit()};
  private static final int[] DELETED = {Flag.DELETE.bit(), Flag.MOVED_FROM.bit()};
  private static final int[] WRITTEN = {Flag.MODIFY.bit(), Flag.ATTRIB.bit()};
  private static final int[] CHANGED = {Flag.ATTRIB.bit(), Flag.MODIFY.bit()};

  private final Differences differences;
  private final KnownEntries known;
  private final Disk disk;
  private final Listener listener;
  private final Interests wanted;
  private final Origin origin;
  private final boolean wantsFinished;

  /** What is yet to be told of the difference at hand: each is false where there is no room. */
  private final Deque<BooleanSupplier> events = new ArrayDeque<>();

  /** Gets the directories that came, which no record told of. */
  private final List<byte[]> directories;

  private boolean isDone;

  Wording(
      Differences differences,
      KnownEntries known,
      Disk disk,
      Listener listener,
      Origin origin,
      List<byte[]> directories) {
    this.differences = differences;
    this.known = known;
    this.disk = disk;
    this.listener = listener;
    this.wanted = listener.interests();
    this.origin = origin;
    this.directories = directories;
    this.wantsFinished = wanted.kinds(Flag.CLOSE_WRITE.bit(), true) != 0;
  }

  @Override
  public boolean next() {
    while (events.isEmpty()) {
      if (!differences.next()) {
        isDone = true;
        return true;
      }
      word();
    }
    boolean isTold = events.getFirst().getAsBoolean();
    if (isTold) {
      events.removeFirst();
    }
    return isTold;
  }

  @Override
  public boolean isDone() {
    return isDone;
  }

  private void word() {
    byte[] path = differences.path();
    boolean isDirectory = differences.isDirectory();
    switch (differences.type()) {
      case CREATED -> created(path, isDirectory);
      case DELETED -> deleted(path, isDirectory);
      case REPLACED -> replaced(path, isDirectory);
      case MODIFIED -> modified(path, isDirectory, differences.isAttributesOnly());
      case MOVED -> moved(differences.from(), path, isDirectory);
    }
  }

  private void created(byte[] path, boolean isDirectory) {
    comes(path, isDirectory);
    if (!isDirectory) {
      finished(path);
    } else if (origin == Origin.POLL) {
      directories.add(path);
    }
  }

  private void comes(byte[] path, boolean isDirectory) {
    events.add(
        () -> {
          boolean isTold = say(CREATED, isDirectory, path);
          if (isTold) {
            known.add(path, isDirectory);
          }
          return isTold;
        });
  }

  private void finished(byte[] path) {
    if (wantsFinished) {
      events.add(() -> disk.isBeingWritten(path) || say(Flag.CLOSE_WRITE.bit(), path));
    }
  }

  private void deleted(byte[] path, boolean isDirectory) {
    events.add(
        () -> {
          boolean isTold = say(DELETED, isDirectory, path);
          if (isTold) {
            known.remove(path);
          }
          return isTold;
        });
  }

  private void replaced(byte[] path, boolean isDirectory) {
    if (disk.isOneName()) {
      int mask = Flag.MOVED_TO.bit() | (isDirectory ? Flag.ISDIR.bit() : 0);
      int kinds = wanted.kindsOfReplacement(mask);
      events.add(() -> offer(kinds, mask | Listener.REPLACES, path));
      if (!isDirectory) {
        finished(path);
      }
    } else {
      deleted(path, known.isDirectory(path));
      created(path, isDirectory);
    }
  }

  private void modified(byte[] path, boolean isDirectory, boolean isAttributesOnly) {
    events.add(
        () -> {
          boolean isTold = say(isAttributesOnly ? CHANGED : WRITTEN, isDirectory, path);
          if (isTold) {
            known.touch(path);
          }
          return isTold;
        });
    if (!isDirectory && !isAttributesOnly) {
      finished(path);
    }
  }

  private void moved(byte[] from, byte[] path, boolean isDirectory) {
    int directory = isDirectory ? Flag.ISDIR.bit() : 0;
    if (isDirectory && origin == Origin.POLL) {
      directories.add(path);
    }
    if (wanted.renames()) {
      int mask = Flag.MOVED_FROM.bit() | Flag.MOVED_TO.bit() | directory;
      events.add(
          () -> {
            boolean isTold = listener.offerRename(origin, mask, 0, from, path);
            if (isTold) {
              known.move(from, path);
            }
            return isTold;
          });
      return;
    }
    // Who does not know of renames has to hear anew of what a directory brings with it.
    deleted(from, isDirectory);
    comes(path, isDirectory);
    known.forEachBelow(
        from, (below, isDirectoryToo) -> comes(instead(from, path, below), isDirectoryToo));
  }

  /** The path of what was below a directory that is elsewhere by now. */
  private static byte[] instead(byte[] from, byte[] to, byte[] below) {
    int rest = below.length - from.length;
    byte[] path = Arrays.copyOf(to, to.length + rest);
    System.arraycopy(below, from.length, path, to.length, rest);
    return path;
  }

  /** Tells the first of some events that is wanted. */
  private boolean say(int[] masks, boolean isDirectory, byte[] path) {
    for (int event : masks) {
      int mask = isDirectory ? event | Flag.ISDIR.bit() : event;
      if (wanted.kinds(mask, true) != 0) {
        return say(mask, path);
      }
    }
    return true;
  }

  private boolean say(int mask, byte[] path) {
    return offer(wanted.kinds(mask, true), mask, path);
  }

  private boolean offer(int kinds, int mask, byte[] path) {
    return kinds == 0 || listener.offer(kinds, origin, mask, 0, disk.context(path));
  }
}
