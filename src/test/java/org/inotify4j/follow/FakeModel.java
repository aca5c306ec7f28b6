package org.inotify4j.follow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.inotify4j.hub.KernelRecord;
import org.jspecify.annotations.Nullable;

/** Notes what it is to do, and tells each record; some records do what a test asks for. */
final class FakeModel implements Model {

  /** The record that is the end. */
  static final int END = 1001;

  /** The record that cannot be taken. */
  static final int FAULT = 1002;

  /** The record that is not done with until {@link #release}. */
  static final int HELD = 1003;

  final List<String> calls = new CopyOnWriteArrayList<>();
  final CountDownLatch isHeld = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final Audience audience;

  volatile boolean isElsewhere;
  volatile boolean isOver;
  volatile @Nullable Error fault;

  /** How often the fault is met from here on. */
  volatile int faults = Integer.MAX_VALUE;

  private volatile int looks;
  private volatile boolean isClosed;
  private boolean isQuiet = true;

  FakeModel(Audience audience) {
    this.audience = audience;
  }

  void release() {
    released.countDown();
  }

  @Override
  public boolean build() {
    calls.add("built");
    fault();
    return !isElsewhere;
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time looks.
  public void look() {
    looks++;
    calls.add("looked");
    fault();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread at a time looks.
  private void fault() {
    Error thrown = fault;
    if (thrown != null && faults > 0) {
      faults--;
      throw thrown;
    }
  }

  @Override
  public void take(KernelRecord record) {
    calls.add("took " + record.wd());
    if (record.wd() == FAULT) {
      throw new InternalError("on purpose");
    } else if (record.wd() == HELD) {
      awaitRelease();
    }
    if (!isQuiet) {
      audience.tell(1, Origin.KERNEL, record.wd(), 0, new byte[0]);
    }
  }

  private void awaitRelease() {
    isHeld.countDown();
    try {
      if (!released.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("not released");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public boolean isEnd(KernelRecord record) {
    return record.wd() == END;
  }

  @Override
  public boolean isOver() {
    return isOver;
  }

  @Override
  public int looks() {
    return looks;
  }

  @Override
  public void endRound() {}

  @Override
  public void settle() {
    calls.add("settled");
  }

  @Override
  public boolean holdsSince(long time) {
    return false;
  }

  @Override
  public long untilNext() {
    return Long.MAX_VALUE;
  }

  @Override
  public void quiet(boolean quiet) {
    isQuiet = quiet;
  }

  @Override
  public void abandon() {}

  @Override
  public void close() {
    if (!isClosed) {
      isClosed = true;
      calls.add("closed");
    }
  }

  @Override
  public int watchCount() {
    return 0;
  }
}
