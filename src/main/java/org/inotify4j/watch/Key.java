package org.inotify4j.watch;

import static org.inotify4j.pending.KindBits.AS_FLAG;
import static org.inotify4j.pending.KindBits.AS_RENAME;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.base.FlightEvents;
import org.inotify4j.follow.Follower;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.pending.EntryReader;
import org.inotify4j.pending.PendingLog;
import org.jspecify.annotations.Nullable;

/**
 * A directory, a tree or a single file that a service watches: what the program asked to hear of
 * it, and what is pending.
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

  /** What was requested when that of the kernel happened which comes now. Under the lock. */
  @SuppressWarnings("GuardedBy")
  Registration effective() {
    queue.lock.assertHeld();
    return extras == null ? requested : extras.effective(requested);
  }

  /** Whether it is of the service that has a queue. */
  boolean isOf(SignalQueue asked) {
    return queue.equals(asked);
  }

  int wd() {
    return wd;
  }

  /** What most keys have not, made where it is not there. */
  KeyExtras extras() {
    queue.lock.lock();
    try {
      if (extras == null) {
        extras = new KeyExtras(queue.lock);
      }
      return extras;
    } finally {
      queue.lock.unlock();
    }
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

  /**
   * Notes what the program requests now. What it heard before it hears until that takes effect.
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

  /** Appends a record as what it matches; whether that queued the key. Under the lock. */
  @SuppressWarnings("GuardedBy")
  boolean append(KernelRecord record) {
    queue.lock.assertHeld();
    Registration heard = effective();
    int as = heard.kinds(record.mask(), record.nameLength() > 0);
    if (as == 0 || !isLive()) {
      return false;
    }
    if ((as & AS_FLAG) == 0 || FlagParts.isOne(record.mask())) {
      log().append(as, record.mask(), record.cookie(), record.name(), record.nameLength());
    } else {
      FlagParts.append(log(), as, heard.flags(), record);
    }
    return appended();
  }

  /** Appends both ends of a move. Under the lock. */
  @SuppressWarnings("GuardedBy")
  void appendRename(OpenHalf from, KernelRecord to) {
    queue.lock.assertHeld();
    if (isLive()) {
      int mask = from.mask() | to.mask();
      byte[] name = from.name().toByteArray();
      log().appendRename(AS_RENAME, mask, to.cookie(), name, to.name(), to.nameLength());
      boolean unused = appended();
    }
  }

  /** Something is pending for what the kernel reported: whether that queued the key. */
  @GuardedBy("queue.lock")
  private boolean appended() {
    boolean isQueued = signal();
    if (effective().oneShot()) {
      invalidate();
      queue.owner().finished(this);
    }
    return isQueued;
  }

  /**
   * Appends an event of the key's follower.
   *
   * @param to the new name of a rename, else null
   * @param room whether it may wait for that
   * @return false if there is no room: the follower is woken when there is
   */
  boolean append(int as, int mask, int cookie, byte[] path, byte @Nullable [] to, Room room) {
    queue.lock.lock();
    try {
      if (!isLive()) {
        return true;
      } else if (room.mustBeIn(log()) && !hasRoom(path.length + (to == null ? 0 : to.length))) {
        return false;
      } else if (to == null) {
        log().append(as, mask, cookie, path, path.length);
      } else {
        log().appendRename(as, mask, cookie, path, to, to.length);
      }
      boolean unused = signal();
      if (requested.oneShot()) {
        invalidate(); // The follower itself sees that the key has ended.
      }
      return true;
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

  /** The follower that tells this key, or null. */
  @Nullable Follower follower() {
    queue.lock.lock();
    try {
      return extras == null ? null : extras.follower;
    } finally {
      queue.lock.unlock();
    }
  }

  /** Drops what is pending for an OVERFLOW. */
  void overflow() {
    queue.lock.lock();
    try {
      if (isLive()) {
        log().overflow();
        boolean unused = signal();
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
        invalidate();
        boolean unused = signal();
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /**
   * Makes the key invalid without queueing it: nothing is appended any more. What is pending is the
   * program's, and no budget's.
   */
  void invalidate() {
    queue.lock.lock();
    try {
      boolean wasValid = valid;
      valid = false;
      if (log != null) {
        if (wasValid) {
          queue.counters.taken(log);
        }
        log.release();
      }
    } finally {
      queue.lock.unlock();
    }
  }

  /** Says that a consumer took the key from the queue. Under the lock. */
  @SuppressWarnings("GuardedBy")
  void taken() {
    queue.lock.assertHeld();
    state = TAKEN;
  }

  /** Counts what is pending by now, and has the program find it: whether that queued the key. */
  @GuardedBy("queue.lock")
  private boolean signal() {
    if (log != null && valid && queue.counters.changed(log)) {
      FlightEvents.keyOverflow(this);
    }
    boolean isQueued = state == READY && !queue.isClosed();
    if (isQueued) {
      state = QUEUED;
      queue.add(this);
    }
    return isQueued;
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
          boolean unused = signal();
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
