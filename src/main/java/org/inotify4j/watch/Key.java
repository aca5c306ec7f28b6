package org.inotify4j.watch;

import static org.inotify4j.pending.KindBits.AS_RENAME;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.follow.Follower;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.pending.EntryReader;
import org.inotify4j.pending.PendingLog;
import org.jspecify.annotations.Nullable;

/**
 * A directory that a service watches: what it asked to hear, and what is pending.
 *
 * <p>Its state is guarded by the lock of the service's {@link SignalQueue}. A key is in the queue
 * exactly while its state is QUEUED, so it is never there twice. What is appended is taken out
 * once, whatever consumers, the end of the key and the close of its service do meanwhile.
 *
 * <p>A program may have a million of them: it takes 40 bytes.
 */
final class Key implements WatchKey {

  // Where a key is between the service and the consumer.

  /** Not in the queue: the next event puts it there. */
  private static final byte READY = 0;

  /** In the queue. */
  private static final byte QUEUED = 1;

  /** With a consumer: events gather until it is reset. */
  private static final byte TAKEN = 2;

  /** Whose key it is. */
  interface Owner {

    /** The key has had its one event. The caller has the hub's lock. */
    void finished(Key key);

    /** The program is through with the key. */
    void cancel(Key key);

    /** What events are pending in. */
    PendingLog newLog();
  }

  private final SignalQueue queue;
  private final Path watchable;
  private final int wd;

  @GuardedBy("queue.lock")
  private byte state = READY;

  @GuardedBy("queue.lock")
  private @Nullable PendingLog log;

  /** What the program requested last. */
  @GuardedBy("queue.lock")
  private Registration requested;

  /** What most keys have not. */
  @GuardedBy("queue.lock")
  private @Nullable KeyExtras extras;

  /** Also a valid key is invalid once its service is closed. */
  private volatile boolean valid = true;

  /** A key that hears what it requests. */
  Key(SignalQueue queue, Path watchable, int wd, Registration requested) {
    this.queue = queue;
    this.watchable = watchable;
    this.wd = wd;
    this.requested = requested;
  }

  /** Hears nothing until its request takes effect. */
  void hearNothingYet() {
    queue.lock.lock();
    try {
      extras().heardUntilThen = Registration.NOTHING;
    } finally {
      queue.lock.unlock();
    }
  }

  /** What is appended: what was requested when that of the kernel happened which comes now. */
  @GuardedBy("queue.lock")
  private Registration effective() {
    return extras == null ? requested : extras.effective(requested);
  }

  /** Whether it is of the service that has a queue. */
  boolean isOf(SignalQueue asked) {
    return queue.equals(asked);
  }

  int wd() {
    return wd;
  }

  /** Held by the one thread that has a tree or a file tell this key. */
  OrderedLock registering() {
    queue.lock.lock();
    try {
      return extras().registering();
    } finally {
      queue.lock.unlock();
    }
  }

  @GuardedBy("queue.lock")
  private KeyExtras extras() {
    if (extras == null) {
      extras = new KeyExtras();
    }
    return extras;
  }

  /** What the program requested last. */
  Registration requested() {
    queue.lock.lock();
    try {
      return requested;
    } finally {
      queue.lock.unlock();
    }
  }

  /** Whether this very registration made the key, and none came since. */
  @SuppressWarnings("ReferenceEquality") // An equal one may have made it before.
  boolean wasMadeFor(Registration registration) {
    return requested() == registration;
  }

  /**
   * Notes what the program requests now. What it heard before it hears until {@link #takeEffect}.
   *
   * @return the number of this request
   */
  int request(Registration newer) {
    queue.lock.lock();
    try {
      int request = extras().request(effective());
      requested = newer;
      return request;
    } finally {
      queue.lock.unlock();
    }
  }

  /** Hears what was requested, unless a later request is in effect already. */
  void takeEffect(int request, Registration newer) {
    queue.lock.lock();
    try {
      extras().takeEffect(request, newer);
    } finally {
      queue.lock.unlock();
    }
  }

