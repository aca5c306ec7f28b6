package org.inotify4j.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.INotifyEvent;

/**
 * What happens to watches while threads are on their way from the kernel, which gave them a watch
 * descriptor, to the table, where the poller looks it up.
 *
 * <p>The call that places a watch may take long, on a slow file system, so no lock is held during
 * it. Two things can happen before the descriptor is in the table: records of it come, which are
 * kept here until it is; and it is removed, or dies, or its mask is replaced, since another
 * registration had it too, which is noted here so that the registration starts again. Descriptors
 * are not used twice, so none of this can be about anything else.
 *
 * <p>All of it is forgotten when nobody is on the way. Where somebody is for so long that it comes
 * to a lot, as on a server that does not answer, it is forgotten as well, and who was on the way
 * then starts again.
 *
 * <p>The hub's lock guards it, but for {@link #begin} and {@link #now}.
 */
final class EarlyRecords {

  /** How much is noted at most. */
  static final int MOST = 32_768;

  private final Set<Integer> gone = new HashSet<>();
  private final Map<Integer, Long> narrowed = new HashMap<>();
  private final Map<Integer, List<INotifyEvent>> kept = new HashMap<>();
  private int earlyCount;

  /** How many are on the way. Who begins does so without the lock. */
  private final AtomicInteger underWay = new AtomicInteger();

  /** Counts what is noted with its time. */
  private volatile long now;

  private long overflowed;
  private long forgotten;

  /**
   * Somebody is on the way. Any thread may say so, before it asks the kernel: what comes of its
   * watch comes afterwards.
   *
   * @return what is noted from here on has a later time
   */
  long begin() {
    underWay.incrementAndGet();
    return now;
  }

  /** What is noted from here on has a later time. */
  long now() {
    return now;
  }

  void end() {
    if (underWay.decrementAndGet() == 0) {
      clear();
    }
  }

  private void clear() {
    gone.clear();
    narrowed.clear();
    kept.clear();
    earlyCount = 0;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Under the lock.
  private long tick() {
    return ++now;
  }

  /** How much is noted. */
  int size() {
    return gone.size() + narrowed.size() + earlyCount;
  }

  private void makeRoom() {
    if (size() >= MOST) {
      clear();
      forgotten = tick();
    }
  }

  /** Notes that a watch is gone. */
  void gone(int wd) {
    if (underWay.get() > 0) {
      makeRoom();
      gone.add(wd);
      List<INotifyEvent> dropped = kept.remove(wd);
      earlyCount -= dropped == null ? 0 : dropped.size();
    }
  }

  boolean isGone(int wd) {
    return gone.contains(wd);
  }

  /** Notes that the mask of a watch was replaced. */
  void narrowed(int wd) {
    if (underWay.get() > 0) {
      makeRoom();
      narrowed.put(wd, tick());
    }
  }

  /**
   * Whether a watch that was placed since a time must be placed once more: it is gone, or its mask
   * was replaced, or what happened to it is not known any more.
   */
  boolean isToBePlacedAgain(long time, int wd) {
    return isGone(wd) || narrowed.getOrDefault(wd, 0L) > time || forgotten > time;
  }

  /** Keeps a record of a watch that is not in the table, if it may be yet to come there. */
  void keep(KernelRecord record) {
    if (underWay.get() > 0 && !isGone(record.wd())) {
      makeRoom();
      kept.computeIfAbsent(record.wd(), wd -> new ArrayList<>(1)).add(record.copy());
      earlyCount++;
    }
  }

  /** Takes the records that were kept. */
  List<INotifyEvent> take(int wd) {
    List<INotifyEvent> records = kept.remove(wd);
    if (records == null) {
      return List.of();
    }
    earlyCount -= records.size();
    return records;
  }

  /** Notes that records were lost. */
  void overflow() {
    overflowed = tick();
  }

  boolean isOverflowedSince(long time) {
    return overflowed > time;
  }
}
