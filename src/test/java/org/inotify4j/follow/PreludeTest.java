package org.inotify4j.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What no record says is told before the next record is taken. */
@Timeout(60)
final class PreludeTest {

  private final FollowerSet set = new FollowerSet();
  private final Subscription service = new Subscription();
  private final Scripted prelude = new Scripted();
  private Hub hub;
  private Followed followed;

  @BeforeEach
  void open() throws IOException {
    hub = Hub.open();
    assertThat(hub.attach(service)).isTrue();
    followed = new Followed(hub, set, prelude);
  }

  @AfterEach
  void close() {
    set.close();
    hub.detach(service);
  }

  @Test
  void whatFailsInPlace_failsTheRegistration() throws Exception {
    prelude.failure = new IOException("on purpose");
    followed.build();
    assertThatThrownBy(followed::goOn).hasMessage("on purpose");
    assertThat(followed.follower.phase()).isEqualTo(Phase.CLOSED);
    assertThat(prelude.isClosed).isTrue();
  }

  @Test
  void recordsWait_untilAllIsTold_andWhoMadeRoomSaysSo() throws Exception {
    prelude.next = Prelude.Step.WAITS;
    followed.register();
    followed.record(Followed.RECORD);
    Followed.await().until(() -> prelude.steps.get() > 0);
    CountDownLatch settled = new CountDownLatch(1);
    followed.follower.whenSettled(settled::countDown);
    assertThat(settled.await(50, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(followed.model.calls).doesNotContain("took 1");
    prelude.next = Prelude.Step.DONE;
    followed.follower.goOn();
    followed.awaitCall("took 1");
    assertThat(settled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoMadeRoomBeforeItsTurn_wakesNobody() throws Exception {
    followed.build();
    followed.follower.goOn();
    followed.follower.catchUp();
    followed.follower.goOn();
    followed.record(Followed.RECORD);
    assertThat(followed.follower.phase()).isEqualTo(Phase.SUCCEEDING);
    followed.follower.isRegistered();
    followed.awaitCall("took 1");
    assertThat(followed.model.calls).doesNotContain("looked");
  }

  @Test
  void thereIsAnotherRound_whileThereIsMore() throws Exception {
    prelude.next = Prelude.Step.MORE;
    followed.register();
    Followed.await().until(() -> prelude.steps.get() > 3);
    prelude.next = Prelude.Step.DONE;
    followed.record(Followed.RECORD);
    followed.awaitCall("took 1");
  }

  @Test
  void whatIsOwed_isWaitedFor() throws Exception {
    prelude.isOwing = true;
    followed.register();
    followed.record(Followed.RECORD);
    followed.awaitCall("took 1");
    CountDownLatch settled = new CountDownLatch(1);
    followed.follower.whenSettled(settled::countDown);
    assertThat(settled.await(50, TimeUnit.MILLISECONDS)).isFalse();
    prelude.isOwing = false;
    followed.follower.goOn();
    assertThat(settled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoGaveUp_isForgotten_howeverLongSomethingIsOwed() throws Exception {
    prelude.isOwing = true;
    followed.register();
    assertThatWhoGaveUpIsForgotten();
  }

  @Test
  void whoGaveUp_isForgotten_howeverLongNoRecordCanBeTaken() throws Exception {
    prelude.next = Prelude.Step.WAITS;
    followed.register();
    followed.record(Followed.RECORD);
    assertThatWhoGaveUpIsForgotten();
    CountDownLatch settled = new CountDownLatch(1);
    followed.follower.whenSettled(settled::countDown);
    prelude.next = Prelude.Step.DONE;
    followed.follower.goOn();
    assertThat(settled.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(followed.model.calls).contains("took 1");
  }

  private void assertThatWhoGaveUpIsForgotten() {
    WeakReference<Waiter> first = giveUp();
    WeakReference<Waiter> second = giveUp();
    followed.follower.whenSettled(() -> {});
    Followed.await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(first.get()).isNull();
              assertThat(second.get()).isNull();
            });
  }

  private WeakReference<Waiter> giveUp() {
    Waiter waiter =
        new Waiter() {
          @Override
          public void settled() {
            throw new AssertionError("it waits no more");
          }

          @Override
          public boolean isWaiting() {
            return false;
          }
        };
    followed.follower.whenSettled(waiter);
    return new WeakReference<>(waiter);
  }

  @Test
  void itComesBackInTime() throws Exception {
    prelude.wait = TimeUnit.MILLISECONDS.toNanos(1);
    followed.register();
    Followed.await().until(() -> prelude.steps.get() > 3);
  }

  /** Does what a test says. */
  private static final class Scripted implements Prelude {
    final AtomicInteger steps = new AtomicInteger();
    volatile Step next = Step.DONE;
    volatile boolean isOwing;
    volatile boolean isClosed;
    volatile long wait = Long.MAX_VALUE;
    volatile @Nullable IOException failure;

    @Override
    public void inPlace() throws IOException {
      IOException thrown = failure;
      if (thrown != null) {
        throw thrown;
      }
    }

    @Override
    public Step step() {
      steps.incrementAndGet();
      return next;
    }

    @Override
    public void inStep() {}

    @Override
    public boolean owes() {
      return isOwing;
    }

    @Override
    public long untilNext() {
      return wait;
    }

    @Override
    public void closed() {
      isClosed = true;
    }
  }
}
