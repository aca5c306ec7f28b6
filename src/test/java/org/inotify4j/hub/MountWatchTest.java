package org.inotify4j.hub;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.work.Workers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told of mounts where it cannot be heard at first of any. */
@Timeout(60)
final class MountWatchTest {

  private static final String WORKER = "inotify4j-worker-";

  private final LibC real = SystemLibC.get();
  private final OrderedLock lock = new OrderedLock(Rank.HUB);
  private final Workers workers = new Workers();
  private final MountWatch mounts = new MountWatch(lock, Intercepted.by(this::call), workers);
  private final NotingSubscriber one = new NotingSubscriber(0);
  private final NotingSubscriber two = new NotingSubscriber(0);

  /** When a worker tried, in {@link System#nanoTime}. */
  private final List<Long> tries = new CopyOnWriteArrayList<>();

  private volatile String refused = "none";

  @AfterEach
  void close() {
    workers.close();
    lock.lock();
    try {
      mounts.close();
    } finally {
      lock.unlock();
    }
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    boolean isRefused = method.getName().equals(refused);
    if (isRefused && Thread.currentThread().getName().startsWith(WORKER)) {
      tries.add(System.nanoTime());
    }
    return isRefused ? -Errno.EMFILE.number() : Intercepted.pass(real, method, arguments);
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "pipe2"})
  void whatCannotBeHad_isTriedAgain_andAllThatIsMountedByThenIsTold(String call) {
    refused = call;
    assertThat(mounts.hear(one.subscription)).isZero();
    assertThat(mounts.hear(two.subscription)).isZero();
    refused = "none";
    await().until(() -> !two.told.isEmpty());
    assertThat(one.told.get(0)).matches("mounts .*/proc .* or others");
    assertThat(two.told).contains(one.told.get(0));
    assertThat(mounts.listen()).isEqualTo(1);
  }

  @Test
  void whereAnotherOneAsksBefore_itIsToldThen_andOnce() {
    refused = "open";
    assertThat(mounts.hear(one.subscription)).isZero();
    refused = "none";
    assertThat(mounts.listen()).isZero();
    assertThat(one.told).hasSize(1);
    assertThat(mounts.hear(two.subscription)).isEqualTo(1);
    assertThat(one.told).hasSize(1);
    assertThat(two.told).isEmpty();
  }

  @Test
  void whereItCanBeHeard_nobodyIsToldOfWhatIsMountedAlready() {
    assertThat(mounts.hear(one.subscription)).isZero();
    assertThat(mounts.listen()).isZero();
    assertThat(one.told).isEmpty();
  }

  @Test
  void whatSomeThrow_keepsNobodyFromBeingTold_andIsThrownInTheEnd() {
    one.onNotice = MountWatchTest::fail;
    two.onNotice = MountWatchTest::fail;
    NotingSubscriber three = new NotingSubscriber(0);
    for (NotingSubscriber each : List.of(one, two, three)) {
      assertThat(mounts.hear(each.subscription)).isZero();
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> mounts.changed(List.of("/one", "/two"), true))
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
    for (NotingSubscriber each : List.of(one, two, three)) {
      assertThat(each.told).contains("mounts /one /two");
    }
  }

  private static void fail(String notice) {
    throw new IllegalStateException(notice);
  }

  @Test
  void itIsTriedEverMoreRarely_howeverManyAskMeanwhile() {
    refused = "open";
    long start = System.nanoTime();
    await()
        .until(
            () -> {
              assertThat(mounts.hear(one.subscription)).isZero();
              return tries.size() == 2;
            });
    assertThat(tries.get(0) - start).isGreaterThanOrEqualTo(SECONDS.toNanos(1));
    // A second and two: it is counted from when the worker begins, which may be before it tries.
    assertThat(tries.get(1) - start).isGreaterThanOrEqualTo(SECONDS.toNanos(3));
  }
}
