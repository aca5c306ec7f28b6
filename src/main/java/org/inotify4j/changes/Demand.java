package org.inotify4j.changes;

/** How many batches are wanted. The lock of the batches guards it. */
class Demand {

  private long left;

  /**
   * So many.
   *
   * @param left {@link Long#MAX_VALUE} for all that come
   */
  Demand(long left) {
    this.left = left;
  }

  /** Whether one is wanted now. */
  boolean isAny() {
    return left > 0;
  }

  /** More are wanted. */
  void add(long more) {
    left = left + more < 0 ? Long.MAX_VALUE : left + more;
  }

  /** One was handed over. */
  void take() {
    if (left != Long.MAX_VALUE) {
      left--;
    }
  }
}
