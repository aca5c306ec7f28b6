package org.inotify4j.tree;

/**
 * Whether a mark is wanted behind the records that are queued, for what is to be done when these
 * have come by. One is under way at a time.
 */
final class MarkWish {

  /** Whether there is a reason since the last mark was placed, and since when. */
  private boolean isWanted;

  private long wantedSince;
  private boolean isUnderWay;
  private long underWaySince;

  /**
   * Has a mark be placed.
   *
   * @param since when the reason came, in {@link System#nanoTime}
   */
  void want(long since) {
    if (!isWanted || since - wantedSince < 0) {
      isWanted = true;
      wantedSince = since;
    }
  }

  /** Whether a mark is to be placed now: then it is under way. */
  boolean take() {
    boolean isToPlace = isWanted && !isUnderWay;
    if (isToPlace) {
      isWanted = false;
      isUnderWay = true;
      underWaySince = wantedSince;
    }
    return isToPlace;
  }

  /** The mark has come by. */
  void reached() {
    isUnderWay = false;
  }

  /** Whether something waits that there was a reason for before a time. */
  boolean isWaitingSince(long time) {
    return (isUnderWay && underWaySince - time <= 0) || (isWanted && wantedSince - time <= 0);
  }
}
