package org.inotify4j.watch;

import static org.inotify4j.pending.KindBits.AS_SYNTHETIC;
import static org.inotify4j.pending.KindBits.AS_UNWATCHED;

import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Interests;
import org.inotify4j.follow.Origin;

/** Has a key hear what the follower of one registration tells. */
final class KeyAudience implements Audience {

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
    key.append(origin == Origin.KERNEL ? kinds : kinds | AS_SYNTHETIC, mask, cookie, path);
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    key.appendRename(mask, cookie, from, to);
  }

  @Override
  public void unwatched(int mask, int errno, byte[] path) {
    key.append(AS_UNWATCHED | AS_SYNTHETIC, mask, errno, path);
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
