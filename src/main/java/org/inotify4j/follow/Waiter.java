package org.inotify4j.follow;

/** Waits until followers have told everything that came before. */
@FunctionalInterface
public interface Waiter {

  /** Everything has been told, or there is nothing to come any more. */
  void settled();

  /** Whether it waits still: who has given up is dropped, with the next one that waits. */
  default boolean isWaiting() {
    return true;
  }
}
