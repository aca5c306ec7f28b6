package org.inotify4j.changes;

/**
 * When what has gathered is handed over: when nothing came for a while, or when it has waited for
 * so long. The lock of the batches guards it.
 */
final class Settling {

  private final long quiet;
  private final long longest;

  /** Whether anything has gathered. */
  private boolean isAny;

  /** When the first and the last of it came, in {@link System#nanoTime}. */
  private long first;

  private long last;

  /** Whether somebody waits for it. */
  private boolean isHurried;

  /** When it may be tried again, if the last time has failed. */
  private long barred;

  private boolean isBarred;

  /**
   * Nothing so far.
   *
   * @param quiet how long nothing is to have come, in nanoseconds
   * @param longest how long it waits at most, in nanoseconds
   */
  Settling(long quiet, long longest) {
    this.quiet = quiet;
    this.longest = longest;
  }

  /** Something came. */
  void came() {
    last = System.nanoTime();
    if (!isAny) {
      isAny = true;
      first = last;
    }
  }

  /** It is handed over at once. */
  void hurry() {
    isHurried = true;
  }

  /** Whether somebody waits for what has gathered. */
  boolean isHurried() {
    return isHurried;
  }

  /** It could not be handed over. */
  void bar(long nanos) {
    isBarred = true;
    barred = System.nanoTime() + nanos;
  }

  /** It was handed over. */
  void taken() {
    isAny = false;
    isHurried = false;
    isBarred = false;
  }

  boolean isAny() {
    return isAny;
  }

  /** How long until it is handed over, in nanoseconds; not positive if that is now. */
  long untilDue() {
    long now = System.nanoTime();
    if (isBarred) {
      return barred - now;
    } else if (isHurried) {
      return 0;
    }
    return Math.min(last + quiet - now, first + longest - now);
  }
}
