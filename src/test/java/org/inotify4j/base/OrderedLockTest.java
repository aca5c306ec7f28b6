package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Locks are taken in the order of their ranks, or not at all. */
@SuppressWarnings("LockNotBeforeTry") // Each test has locks of its own.
final class OrderedLockTest {

  private final OrderedLock hub = new OrderedLock(Rank.HUB);
  private final OrderedLock queue = new OrderedLock(Rank.SIGNAL_QUEUE);

  @Test
  void laterRanksMayBeTaken_andTheSameLockAgain() {
    hub.lock();
    queue.lock();
    hub.lock();
    hub.unlock();
    assertThat(hub.isHeldByCurrentThread()).isTrue();
    hub.unlock();
    queue.unlock();
    assertThat(hub.isLocked()).isFalse();
    assertThat(queue.isLocked()).isFalse();
  }

  @Test
  void earlierRanksMustNotBeTaken() throws Exception {
    queue.lock();
    String what = "OrderedLock[HUB] must not be taken while holding OrderedLock[SIGNAL_QUEUE]";
    assertThatThrownBy(hub::lock).isInstanceOf(AssertionError.class).hasMessage(what);
    assertThatThrownBy(hub::lockInterruptibly).isInstanceOf(AssertionError.class).hasMessage(what);
    assertThatThrownBy(() -> hub.tryLock(1, TimeUnit.SECONDS))
        .isInstanceOf(AssertionError.class)
        .hasMessage(what);
    assertThat(hub.isLocked()).isFalse();
    queue.unlock();
    hub.lock();
    hub.unlock();
  }

  @Test
  void noTwoOfOneRank() {
    queue.lock();
    assertThatThrownBy(() -> new OrderedLock(Rank.SIGNAL_QUEUE).lock())
        .isInstanceOf(AssertionError.class);
    queue.unlock();
  }

  @Test
  void tryingWithoutWaitingMayBeDoneInAnyOrder() {
    queue.lock();
    assertThat(hub.tryLock()).isTrue();
    hub.unlock();
    queue.unlock();
  }

  @Test
  void whoHoldsALockThatOthersNeedForMoments_mustNotBlock() {
    OrderedLock.mayBlock();
    OrderedLock registering = new OrderedLock(Rank.REGISTERING);
    registering.lock();
    OrderedLock.mayBlock();
    hub.lock();
    assertThatThrownBy(OrderedLock::mayBlock)
        .isInstanceOf(AssertionError.class)
        .hasMessage("may block while holding OrderedLock[HUB]");
    hub.unlock();
    registering.unlock();
    OrderedLock.mayBlock();
  }

  @Test
  void heldIsWhatTheThreadHasItself() {
    assertThatThrownBy(hub::assertHeld).isInstanceOf(AssertionError.class);
    hub.lock();
    hub.assertHeld();
    hub.unlock();
  }
}
