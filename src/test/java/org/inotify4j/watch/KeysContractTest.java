package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.inotify4j.Tmpfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract: keys, their states, and the service that gives them out. */
@ParameterizedClass
@EnumSource(Implementation.class)
final class KeysContractTest extends WatchServiceContract {

  private static final WatchEvent.Kind<?>[] DELETION = {ENTRY_DELETE};
  private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  KeysContractTest(Implementation implementation) {
    super(implementation);
  }

  // Which key, and whose.

  @Test
  void watchable_isTheVeryObjectThatWasRegistered() throws Exception {
    Path path = Path.of(root.toString());
    assertThat(register(path, ENTRY_CREATE).watchable()).isSameAs(path);
  }

  @Test
  void sameDirectoryAgain_isTheSameKey_alsoThroughAnotherSpellingOrALink() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    mkdir("sub");
    Path link = Files.createSymbolicLink(file("link"), root);
    assertThat(register(root, ENTRY_CREATE)).isSameAs(key);
    assertThat(register(root.resolve("sub/.."), ENTRY_DELETE)).isSameAs(key);
    assertThat(register(link, ENTRY_MODIFY)).isSameAs(key);
    assertThat(key.watchable()).isSameAs(root);
  }

  @Test
  void sameDirectoryAgain_replacesTheEventSet() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    register(root, ENTRY_DELETE);
    touch("x");
    delete("x");
    assertThat(told(key)).containsExactly("ENTRY_DELETE x");
    register(root, ENTRY_CREATE, ENTRY_MODIFY);
    touch("y");
    append("y");
    delete("y");
    assertThat(told(key)).containsExactly("ENTRY_CREATE y", "ENTRY_MODIFY y");
  }

  @Test
  void sameDirectoryAgain_leavesPendingEvents() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    sync();
    register(root, ENTRY_DELETE);
    delete("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x");
  }

  @Test
  void sameDirectoryAgain_leavesEventsThatHappenedBefore() throws Exception {
    // Without waiting for the delivery: every event is of the set of its time.
    WatchKey key = register(root, ENTRY_CREATE);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      register(root, ENTRY_CREATE);
      touch("x" + i);
      register(root, ENTRY_DELETE);
      delete("x" + i);
      expected.add("ENTRY_CREATE x" + i);
      expected.add("ENTRY_DELETE x" + i);
    }
    assertThat(told(key)).isEqualTo(expected);
  }

  @Test
  void twoServices_haveAKeyEach_andEachHearsWhatItAskedFor() throws Exception {
    try (WatchService other = implementation.open()) {
      WatchKey key = register(root, ENTRY_CREATE);
      WatchKey others = implementation.register(other, root, DELETION);
      assertThat(others).isNotSameAs(key);
      touch("x");
      delete("x");
      assertThat(told(key)).containsExactly("ENTRY_CREATE x");
      sync(other);
      assertThat(Told.by(others)).containsExactly("ENTRY_DELETE x");
    }
  }

  @Test
  void sameDirectoryAgain_hearsNoEventOfTheNewSetThatHappenedBefore() throws Exception {
    // Another service keeps the kernel reporting all of them.
    try (WatchService other = implementation.open()) {
      implementation.register(other, root, ALL);
      List<String> expected = new ArrayList<>();
      WatchKey key = register(root, ENTRY_DELETE);
      for (int i = 0; i < 50; i++) {
        register(root, ENTRY_CREATE);
        touch("x" + i);
        delete("x" + i);
        register(root, ENTRY_DELETE);
        touch("y" + i);
        delete("y" + i);
        expected.add("ENTRY_CREATE x" + i);
        expected.add("ENTRY_DELETE y" + i);
      }
      assertThat(told(key)).isEqualTo(expected);
    }
  }

  // From ready to signalled and back.

  @Test
  void event_queuesTheKeyOnce() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    sync();
    assertThat(service.poll()).isNull();
    touch("x");
    touch("y");
    sync();
    assertThat(service.poll()).isSameAs(key);
    assertThat(service.poll()).isNull();
    touch("z");
    sync();
    assertThat(service.poll()).isNull();
  }

  @Test
  void keys_areGivenOutInTheOrderTheyWereSignalled() throws Exception {
    WatchKey one = register(mkdir("one"), ENTRY_CREATE);
    WatchKey two = register(mkdir("two"), ENTRY_CREATE);
    touch("two/x");
    touch("one/x");
    touch("two/y");
    sync();
    assertThat(service.poll()).isSameAs(two);
    assertThat(service.poll()).isSameAs(one);
    assertThat(service.poll()).isNull();
  }

  @Test
  void reset_withEventsPending_queuesAgain() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    taken();
    assertThat(key.reset()).isTrue();
    assertThat(service.poll()).isSameAs(key);
  }

  @Test
  void reset_withNothingPending_makesReady() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    taken().pollEvents();
    assertThat(key.reset()).isTrue();
    assertThat(service.poll()).isNull();
    touch("y");
    sync();
    assertThat(service.poll()).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE y");
  }

  @Test
  void reset_ofAReadyKey_changesNothing_andReturnsItsValidity() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    assertThat(key.reset()).isTrue();
    assertThat(key.reset()).isTrue();
    assertThat(service.poll()).isNull();
    touch("x");
    assertThat(taken()).isSameAs(key);
    key.cancel();
    assertThat(key.reset()).isFalse();
  }

  @Test
  void repeatedReset_inTheJdkQueuesTwice() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    taken();
    key.reset();
    key.reset();
    assertThat(service.poll()).isSameAs(key);
    if (isJdk()) {
      assertThat(service.poll()).isSameAs(key);
    }
    assertThat(service.poll()).isNull();
  }

  // Polling events.

  @Test
  void pollEvents_takesAllInOrder_andMayBeCalledInAnyState() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE, ENTRY_DELETE);
    assertThat(key.pollEvents()).as("ready").isEmpty();
    touch("b");
    touch("a");
    delete("b");
    assertThat(told(key))
        .as("queued")
        .containsExactly("ENTRY_CREATE b", "ENTRY_CREATE a", "ENTRY_DELETE b");
    assertThat(key.pollEvents()).as("nothing is left").isEmpty();
    assertThat(taken()).isSameAs(key);
    touch("c");
    assertThat(told(key)).as("taken").containsExactly("ENTRY_CREATE c");
    touch("d");
    sync();
    key.cancel();
    assertThat(Told.by(key)).as("invalid").containsExactly("ENTRY_CREATE d");
  }

  @Test
  void keyWhoseEventsWerePolledWhileQueued_isStillGivenOut() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
    assertThat(service.poll()).isSameAs(key);
    assertThat(key.pollEvents()).isEmpty();
  }

  // The directory goes.

  @Test
  void deletedDirectory_makesTheKeyInvalid_andQueuesIt() throws Exception {
    WatchKey key = register(mkdir("d"), ENTRY_CREATE);
    assertThat(key.isValid()).isTrue();
    delete("d");
    assertThat(taken()).isSameAs(key);
    assertThat(key.isValid()).isFalse();
    assertThat(key.pollEvents()).isEmpty();
    assertThat(key.reset()).isFalse();
    assertThat(service.poll()).isNull();
  }

  @Test
  void deletedDirectory_itsPendingEventsCanBePolled() throws Exception {
    WatchKey key = register(mkdir("d"), ENTRY_CREATE, ENTRY_DELETE);
    touch("d/x");
    delete("d/x");
    delete("d");
    assertThat(taken()).isSameAs(key);
    assertThat(key.isValid()).isFalse();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x");
    assertThat(key.reset()).isFalse();
    assertThat(service.poll()).as("queued once").isNull();
  }

  @Test
  void deletedDirectoryMadeAgain_givesAnotherKey() throws Exception {
    WatchKey key = register(mkdir("d"), ENTRY_CREATE);
    delete("d");
    sync();
    WatchKey another = register(mkdir("d"), ENTRY_CREATE);
    assertThat(another).isNotSameAs(key);
    touch("d/x");
    assertThat(told(another)).containsExactly("ENTRY_CREATE x");
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void renamedDirectory_keepsItsKeyValid_withPathsAsRegistered() throws Exception {
    Path directory = mkdir("d");
    WatchKey key = register(directory, ENTRY_CREATE);
    move("d", "e");
    touch("e/x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
    assertThat(key.isValid()).isTrue();
    assertThat(key.watchable()).isSameAs(directory);
  }

  @Test
  void deletedDirectoryThatSomebodyHoldsOpen_staysValidUntilTheLastReferenceGoes()
      throws Exception {
    Path directory = mkdir("d");
    WatchKey key = register(directory, ENTRY_CREATE);
    try (DirectoryStream<Path> holder = Files.newDirectoryStream(directory)) {
      delete("d");
      sync();
      assertThat(holder).isEmpty();
      assertThat(key.isValid()).isTrue();
      assertThat(service.poll()).isNull();
    }
    assertThat(taken()).isSameAs(key);
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void unmountedDirectory_makesTheKeyInvalid_andQueuesIt() throws Exception {
    Path at = mkdir("mount");
    WatchKey key;
    try (Tmpfs mounted = Tmpfs.mount(at)) {
      assertThat(mounted).isNotNull();
      key = register(at, ENTRY_CREATE);
      touch("mount/x");
      sync();
    }
    assertThat(taken()).isSameAs(key);
    assertThat(key.isValid()).isFalse();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
    assertThat(key.reset()).isFalse();
  }

  @Test
  void deletedDirectoryWhoseEndWasLostInAnOverflow_isInvalid_butTheJdks() throws Exception {
    WatchKey busy = register(mkdir("busy"), ENTRY_CREATE, ENTRY_DELETE);
    WatchKey key = register(mkdir("d"), ENTRY_CREATE);
    try (StalledPoller stalled = StalledPoller.of(service, busy, file("busy"))) {
      assertThat(stalled).isNotNull();
      QueueFiller.fill(file("busy"));
      delete("d");
    }
    sync();
    assertThat(Told.by(busy)).singleElement().asString().startsWith("OVERFLOW");
    assertThat(key.pollEvents()).hasSize(1);
    assertThat(key.isValid()).isEqualTo(isJdk());
    List<WatchKey> queued = new ArrayList<>();
    for (WatchKey next = service.poll(); next != null; next = service.poll()) {
      queued.add(next);
    }
    // The directory that the waiting goes by may have a key by then, which is told as well.
    assertThat(queued).contains(busy, key).doesNotHaveDuplicates();
    assertThat(key.reset()).isEqualTo(isJdk());
  }

  // Cancelling.

  @Test
  void cancel_makesInvalidAtOnce_andDoesNotQueue() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    key.cancel();
    assertThat(key.isValid()).isFalse();
    touch("x");
    sync();
    assertThat(service.poll()).isNull();
    assertThat(key.pollEvents()).isEmpty();
    assertThat(key.reset()).isFalse();
  }

  @Test
  void secondCancel_doesNothing() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    key.cancel();
    WatchKey another = register(root, ENTRY_CREATE);
    key.cancel();
    assertThat(another.isValid()).isTrue();
    touch("x");
    assertThat(told(another)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void cancelOfAQueuedKey_leavesItQueued() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    sync();
    key.cancel();
    assertThat(service.poll()).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void afterACancel_theDirectoryCanBeRegisteredAnew_andGivesAnotherKey() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    key.cancel();
    WatchKey another = register(root, ENTRY_CREATE);
    assertThat(another).isNotSameAs(key);
    touch("x");
    assertThat(told(another)).containsExactly("ENTRY_CREATE x");
    assertThat(key.pollEvents()).isEmpty();
  }

  // Closing.

  @Test
  void close_makesEveryKeyInvalid() throws Exception {
    WatchKey one = register(mkdir("one"), ENTRY_CREATE);
    WatchKey two = register(mkdir("two"), ENTRY_CREATE);
    service.close();
    assertThat(one.isValid()).isFalse();
    assertThat(two.isValid()).isFalse();
  }

  @Test
  void close_throwsInEveryWaitingTakeAndPoll() throws Exception {
    Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
    List<Thread> waiting = new ArrayList<>();
    List<Callable<WatchKey>> waits =
        List.of(service::take, service::take, () -> service.poll(1, HOURS));
    for (Callable<WatchKey> wait : waits) {
      waiting.add(start(wait, thrown));
    }
    await().until(() -> waiting.stream().allMatch(KeysContractTest::isWaiting));
    service.close();
    for (Thread thread : waiting) {
      thread.join();
    }
    assertThat(thrown)
        .hasSize(3)
        .allSatisfy(e -> assertThat(e).isInstanceOf(ClosedWatchServiceException.class));
  }

  @Test
  void afterClose_takePollAndRegisterThrow() throws Exception {
    register(root, ENTRY_CREATE);
    touch("x");
    sync();
    service.close();
    for (Callable<WatchKey> later :
        List.<Callable<WatchKey>>of(
            service::take,
            service::poll,
            () -> service.poll(1, HOURS),
            () -> service.poll(0, SECONDS),
            () -> register(root, ENTRY_CREATE))) {
      assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(later::call);
    }
  }

  @Test
  void afterClose_resetPollEventsAndCancelWork() throws Exception {
    WatchKey queued = register(mkdir("queued"), ENTRY_CREATE);
    WatchKey taken = register(mkdir("taken"), ENTRY_CREATE);
    touch("taken/x");
    assertThat(taken()).isSameAs(taken);
    touch("queued/x");
    sync();
    service.close();
    for (WatchKey key : List.of(queued, taken)) {
      assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
      assertThat(key.reset()).isFalse();
      key.cancel();
      assertThat(key.pollEvents()).isEmpty();
      assertThat(key.isValid()).isFalse();
    }
  }

  @Test
  void close_isIdempotent() throws Exception {
    service.close();
    service.close();
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(service::poll);
  }

  // Waiting.

  @Test
  void takeAndTimedPoll_areInterruptible_andTheFlagIsCleared() throws Exception {
    for (Callable<WatchKey> wait :
        List.<Callable<WatchKey>>of(service::take, () -> service.poll(1, HOURS))) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(wait::call);
      assertThat(Thread.interrupted()).isFalse();

      Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();
      Thread waiting = start(wait, thrown);
      await().until(() -> isWaiting(waiting));
      waiting.interrupt();
      waiting.join();
      assertThat(thrown)
          .singleElement()
          .satisfies(e -> assertThat(e).isInstanceOf(InterruptedException.class));
    }
  }

  @Test
  void interruptedTake_losesNoKey() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    sync();
    Thread.currentThread().interrupt();
    if (isJdk()) {
      // Where a key is there, the JDK's take (not its timed poll) gives it and keeps the flag.
      assertThat(service.take()).isSameAs(key);
      assertThat(Thread.interrupted()).isTrue();
    } else {
      assertThatExceptionOfType(InterruptedException.class).isThrownBy(service::take);
      assertThat(service.take()).isSameAs(key);
    }
  }

  @Test
  void closed_isCheckedBeforeInterrupted() throws Exception {
    service.close();
    for (Callable<WatchKey> wait :
        List.<Callable<WatchKey>>of(service::take, () -> service.poll(1, HOURS))) {
      Thread.currentThread().interrupt();
      try {
        assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(wait::call);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
  }

  @Test
  void poll_doesNotBlock_andIgnoresAnInterrupt() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    assertThat(service.poll()).isNull();
    touch("x");
    sync();
    Thread.currentThread().interrupt();
    try {
      assertThat(service.poll()).isSameAs(key);
      assertThat(service.poll()).isNull();
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void negativeTimeout_isZero() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    for (long timeout : new long[] {0, -1, Long.MIN_VALUE}) {
      assertThat(service.poll(timeout, SECONDS)).isNull();
    }
    touch("x");
    sync();
    assertThat(service.poll(-1, SECONDS)).isSameAs(key);
  }

  @Test
  void timedPoll_waitsItsTime_andReturnsAtOnceWithAKey() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    long start = System.nanoTime();
    assertThat(service.poll(30, MILLISECONDS)).isNull();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(30));
    touch("x");
    assertThat(service.poll(1, HOURS)).isSameAs(key);
  }

  @Test
  void severalThreadsTake_aKeyIsHandedToOne() throws Exception {
    int directories = 50;
    Queue<WatchKey> handedOut = new ConcurrentLinkedQueue<>();
    CountDownLatch all = new CountDownLatch(directories);
    List<Thread> takers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      takers.add(
          start(
              () -> {
                while (true) {
                  handedOut.add(service.take());
                  all.countDown();
                }
              },
              new ConcurrentLinkedQueue<>()));
    }
    List<WatchKey> keys = new ArrayList<>();
    for (int i = 0; i < directories; i++) {
      keys.add(register(mkdir("d" + i), ENTRY_CREATE));
      touch("d" + i + "/x");
    }
    all.await();
    sync();
    service.close();
    for (Thread taker : takers) {
      taker.join();
    }
    assertThat(handedOut).containsExactlyInAnyOrderElementsOf(keys);
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private static Thread start(Callable<WatchKey> wait, Queue<Throwable> thrown) {
    Thread thread =
        new Thread(
            () -> {
              try {
                wait.call();
              } catch (Exception e) {
                thrown.add(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
