package org.inotify4j.watch;

import static org.inotify4j.pending.KindBits.AS_EXISTS;
import static org.inotify4j.pending.KindBits.AS_READY;
import static org.inotify4j.pending.KindBits.AS_RENAME;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.entries.EntryColumns;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.entries.SnapshotDoor;
import org.inotify4j.follow.Follower;
import org.inotify4j.pending.EntryReader;
import org.inotify4j.recovery.Listener;
import org.inotify4j.recovery.Recovery;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What a program knows that has polled the events of its key, and not those that are pending: takes
 * these back, the last one first, from what it was told.
 *
 * <p>An entry whose end is pending is there again, and none that the disk could have; one whose
 * modification is pending is not as it was seen. So a program that begins anew from here is told of
 * each once more.
 */
final class HandedOut implements EntryReader {

  private static final int CAME = Mask.of(Flag.CREATE, Flag.MOVED_TO);
  private static final int WENT = Mask.of(Flag.DELETE, Flag.MOVED_FROM);
  private static final int CHANGED = Mask.of(Flag.MODIFY, Flag.ATTRIB, Flag.CLOSE_WRITE);

  private final List<Pending> pending = new ArrayList<>();

  private HandedOut() {}

  /** What was told, but for what is pending at a key. In the thread that tells the key. */
  static KnownEntries of(Key key, KnownEntries told) {
    KnownEntries known = told.copy();
    HandedOut reader = new HandedOut();
    key.look(reader);
    for (int i = reader.pending.size() - 1; i >= 0; i--) {
      reader.pending.get(i).takeBack(known);
    }
    return known;
  }

  /**
   * What the program knows that has polled a key; null where what told it has ended meanwhile, with
   * the key or for another one.
   *
   * @param before what was requested before it was asked who tells
   */
  @SuppressWarnings("ReferenceEquality") // An equal one may have come behind another one.
  static @Nullable TreeSnapshot snapshot(Key key, Registration before, Recovery recovery)
      throws InterruptedException {
    BlockingQueue<Optional<EntryColumns>> answers = new ArrayBlockingQueue<>(1);
    boolean isOfAnother =
        recovery.ask(
            told -> answers.add(Optional.ofNullable(told).map(known -> of(key, known).columns())));
    Follower follower = key.follower();
    if (follower != null) {
      follower.goOn();
    }
    EntryColumns known = answers.take().orElse(null);
    Registration requested = key.requested();
    if (known != null && (isOfAnother || requested != before)) {
      known = selected(key, requested, known);
    }
    TreeFilter filter = requested.exclusion().treeFilter();
    return known == null
        ? null
        : (TreeSnapshot) SnapshotDoor.access().snapshot(key.watchable(), filter, known);
  }

  /** What counts of it by a registration that came since. */
  private static EntryColumns selected(Key key, Registration requested, EntryColumns known) {
    EntryFilter filter = requested.exclusion().filter(key.watchable());
    return KnownEntries.of(known, filter, !requested.recursive()).columns();
  }

  @Override
  public void entry(
      int as, int mask, int cookie, int count, byte[] names, int start, int first, int second) {
    int middle = start + first;
    byte[] from = Arrays.copyOfRange(names, start, middle);
    byte[] to = Arrays.copyOfRange(names, middle, middle + second);
    pending.add(new Pending(as, mask, from, to));
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Pending(int as, int mask, byte[] path, byte[] to) {

    void takeBack(KnownEntries known) {
      if ((as & AS_RENAME) != 0) {
        if (!known.move(to, path)) {
          // Where it was is gone with the directory above, and that will be told.
          known.remove(to);
        }
        restoreReplaced(known, to);
      } else if ((as & AS_READY) == AS_EXISTS || (mask & CAME) != 0) {
        known.remove(path);
        restoreReplaced(known, path);
      } else if ((mask & WENT) != 0) {
        known.restore(path, Flag.ISDIR.isIn(mask));
      } else if ((mask & CHANGED) != 0) {
        known.touch(path);
      }
    }

    private void restoreReplaced(KnownEntries known, byte[] place) {
      if ((mask & Listener.REPLACES) != 0) {
        known.restore(place, Flag.ISDIR.isIn(mask));
      }
    }
  }
}
