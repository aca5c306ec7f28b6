package org.inotify4j.follow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is told, in words. */
final class FakeAudience implements Audience {

  final List<String> told = new CopyOnWriteArrayList<>();
  volatile boolean isOver;
  volatile boolean isOpen = true;

  @Override
  public Interests interests() {
    throw new UnsupportedOperationException("the fake model wants to know nothing");
  }

  @Override
  public void tell(int kinds, Origin origin, int mask, int cookie, byte[] path) {
    told.add("event " + mask);
  }

  @Override
  public void renamed(int mask, int cookie, byte[] from, byte[] to) {
    told.add("rename");
  }

  @Override
  public void unwatched(int mask, int errno, byte[] path) {
    told.add("unwatched");
  }

  @Override
  public void recordsLost() {}

  @Override
  public void overflow() {
    told.add("OVERFLOW");
  }

  @Override
  public void ended() {
    told.add("ended");
  }

  @Override
  public boolean isOver() {
    return isOver;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void failed(Throwable cause) {
    told.add("failed");
  }
}
