package org.inotify4j.changes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.NotDirectoryException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import org.inotify4j.base.Silenced;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watcher as a publisher, by the rules of reactive streams. */
@ExtendWith(Silenced.class)
final class ChangePublisherTest extends WatcherScene {

  private RefusingKernel kernel;
  private final BatchSubscriber subscriber = new BatchSubscriber(this);

  @BeforeEach
  void open() throws IOException {
    kernel = new RefusingKernel();
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    subscriber.cancel();
    assertNothingIsWatched();
    assertThat(subscriber.faults()).isEmpty();
    kernel.close();
  }

  private void assertNothingIsWatched() throws Exception {
    await().until(() -> kernel.hub().watchCount() == 0);
    assertThat(OpenWatchers.on(kernel.hub())).isEmpty();
  }

  private Flow.Publisher<List<Change>> publisher(WatcherBuilder builder) {
    builder
        .settle(Duration.ZERO, Duration.ZERO)
        .onError(problem -> problems.add(problem.kind() + ": " + problem.reason()));
    return new ChangePublisher(builder, kernel);
  }

  private Flow.Publisher<List<Change>> publisher() {
    return publisher(PathWatcher.of(root));
  }

  /** Waits until so many changes wait to be asked for; with them the root is remembered. */
  private void awaitWaiting(int count) {
    await()
        .untilAsserted(
            () ->
                assertThat(OpenWatchers.on(kernel.hub()).get(0).statistics().waiting())
                    .isEqualTo(count + 1));
  }

  @Test
  void oneBatchForEachRequest_andWhatComesMeanwhileIsMerged() throws Exception {
    publisher().subscribe(subscriber);
    write("a", "");
    write("b", "");
    write("gone", "");
    delete("gone");
    move("b", "c");
    mkdirs("d");
    awaitWaiting(3);
    assertThat(subscriber.signals()).containsExactly("subscribed");
    subscriber.request(1);
    subscriber.await(2);
    write("a", "1");
    write("e", "");
    awaitWaiting(2);
    assertThat(subscriber.signals())
        .containsExactly("subscribed", "[CREATED a, CREATED c, CREATED d/]");
    subscriber.request(2);
    subscriber.await(3);
    write("f", "");
    subscriber.await(4);
    write("g", "");
    awaitWaiting(1);
    assertThat(subscriber.signals())
        .containsExactly(
            "subscribed",
            "[CREATED a, CREATED c, CREATED d/]",
            "[CREATED e, MODIFIED a]",
            "[CREATED f]");
  }

  @Test
  void requestsWithoutAnEnd_areAllThatComes() throws Exception {
    publisher().subscribe(subscriber);
    subscriber.request(Long.MAX_VALUE);
    subscriber.request(Long.MAX_VALUE);
    for (int i = 0; i < 10; i++) {
      mkdirs("d" + i);
      subscriber.await(i + 2);
    }
    assertThat(subscriber.signals()).hasSize(11).endsWith("[CREATED d9/]");
  }

  @Test
  void cancel_givesTheWatchesBack_andNothingIsSignalledAfterwards() throws Exception {
    mkdirs("d");
    publisher().subscribe(subscriber);
    subscriber.request(10);
    assertThat(kernel.hub().watchCount()).isPositive();
    subscriber.cancel();
    subscriber.cancel();
    assertNothingIsWatched();
    write("a", "");
    subscriber.request(1);
    subscriber.request(-1);
    assertThat(subscriber.signals()).containsExactly("subscribed");
  }

  @Test
  void cancelInOnNext_isTheEnd() throws Exception {
    subscriber.onBatch(subscriber::cancel);
    publisher().subscribe(subscriber);
    subscriber.request(10);
    mkdirs("a");
    subscriber.await(2);
    assertNothingIsWatched();
    mkdirs("b");
    assertThat(subscriber.signals()).containsExactly("subscribed", "[CREATED a/]");
  }

  @Test
  void cancelInOnSubscribe_isTheEnd() throws Exception {
    subscriber.onSubscription(subscriber::cancel);
    publisher().subscribe(subscriber);
    assertNothingIsWatched();
    subscriber.request(1);
    mkdirs("a");
    assertThat(subscriber.signals()).containsExactly("subscribed");
  }

  @Test
  void cancelOfAnotherThread_doesNotWaitForOnNext() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    subscriber.onBatch(() -> assertThat(release.await(60, SECONDS)).isTrue());
    publisher().subscribe(subscriber);
    subscriber.request(10);
    mkdirs("a");
    subscriber.await(2);
    subscriber.cancel();
    assertNothingIsWatched();
    release.countDown();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void requestOfNone_isAnError(long count) throws Exception {
    publisher().subscribe(subscriber);
    subscriber.request(count);
    subscriber.await(2);
    subscriber.request(1);
    subscriber.request(count);
    assertNothingIsWatched();
    assertThat(subscriber.signals())
        .containsExactly(
            "subscribed",
            "java.lang.IllegalArgumentException: the number of batches must be positive: " + count);
  }