  /**
   * Takes an event of the kernel; one that may be half of a rename goes by way of the pairs.
   *
   * @return whether somebody is woken for it, now or as soon as it is known what it is
   */
  @GuardedBy("queue.lock")
  boolean deliver(KernelRecord event, RenamePairs pairs) {
    if (effective().isFollowed()) {
      return false; // Its tree has the watch as well.
    }
    if (effective().renames()) {
      pairs.join(this, event);
      return true;
    }
    return appendNow(event);
  }

  /** Appends an event of the kernel as the kinds that it matches. */
  void append(KernelRecord event) {
    queue.lock.lock();
    try {
      boolean unused = appendNow(event);
    } finally {
      queue.lock.unlock();
    }
  }

  /** Whether that queued the key. */
  @GuardedBy("queue.lock")
  private boolean appendNow(KernelRecord event) {
    int as = effective().kinds(event.mask(), event.nameLength() > 0);
    if (as == 0 || !isLive()) {
      return false;
    }
    boolean wasQueued = state != READY;
    PendingLog pending = log();
    int before = pending.size();
    pending.append(as, event.mask(), event.cookie(), event.name(), event.nameLength());
    count(pending, before);
    appended();
    return !wasQueued;
  }

  /** Appends both ends of a move. */
  void appendRename(OpenHalf from, KernelRecord to) {
    queue.lock.lock();
    try {
      if (isLive()) {
        PendingLog pending = log();
        int before = pending.size();
        pending.appendRename(
            AS_RENAME,
            from.mask() | to.mask(),
            to.cookie(),
            from.name().toByteArray(),
            to.name(),
            to.nameLength());
        count(pending, before);
        appended();
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /**
   * Appends an event of the key's follower.
   *
   * @param mayOverflow whether what is pending is dropped where there is no room
   * @return false if there is no room: the follower is woken when there is
   */
  boolean append(int as, int mask, int cookie, byte[] path, boolean mayOverflow) {
    queue.lock.lock();
    try {
      boolean isTaken = isLive() && (mayOverflow || hasRoom(path.length));
      if (isTaken) {
        PendingLog pending = log();
        int before = pending.size();
        pending.append(as, mask, cookie, path, path.length);
        count(pending, before);
        appendedByFollower();
      }
      return isTaken || !isLive();
    } finally {
      queue.lock.unlock();
    }
  }

  /** Appends a move within the key's tree, as {@link #append}. */
  boolean appendRename(int as, int mask, int cookie, byte[] from, byte[] to, boolean mayOverflow) {
    queue.lock.lock();
    try {
      boolean isTaken = isLive() && (mayOverflow || hasRoom(from.length + to.length));
      if (isTaken) {
        PendingLog pending = log();
        int before = pending.size();
        pending.appendRename(as, mask, cookie, from, to, to.length);
        count(pending, before);
        appendedByFollower();
      }
      return isTaken || !isLive();
    } finally {
      queue.lock.unlock();
    }
  }

  /** Whether there is room for an event of a short name; if not, the follower is woken later. */
  boolean hasRoom() {
    queue.lock.lock();
    try {
      return !isLive() || hasRoom(1);
    } finally {
      queue.lock.unlock();
    }
  }

  @GuardedBy("queue.lock")
  private boolean hasRoom(int length) {
    boolean hasRoom = log().makeRoomFor(length);
    if (!hasRoom) {
      extras().waitsForRoom = true;
    }
    return hasRoom;
  }

  /** As {@link #appended}, but the follower itself sees that the key has ended. */
  @GuardedBy("queue.lock")
  private void appendedByFollower() {
    signal();
    if (requested.oneShot()) {
      expire();
    }
  }

  /** Whether a tree tells this key, and not the watch itself. */
  boolean hearsTree() {
    queue.lock.lock();
    try {
      return effective().isFollowed();
    } finally {
      queue.lock.unlock();
    }
  }

  /** The follower that tells this key, or null. */
  @Nullable Follower follower() {
    queue.lock.lock();
    try {
      return extras == null ? null : extras.follower;
    } finally {
      queue.lock.unlock();
    }
  }

  /** Changes the follower that tells this key, and returns the one before. */
  @Nullable Follower changeFollower(@Nullable Follower newer) {
    queue.lock.lock();
    try {
      return extras == null && newer == null ? null : extras().changeFollower(newer);
    } finally {
      queue.lock.unlock();
    }
  }

  /** Drops what is pending for an OVERFLOW. */
  void overflow() {
    queue.lock.lock();
    try {
      if (isLive()) {
        PendingLog pending = log();
        int before = pending.size();
        pending.overflow();
        count(pending, before);
        signal();
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /** Makes the key invalid and queues it, so that the program finds out. */
  void end() {
    queue.lock.lock();
    try {
      if (valid) {
        expire();
        signal();
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /** Makes the key invalid without queueing it: the program knows. */
  void invalidate() {
    queue.lock.lock();
    try {
      expire();
    } finally {
      queue.lock.unlock();
    }
  }

  /** Nothing is appended any more. What is pending is the program's, and no budget's. */
  @GuardedBy("queue.lock")
  private void expire() {
    boolean wasValid = valid;
    valid = false;
    if (log != null) {
      if (wasValid) {
        queue.counters.taken(log);
      }
      log.release();
    }
  }

  /** Says that a consumer took the key from the queue. */
  void taken() {
    queue.lock.lock();
    try {
      state = TAKEN;
    } finally {
      queue.lock.unlock();
    }
  }

  @GuardedBy("queue.lock")
  private void appended() {
    signal();
    if (effective().oneShot()) {
      expire();
      queue.owner().finished(this);
    }
  }

  @GuardedBy("queue.lock")
  private void signal() {
    if (state == READY && !queue.isClosed()) {
      state = QUEUED;
      queue.add(this);
    }
  }

  @GuardedBy("queue.lock")
  private void count(PendingLog pending, int before) {
    if (queue.counters.appended(pending, before)) {
      FlightEvents.keyOverflow(this);
    }
  }

  @GuardedBy("queue.lock")
  private PendingLog log() {
    if (log == null) {
      log = queue.owner().newLog();
    }
    return log;
  }

  /** Takes what is pending, if there is something: it is the caller's to release. */
  @Nullable PendingLog takePending() {
    PendingLog pending;
    Follower waiting;
    queue.lock.lock();
    try {
      pending = log;
      log = null;
      if (pending != null && valid) {
        queue.counters.taken(pending);
      }
      waiting = extras == null ? null : extras.takeWhoWaitsForRoom();
    } finally {
      queue.lock.unlock();
    }
    if (waiting != null) {
      waiting.goOn();
    }
    return pending;
  }

  /** Reads what is pending, and leaves it. */
  void look(EntryReader reader) {
    queue.lock.lock();
    try {
      if (log != null) {
        log.look(reader);
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /** The consumer that took the key from the queue lets go of it. */
  void putBack() {
    queue.lock.lock();
    try {
      if (state == TAKEN && isLive()) {
        state = READY;
        if (log != null && !log.isEmpty()) {
          signal();
        }
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /** Whether it hears. */
  private boolean isLive() {
    return valid && !queue.isClosed();
  }

  @Override
  public boolean isValid() {
    return isLive();
  }

  @Override
  public List<WatchEvent<?>> pollEvents() {
    PendingLog pending = takePending();
    if (pending == null) {
      return new ArrayList<>();
    }
    try {
      List<WatchEvent<?>> events =
          EventReader.events(pending, watchable.getFileSystem().getPath(""));
      queue.counters.delivered.addAndGet(events.size());
      return events;
    } catch (OutOfMemoryError e) {
      // The caller learns of it now, and whoever polls next.
      overflow();
      throw e;
    } finally {
      pending.release();
    }
  }

  @Override
  public boolean reset() {
    putBack();
    return isLive();
  }

  @Override
  public void cancel() {
    queue.owner().cancel(this);
  }

  @Override
  public Path watchable() {
    return watchable;
  }

  @Override
  public String toString() {
    return "WatchKey[" + PathBytes.text(watchable) + (isLive() ? "]" : ", invalid]");
  }
}
