package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.ScriptedLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Registrations between other things: events unread in the kernel's queue, a file system that takes
 * its time, and threads that remove, replace or close what the registration is about to get.
 */
@Timeout(60)
class RegistrationTimingTest {

  private final HeldKernel kernel = new HeldKernel();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Hub hub;
  private INotifyWatchService service;
  private INotifyWatchService other;
  @TempDir private Path root;
  private Path directory;
  private Path trigger;

  @BeforeEach
  void open() throws IOException {
    hub = kernel.openHub();
    service = INotifyWatchService.open(hub);
    other = INotifyWatchService.open(hub);
    directory = Files.createDirectory(root.resolve("directory"));
    trigger = Files.createDirectory(root.resolve("trigger"));
    service.register(trigger, ENTRY_CREATE);
  }

  @AfterEach
  void close() {
    service.close();
    other.close();
    threads.shutdownNow();
  }

  /** From here on the poller waits before it reads what happened. */
  private Gate holdPoller() throws Exception {
    Gate gate = kernel.holdReads();
    Files.createTempFile(trigger, "", "");
    gate.awaitReached();
    return gate;
  }

  private <T> Future<T> inAnotherThread(Callable<T> work) {
    return threads.submit(work);
  }

  private void touch(String name) throws IOException {
    Files.createFile(directory.resolve(name));
  }

  private void delete(String name) throws IOException {
    Files.delete(directory.resolve(name));
  }

  @Test
  void aKeyThatJoinsAWatchHearsNothingFromBefore() throws Exception {
    WatchKey first = service.register(directory, ENTRY_CREATE);
    Gate gate = holdPoller();
    touch("before");
    WatchKey joined = other.register(directory, ENTRY_CREATE);
    touch("after");
    gate.open();

    assertThat(Told.by(joined, other)).containsExactly("ENTRY_CREATE after");
    assertThat(Told.by(first)).containsExactly("ENTRY_CREATE before", "ENTRY_CREATE after");
  }

  @Test
  void aKeyThatJoinsAWatchAndAsksAnewHearsNothingFromBefore() throws Exception {
    service.register(directory, ENTRY_CREATE, ENTRY_DELETE);
    Gate gate = holdPoller();
    touch("before");
    WatchKey joined = other.register(directory, ENTRY_DELETE);
    touch("between");
    assertThat(other.register(directory, ENTRY_CREATE)).isSameAs(joined);
    touch("after");
    delete("after");
    gate.open();

    assertThat(Told.by(joined, other)).containsExactly("ENTRY_CREATE after");
  }

  @Test
  void aKeyThatAsksAnewKeepsWhatHappenedBefore_andEachAskingHoldsFromItsPlaceOn() throws Exception {
    other.register(directory, ENTRY_CREATE, ENTRY_DELETE);
    WatchKey key = service.register(directory, ENTRY_CREATE);
    Gate gate = holdPoller();
    touch("a");
    delete("a");
    assertThat(service.register(directory, ENTRY_DELETE)).isSameAs(key);
    touch("b");
    delete("b");
    service.register(directory, ENTRY_CREATE, ENTRY_DELETE);
    touch("c");
    delete("c");
    gate.open();

    assertThat(Told.by(key, service))
        .containsExactly("ENTRY_CREATE a", "ENTRY_DELETE b", "ENTRY_CREATE c", "ENTRY_DELETE c");
  }

  @Test
  void aKeyThatIsBeingCancelledIsNotGivenOutAgain() throws Exception {
    Key cancelled = (Key) service.register(directory, ENTRY_CREATE);
    // As far as a cancel has come when another thread finds the key invalid.
    cancelled.invalidate();

    WatchKey key = service.register(directory, ENTRY_CREATE);
    assertThat(key).isNotSameAs(cancelled);
    cancelled.cancel();
    touch("f");
    assertThat(Told.by(key, service)).containsExactly("ENTRY_CREATE f");
    assertThat(key.isValid()).isTrue();
  }

