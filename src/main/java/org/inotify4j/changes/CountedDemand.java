package org.inotify4j.changes;

/** So many batches are wanted, and no more. */
final class CountedDemand implements Demand {

  private long left;

  /**
   * So many.
   *
   * @param left {@link Long#MAX_VALUE} for all that come
   */
  CountedDemand(long left) {
    this.left = left;
  }

  @Override
  public boolean isAny() {
    return left > 0;
  }

  @Override
  public void add(long more) {
    left = left + more < 0 ? Long.MAX_VALUE : left + more;
  }

  @Override
  public void take() {
    if (left != Long.MAX_VALUE) {
      left--;
    }
  }
}
