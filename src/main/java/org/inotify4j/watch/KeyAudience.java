package org.inotify4j.watch;

import static org.inotify4j.pending.KindBits.AS_EXISTS;
import static org.inotify4j.pending.KindBits.AS_FLAG;
import static org.inotify4j.pending.KindBits.AS_READY;
import static org.inotify4j.pending.KindBits.AS_RENAME;
import static org.inotify4j.pending.KindBits.AS_SYNTHETIC;
import static org.inotify4j.pending.KindBits.AS_UNWATCHED;

import org.inotify4j.Flag;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;
import org.inotify4j.recovery.Listener;

/** Has a key hear what the follower of one registration tells. */
final class KeyAudience implements Listener {

  private static final byte[] SELF = {};

  private final Key key;
  private final Registration requested;
  private final Registrations registrations;

  KeyAudience(Key key, Registration requested, Registrations registrations) {
    this.key = key;
    this.requested = requested;
    this.registrations = registrations;
  }

  @Override
  public Interests interests() {
    return requested;
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    boolean unused = append(kinds, origin, mask, cookie, path, Room.OR_OVERFLOW);
  }

  private boolean append(int kinds, Origin origin, int mask, int cookie, byte[] path, Room room) {
    int as = as(kinds, origin);
    if ((as & AS_FLAG) == 0 || FlagParts.isOne(mask)) {
      return key.append(as, mask, cookie, path, null, room);
    }
    return FlagParts.each(
        as,
        mask,
        requested.flags(),
        (part, its) -> key.append(part, its, cookie, path, null, room));
  }

  private static int as(int kinds, Origin origin) {
    return origin == Origin.KERNEL ? kinds : kinds | AS_SYNTHETIC;
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    boolean unused = key.append(AS_RENAME, mask, cookie, from, to, Room.OR_OVERFLOW);
  }

  @Override
  public boolean offer(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    return append(kinds, origin, mask, cookie, path, roomFor(origin));
  }

  @Override
  public boolean offerRename(Origin origin, int mask, int cookie, byte[] from, byte[] to) {
    return key.append(as(AS_RENAME, origin), mask, cookie, from, to, roomFor(origin));
  }

  /** What is told first, and to who never hears of a loss, is told in any case. */
  private Room roomFor(Origin origin) {
    boolean isToldInAnyCase = origin == Origin.LISTING || requested.recovering().rescan();
    return isToldInAnyCase ? Room.NEEDED : Room.OR_PENDING_OVERFLOW;
  }

  @Override
  public boolean offerExisting(boolean isDirectory, byte[] path) {
    int mask = isDirectory ? Flag.ISDIR.bit() : 0;
    return key.append(AS_EXISTS | AS_SYNTHETIC, mask, 0, path, null, Room.NEEDED);
  }

  @Override
  public boolean offerReady() {
    return key.append(AS_READY | AS_SYNTHETIC, 0, 0, SELF, null, Room.NEEDED);
  }

  @Override
  public boolean hasRoom() {
    return key.hasRoom();
  }

  @Override
  public void unwatched(int mask, int errno, byte[] path) {
    boolean unused =
        key.append(AS_UNWATCHED | AS_SYNTHETIC, mask, errno, path, null, Room.OR_OVERFLOW);
  }

  @Override
  public void recordsLost() {
    registrations.counters().repairs.incrementAndGet();
  }

  @Override
  public void looked(Origin origin) {
    ServiceCounters counters = registrations.counters();
    switch (origin) {
      case RESCAN -> counters.rescans.incrementAndGet();
      case POLL -> counters.pollRounds.incrementAndGet();
      case KERNEL, LISTING -> {}
    }
  }

  @Override
  public void overflow() {
    key.overflow();
  }

  @Override
  public void ended() {
    key.end();
    registrations.ended(key);
  }

  @Override
  public boolean isOver() {
    return !key.isValid();
  }

  @Override
  public boolean isOpen() {
    return registrations.isOpen();
  }

  @Override
  public void failed(Throwable cause) {
    registrations.fail(cause);
  }

  @Override
  public String toString() {
    return key.toString();
  }
}
