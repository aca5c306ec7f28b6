package org.inotify4j.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.base.Logged;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.ScriptedLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How long the poller waits where there is something to do without a record. */
@Timeout(60)
final class PollerTest {

  /** What the kernel tells watches by: an empty list of them. */
  private static final int FDINFO = 99_999;

  private static final int ASKED = 12;

  @RegisterExtension private final Logged logged = new Logged();

  private final ScriptedLibC kernel = new ScriptedLibC();
  private final LibC libC = Intercepted.by(this::call);
  private final List<Integer> waits = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Subscription service = new Subscription();
  private final AtTheEnd subscriber = new AtTheEnd(ended::countDown);
  private volatile boolean isToldAtLast;

  /** Whether there are records whenever that is asked. */
  private volatile boolean isBusy;

  /** When the kernel was asked for the watches, in {@link System#nanoTime}. */
  private final List<Long> asked = new CopyOnWriteArrayList<>();

  /** The one of the marks, which comes first. */
  private final ByteBuffer watches = ByteBuffer.wrap("inotify wd:1 ino:9\n".getBytes(US_ASCII));

  @SuppressWarnings("NullAway.Init") // by each test
  private Hub hub;

  @AfterEach
  void close() {
    hub.detach(service);
  }

  /** No time passes in a wait, and the last one is over when the kernel can tell. */
  private Object call(Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "poll" -> {
        if (isBusy) {
          return 1;
        }
        waits.add((int) arguments[2]);
        isToldAtLast = waits.size() == ASKED;
        return 0;
      }
      case "open" -> {
        if (Intercepted.text(arguments[0]).startsWith("/proc/self/fdinfo/")) {
          asked.add(System.nanoTime());
          watches.position(0);
          return isToldAtLast ? FDINFO : -Errno.EMFILE.number();
        }
      }
      case "read" -> {
        if (arguments[0].equals(FDINFO)) {
          int length = watches.remaining();
          ((ByteBuffer) arguments[1]).put(0, watches, 0, length);
          watches.position(length);
          return length;
        }
      }
      case "close" -> {
        if (arguments[0].equals(FDINFO)) {
          return 0;
        }
      }
      default -> {}
    }
    return Intercepted.pass(kernel, method, arguments);
  }

  @Test
  void aHubIsClosed_whateverAMarkThrows() throws Exception {
    hub = Hub.open(kernel, ScriptedINotify.openForHub(kernel));
    service.bind(subscriber);
    assertThat(hub.attach(service)).isTrue();
    CountDownLatch acted = new CountDownLatch(1);
    // Under the lock, so that the poller does not come to the marks before.
    hub.underLock(
        () -> {
          assertThat(hub.mark(() -> fail("test"))).isTrue();
          assertThat(hub.mark(acted::countDown)).isTrue();
          assertThatIllegalStateException().isThrownBy(() -> hub.detach(service));
        });
    assertThat(acted.getCount()).isZero();
    await().untilAsserted(kernel::assertAllClosed);
  }

  @Test
  void whatEndedAHub_isToldFirst_whateverIsThrownBehindIt_andAllIsGivenBack() throws Exception {
    hub = Hub.open(kernel, ScriptedINotify.openForHub(kernel));
    NotingSubscriber failing = new NotingSubscriber(0);
    failing.onNotice = PollerTest::fail;
    assertThat(hub.attach(failing.subscription)).isTrue();
    hub.underLock(
        () -> {
          // The poller finds it, and waits for the lock.
          kernel.deliverError(Errno.EIO);
          assertThat(hub.mark(() -> fail("mark"))).isTrue();
        });
    await().until(() -> !failing.told.isEmpty());
    await().untilAsserted(kernel::assertAllClosed);
    await().until(() -> !logged.lines().isEmpty());
    assertThat(logged.lines())
        .containsExactly("SEVERE the poller cannot go on; its watch services are closed");
    assertThat(logged.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause).hasMessageStartingWith("cannot read inotify events: ");
              assertThat(cause.getSuppressed())
                  .extracting(Throwable::getMessage)
                  .containsExactly("failed: " + cause.getMessage(), "wake", "mark");
            });
    assertThat(failing.told).hasSize(2);
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  @Test
  void whereTheKernelDoesNotTellWatches_itIsAskedAgain_everMoreRarely() throws Exception {
    hub = Hub.open(libC, ScriptedINotify.openForHub(libC));
    service.bind(subscriber);
    assertThat(hub.attach(service)).isTrue();
    hub.add(service, Path.of("/d"), subscriber.mask(0), 0, (wd, isNew) -> wd);
    kernel.deliver(EventRecord.overflow());
    assertThat(ended.await(30, SECONDS)).isTrue();
    assertThat(waits)
        .containsExactly(
            100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000);
    assertThat(hub.dispatcher().owesEnds()).isFalse();
    assertThat(logged.lines())
        .containsExactly(
            "WARNING the kernel does not tell which watches are left after an overflow");
  }

  @Test
  void whereRecordsComeAllTheTime_itIsAskedAgainAsWell_andAsRarely() throws Exception {
    isBusy = true;
    hub = Hub.open(libC, ScriptedINotify.openForHub(libC));
    service.bind(subscriber);
    assertThat(hub.attach(service)).isTrue();
    kernel.deliver(EventRecord.overflow());
    int batches = 0;
    while (asked.size() < 4) {
      CountDownLatch taken = new CountDownLatch(1);
      assertThat(hub.mark(taken::countDown)).isTrue();
      assertThat(taken.await(30, SECONDS)).isTrue();
      batches++;
    }
    assertThat(batches).isGreaterThan(4);
    for (int i = 1; i < 4; i++) {
      assertThat(asked.get(i) - asked.get(i - 1))
          .isGreaterThanOrEqualTo(MILLISECONDS.toNanos(50L << i));
    }
  }
}