  @Test
  void anOneShotThatJoinsIsNotSpentByWhatHappenedBefore() throws Exception {
    other.register(directory, ENTRY_CREATE);
    Gate gate = holdPoller();
    touch("before");
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    WatchKey key = service.register(directory, kinds, INotifyModifiers.ONESHOT);
    touch("after");
    touch("later");
    gate.open();

    assertThat(Told.by(key, service)).containsExactly("ENTRY_CREATE after");
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void whileAFileSystemTakesItsTime_otherEventsArriveAndOtherRegistrationsReturn()
      throws Exception {
    Path slow = Files.createDirectory(root.resolve("slow"));
    WatchKey before = other.register(directory, ENTRY_CREATE);
    Gate gate = kernel.holdBeforePlacing(slow);
    Future<WatchKey> registering = inAnotherThread(() -> service.register(slow, ENTRY_CREATE));
    gate.awaitReached();

    touch("a");
    assertThat(Told.by(before, other)).containsExactly("ENTRY_CREATE a");
    WatchKey meanwhile = service.register(directory, ENTRY_CREATE);
    touch("b");
    assertThat(Told.by(meanwhile, service)).containsExactly("ENTRY_CREATE b");
    meanwhile.cancel();
    assertThat(registering.isDone()).isFalse();

    gate.open();
    WatchKey key = registering.get(30, SECONDS);
    Files.createFile(slow.resolve("c"));
    assertThat(Told.by(key, service)).containsExactly("ENTRY_CREATE c");
  }

  @Test
  void whatArrivesBeforeRegisterReturnsIsDeliveredAfterwards() throws Exception {
    Gate gate = kernel.holdAfterPlacing(directory);
    Future<WatchKey> registering = inAnotherThread(() -> service.register(directory, ENTRY_CREATE));
    gate.awaitReached();
    touch("a");
    touch("b");
    Pending.sync(other);
    gate.open();

    assertThat(Told.by(registering.get(30, SECONDS), service))
        .containsExactly("ENTRY_CREATE a", "ENTRY_CREATE b");
  }

  @Test
  void aDirectoryThatVanishesBeforeRegisterReturns_givesAKeyThatEnds() throws Exception {
    Gate gate = kernel.holdAfterPlacing(directory);
    Future<WatchKey> registering = inAnotherThread(() -> service.register(directory, ENTRY_CREATE));
    gate.awaitReached();
    touch("a");
    delete("a");
    Files.delete(directory);
    Pending.sync(other);
    gate.open();

    WatchKey key = registering.get(30, SECONDS);
    assertThat(key.isValid()).isFalse();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE a");
    assertThat(hub.watchCount()).isEqualTo(1);
    KernelView.awaitNoLeak(hub);
  }

  @Test
  void aWatchThatAnotherThreadRemovesMeanwhileIsPlacedAgain() throws Exception {
    WatchKey cancelled = other.register(directory, ENTRY_CREATE);
    Gate gate = kernel.holdAfterPlacing(directory);
    Future<WatchKey> registering = inAnotherThread(() -> service.register(directory, ENTRY_CREATE));
    gate.awaitReached();
    cancelled.cancel();
    gate.open();

    WatchKey key = registering.get(30, SECONDS);
    touch("f");
    assertThat(Told.by(key, service)).containsExactly("ENTRY_CREATE f");
    KernelView.awaitNoLeak(hub);
  }

  @Test
  void aMaskThatAnotherThreadReplacesMeanwhileIsAddedToAgain() throws Exception {
    other.register(directory, ENTRY_CREATE, INotifyEventKinds.OPEN);
    Gate gate = kernel.holdAfterPlacing(directory);
    Future<WatchKey> registering = inAnotherThread(() -> service.register(directory, ENTRY_DELETE));
    gate.awaitReached();
    touch("f");
    other.register(directory, ENTRY_CREATE);
    gate.open();

    WatchKey key = registering.get(30, SECONDS);
    delete("f");
    assertThat(Told.by(key, service)).containsExactly("ENTRY_DELETE f");
    int wd = ((Key) key).wd();
    assertThat(KernelView.masks(hub.inotifyFd()))
        .containsEntry(wd, Mask.of(Flag.CREATE, Flag.DELETE, Flag.MOVED_FROM, Flag.MOVED_TO));
  }

  @Test
  void whoExcludesUnlinkedFilesTakesNothingFromTheOthers_evenForAMoment() throws Exception {
    int wd = ((Key) other.register(directory, INotifyEventKinds.MODIFY)).wd();
    WatchEvent.Kind<?>[] kinds = {INotifyEventKinds.MODIFY};
    Gate gate = kernel.holdAfterPlacing(directory);
    Future<WatchKey> registering =
        inAnotherThread(
            () -> service.register(directory, kinds, INotifyModifiers.EXCLUDE_UNLINKED));
    gate.awaitReached();
    assertThat(KernelView.masks(hub.inotifyFd())).containsEntry(wd, Flag.MODIFY.bit());
    gate.open();
    assertThat(registering.get(30, SECONDS).isValid()).isTrue();
    assertThat(KernelView.masks(hub.inotifyFd())).containsEntry(wd, Flag.MODIFY.bit());
  }

  @Test
  void masksReplacedElsewhereDoNotHoldARegistrationUp() throws Exception {
    Path slow = Files.createDirectory(root.resolve("slow"));
    Gate first = kernel.holdAfterPlacing(slow);
    Future<WatchKey> registering = inAnotherThread(() -> service.register(slow, ENTRY_CREATE));
    first.awaitReached();
    Gate second = kernel.holdAfterPlacing(slow);
    other.register(directory, ENTRY_CREATE, ENTRY_DELETE);
    other.register(directory, ENTRY_CREATE);
    first.open();

    WatchKey key = registering.get(30, SECONDS);
    assertThat(key.isValid()).isTrue();
    second.open();
  }

  @Test
  void aServiceThatIsClosedMeanwhileLeavesNoWatch() throws Exception {
    Gate gate = kernel.holdAfterPlacing(directory);
    Future<WatchKey> registering = inAnotherThread(() -> service.register(directory, ENTRY_CREATE));
    gate.awaitReached();
    service.close();
    gate.open();

    assertThatThrownBy(() -> registering.get(30, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
    assertThat(hub.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
  }

  @Test
  void aHubThatIsClosedMeanwhile_isNotTouchedThroughItsOldDescriptor() throws Exception {
    ScriptedLibC scripted = new ScriptedLibC();
    HeldKernel held = new HeldKernel(scripted);
    INotifyWatchService only = INotifyWatchService.open(held.openHub());
    Gate gate = held.holdAfterPlacing(directory);
    Future<WatchKey> registering = inAnotherThread(() -> only.register(directory, ENTRY_CREATE));
    gate.awaitReached();
    only.close();
    gate.open();

    assertThatThrownBy(() -> registering.get(30, SECONDS))
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
    await().untilAsserted(scripted::assertAllClosed);
  }

  @Test
  void registerIsNotInterruptible_andKeepsTheFlag() throws Exception {
    Gate gate = kernel.holdBeforePlacing(directory);
    Future<Boolean> registering =
        inAnotherThread(
            () -> {
              Thread.currentThread().interrupt();
              WatchKey key = service.register(directory, ENTRY_CREATE);
              return key.isValid() && Thread.interrupted();
            });
    gate.awaitReached();
    gate.open();
    assertThat(registering.get(30, SECONDS)).isTrue();
  }

  @Test
  void aPathThatIsMissingLeavesNothing() {
    assertThatThrownBy(() -> service.register(root.resolve("missing"), ENTRY_CREATE))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(hub.watchCount()).isEqualTo(1);
  }
}