  @Test
  void requestOfNone_whileOnNextRuns_isAnErrorBehindIt() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    subscriber.onBatch(() -> assertThat(release.await(60, SECONDS)).isTrue());
    publisher().subscribe(subscriber);
    subscriber.request(10);
    mkdirs("a");
    subscriber.await(2);
    subscriber.request(0);
    assertThat(subscriber.signals()).containsExactly("subscribed", "[CREATED a/]");
    release.countDown();
    subscriber.await(3);
    assertThat(subscriber.signals().get(2)).startsWith("java.lang.IllegalArgumentException");
  }

  @Test
  void requestOfNone_inOnSubscribeAndInOnNext_isAnErrorBehindIt() throws Exception {
    subscriber.onSubscription(() -> subscriber.request(0));
    publisher().subscribe(subscriber);
    subscriber.await(2);
    assertThat(subscriber.signals().get(1)).startsWith("java.lang.IllegalArgumentException");

    BatchSubscriber other = new BatchSubscriber(this);
    other.onBatch(() -> other.request(0));
    publisher().subscribe(other);
    other.request(1);
    mkdirs("a");
    other.await(3);
    assertThat(other.signals().get(2)).startsWith("java.lang.IllegalArgumentException");
    assertThat(other.faults()).isEmpty();
  }

  @Test
  void requestInOnSubscribe_isMetWhenThatHasReturned() throws Exception {
    PathWatcher witness = start(PathWatcher.of(root));
    subscriber.onSubscription(
        () -> {
          subscriber.request(1);
          write("a", "");
          awaitWaiting(1);
          assertThat(told(witness)).containsExactly("CREATED a");
        });
    publisher().subscribe(subscriber);
    subscriber.await(2);
    assertThat(subscriber.signals()).containsExactly("subscribed", "[CREATED a]");
  }

  @Test
  void whatCannotBeWatched_isAnErrorAfterOnSubscribe() throws Exception {
    write("f", "");
    subscriber.onSubscription(() -> subscriber.request(1));
    publisher(PathWatcher.of(root.resolve("f"))).subscribe(subscriber);
    subscriber.request(1);
    subscriber.request(0);
    assertThat(subscriber.signals())
        .containsExactly(
            "subscribed", NotDirectoryException.class.getName() + ": " + root.resolve("f"));
  }

  @Test
  void instanceThatFails_isAnError() throws Exception {
    publisher().subscribe(subscriber);
    kernel.failReads(Errno.EIO);
    write("a", "");
    subscriber.await(2);
    assertThat(subscriber.signals().get(1)).contains("EIO");
    assertThat(OpenWatchers.on(kernel.hub())).isEmpty();
  }

  @Test
  void twoSubscribers_areIndependent() throws Exception {
    Flow.Publisher<List<Change>> publisher = publisher();
    BatchSubscriber other = new BatchSubscriber(this);
    publisher.subscribe(subscriber);
    publisher.subscribe(other);
    other.request(10);
    mkdirs("a");
    other.await(2);
    assertThat(subscriber.signals()).containsExactly("subscribed");
    subscriber.request(1);
    subscriber.await(2);
    other.cancel();
    mkdirs("b");
    subscriber.request(1);
    subscriber.await(3);
    assertThat(subscriber.signals()).containsExactly("subscribed", "[CREATED a/]", "[CREATED b/]");
    assertThat(other.signals()).containsExactly("subscribed", "[CREATED a/]");
    assertThat(other.faults()).isEmpty();
  }

  @Test
  void subscriberThatThrows_isCancelled_andThatIsAProblem() throws Exception {
    subscriber.onBatch(
        () -> {
          throw new IllegalStateException("against the rules");
        });
    publisher().subscribe(subscriber);
    subscriber.request(10);
    mkdirs("a");
    assertNothingIsWatched();
    await().until(() -> !problems.isEmpty());
    assertThat(takeProblems())
        .containsExactly(
            "LISTENER_FAILED: the listener failed: java.lang.IllegalStateException: against the"
                + " rules");
    assertThat(subscriber.signals()).containsExactly("subscribed", "[CREATED a/]");
  }

  @Test
  void noSubscriber_isRefused() {
    assertThatThrownBy(() -> publisher().subscribe(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void asPublisher_isOfTheBuilderAsItWasThen() throws Exception {
    mkdirs("other");
    WatcherBuilder builder =
        PathWatcher.of(root.resolve("other")).settle(Duration.ZERO, Duration.ZERO);
    Flow.Publisher<List<Change>> publisher = builder.asPublisher();
    builder.and(root).existing();
    publisher.subscribe(subscriber);
    subscriber.request(1);
    write("unheard", "");
    write("other/heard", "");
    subscriber.await(2);
    assertThat(subscriber.signals()).containsExactly("subscribed", "[CREATED other/heard]");
  }
}
