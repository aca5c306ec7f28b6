package org.inotify4j.changes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The numbers of batches, and who waits for one. The lock of the batches guards it. */
final class BatchCounts {

  private final List<Waiting> waiting = new ArrayList<>();

  /** How many have begun, and returned. */
  private long begun;

  private long returned;

  private long batches;
  private long changes;
  private long failures;

  /** The next one is made, and its call begins. */
  void begun() {
    begun++;
  }

  /** A call has returned. */
  void returned(int size, boolean isFailed) {
    returned = begun;
    if (size > 0) {
      batches++;
      changes += size;
      failures += isFailed ? 1 : 0;
    }
    waiting.removeIf(one -> one.isOver(returned));
  }

  /**
   * Says when the batch that is next has returned, or the one that has begun.
   *
   * @param isNext whether there is a next one to wait for
   */
  void whenReturned(boolean isNext, CountDownLatch done) {
    Waiting one = new Waiting(isNext ? begun + 1 : begun, done);
    if (!one.isOver(returned)) {
      waiting.add(one);
    }
  }

  /** No call will be made any more. */
  void release() {
    waiting.forEach(one -> one.done.countDown());
    waiting.clear();
  }

  WatcherStatistics statistics(int inNext, LookCounts looks, int watches) {
    return new WatcherStatistics(
        batches,
        changes,
        failures,
        inNext,
        looks.losses(),
        looks.rescans(),
        looks.pollRounds(),
        watches);
  }

  private record Waiting(long number, CountDownLatch done) {

    /** Whether it has returned; then it is said. */
    boolean isOver(long returned) {
      if (returned >= number) {
        done.countDown();
      }
      return returned >= number;
    }
  }
}
