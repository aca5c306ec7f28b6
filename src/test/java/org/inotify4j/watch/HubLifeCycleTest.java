package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.KernelView.awaitNoHub;
import static org.inotify4j.watch.KernelView.instances;
import static org.inotify4j.watch.KernelView.masks;
import static org.inotify4j.watch.KernelView.pollers;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.Syscalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One hub for all services: when there is one, what it shares, and what stays apart. */
@Timeout(60)
class HubLifeCycleTest {

  private static final int MANY = 1000;

  private final List<INotifyWatchService> services = new ArrayList<>();
  @TempDir private Path directory;

  @BeforeEach
  void nobodyElse() {
    awaitNoHub();
  }

  @AfterEach
  void closeAll() {
    services.forEach(INotifyWatchService::close);
    awaitNoHub();
  }

  private INotifyWatchService open() throws IOException {
    INotifyWatchService service = INotifyWatchService.open();
    services.add(service);
    return service;
  }

  @Test
  void aThousandServicesHaveOneInstanceAndOneThread_andEachHears() throws Exception {
    for (int i = 0; i < MANY; i++) {
      open().register(directory, ENTRY_CREATE);
    }
    assertThat(instances()).hasSize(1);
    assertThat(masks(instances().get(0))).hasSize(1);
    assertThat(pollers()).hasSize(1).allMatch(Thread::isDaemon);

    Files.createFile(directory.resolve("f"));
    for (INotifyWatchService service : services) {
      assertThat(Told.by(Pending.next(service))).containsExactly("ENTRY_CREATE f");
    }
  }

  @Test
  void theHubStartsWithTheFirstService_endsWithTheLast_andStartsAgain() throws Exception {
    for (int round = 0; round < 3; round++) {
      INotifyWatchService first = open();
      INotifyWatchService second = open();
      WatchKey key = second.register(directory, ENTRY_CREATE);
      assertThat(instances()).hasSize(1);
      assertThat(pollers()).hasSize(1);

      first.close();
      Files.createFile(directory.resolve("f" + round));
      assertThat(Told.by(key, second)).containsExactly("ENTRY_CREATE f" + round);

      second.close();
      awaitNoHub();
    }
  }

  @Test
  void openDedicated_hasItsOwnInstanceAndThread() throws Exception {
    WatchKey shared = open().register(directory, ENTRY_CREATE);
    INotifyWatchService own = INotifyWatchService.openDedicated();
    services.add(own);
    WatchKey key = own.register(directory, ENTRY_CREATE);
    assertThat(instances()).hasSize(2);
    assertThat(pollers()).hasSize(2);

    Files.createFile(directory.resolve("f"));
    assertThat(Told.by(key, own)).containsExactly("ENTRY_CREATE f");
    assertThat(Told.by(shared, services.get(0))).containsExactly("ENTRY_CREATE f");

    own.close();
    await().untilAsserted(() -> assertThat(pollers()).hasSize(1));
    await().untilAsserted(() -> assertThat(instances()).hasSize(1));
  }

  @Test
  void eachServiceHearsInItsOwnSpelling_andCancellingOneLeavesTheOthers() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    Path dotted = directory.resolve("real/../real");
    List<WatchKey> keys = new ArrayList<>();
    for (Path spelling : List.of(real, link, dotted)) {
      WatchKey key = open().register(spelling, ENTRY_CREATE);
      assertThat(key.watchable()).isSameAs(spelling);
      keys.add(key);
    }
    assertThat(masks(instances().get(0))).hasSize(1);

    Files.createFile(real.resolve("a"));
    for (int i = 0; i < keys.size(); i++) {
      assertThat(Told.by(keys.get(i), services.get(i))).containsExactly("ENTRY_CREATE a");
    }

    keys.get(1).cancel();
    Files.createFile(real.resolve("b"));
    assertThat(Told.by(keys.get(0), services.get(0))).containsExactly("ENTRY_CREATE b");
    assertThat(Told.by(keys.get(1), services.get(1))).isEmpty();
    assertThat(Told.by(keys.get(2), services.get(2))).containsExactly("ENTRY_CREATE b");

    keys.get(0).cancel();
    keys.get(2).cancel();
    assertThat(masks(instances().get(0))).isEmpty();
  }

  @Test
  void aBindMountIsAnotherSpelling() throws Exception {
    Syscalls.assumeRoot();
    Path real = Files.createDirectory(directory.resolve("real"));
    Path bound = Files.createDirectory(directory.resolve("bound"));
    run("mount", "--bind", real.toString(), bound.toString());
    try {
      WatchKey one = open().register(real, ENTRY_CREATE);
      WatchKey other = open().register(bound, ENTRY_CREATE);
      assertThat(masks(instances().get(0))).hasSize(1);

      Files.createFile(bound.resolve("f"));
      assertThat(Told.by(one, services.get(0))).containsExactly("ENTRY_CREATE f");
      assertThat(Told.by(other, services.get(1))).containsExactly("ENTRY_CREATE f");

      one.cancel();
      Files.createFile(real.resolve("g"));
      assertThat(Told.by(other, services.get(1))).containsExactly("ENTRY_CREATE g");
    } finally {
      run("umount", bound.toString());
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void eachKeyHearsItsOwnKinds_andTheKernelsMaskIsTheirUnion() throws Exception {
    WatchKey creations = open().register(directory, ENTRY_CREATE);
    WatchKey deletions = open().register(directory, ENTRY_DELETE);
    int created = Mask.of(Flag.CREATE, Flag.MOVED_TO);
    int deleted = Mask.of(Flag.DELETE, Flag.MOVED_FROM);
    int instance = instances().get(0);
    assertThat(masks(instance)).containsValue(created | deleted).hasSize(1);

    Files.delete(Files.createFile(directory.resolve("f")));
    assertThat(Told.by(creations, services.get(0))).containsExactly("ENTRY_CREATE f");
    assertThat(Told.by(deletions, services.get(1))).containsExactly("ENTRY_DELETE f");

    assertThat(services.get(1).register(directory, ENTRY_CREATE)).isSameAs(deletions);
    assertThat(masks(instance)).containsValue(created).hasSize(1);
  }

  @Test
  void unlinkedFilesAreLeftOut_onlyWhileEveryKeyWantsIt() throws Exception {
    WatchEvent.Kind<?>[] modify = {INotifyEventKinds.MODIFY};
    INotifyWatchService excluding = open();
    excluding.register(directory, modify, INotifyModifiers.EXCLUDE_UNLINKED);
    int instance = instances().get(0);
    int excluded = Mask.of(Flag.MODIFY, Flag.EXCL_UNLINK);
    assertThat(masks(instance)).containsValue(excluded).hasSize(1);

    INotifyWatchService other = open();
    WatchKey key = other.register(directory, modify);
    assertThat(masks(instance)).containsValue(Flag.MODIFY.bit()).hasSize(1);

    key.cancel();
    excluding.register(directory, modify);
    excluding.register(directory, modify, INotifyModifiers.EXCLUDE_UNLINKED);
    assertThat(masks(instance)).containsValue(excluded).hasSize(1);
  }

  @Test
  void anAbandonedServiceIsCleanedUp_andAsTheLastOneEndsTheHub() throws Exception {
    INotifyWatchService kept = open();
    Path other = Files.createDirectory(directory.resolve("other"));
    kept.register(other, ENTRY_CREATE);
    abandon(directory);
    int instance = instances().get(0);
    assertThat(masks(instance)).hasSize(2);
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(masks(instance)).hasSize(1);
            });
    kept.close();
    awaitNoHub();

    abandon(directory);
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(pollers()).isEmpty();
              assertThat(instances()).isEmpty();
            });
  }

  /** In a method of its own, so that nothing of it stays on the caller's stack. */
  private static void abandon(Path path) throws IOException {
    INotifyWatchService.open().register(path, ENTRY_CREATE);
  }

  @Test
  void aServiceWhoseKeyIsReferencedLivesOn() throws Exception {
    WatchKey key = INotifyWatchService.open().register(directory, ENTRY_CREATE);
    collectGarbage();
    Files.createFile(directory.resolve("f"));
    await().untilAsserted(() -> assertThat(Told.by(key)).containsExactly("ENTRY_CREATE f"));
    registrationsOf(key).close();
  }

  /** To close what nobody has a service of any more. */
  private static Registrations registrationsOf(WatchKey key) throws ReflectiveOperationException {
    var field = Key.class.getDeclaredField("queue");
    field.setAccessible(true);
    return (Registrations) ((SignalQueue) field.get(key)).owner();
  }

  @Test
  void aServiceWithAThreadInTakeLivesOn() throws Exception {
    FutureTask<List<String>> taking = new FutureTask<>(() -> takeAndClose(directory));
    Thread thread = new Thread(taking, "taking");
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING);
    collectGarbage();
    Files.createFile(directory.resolve("f"));
    assertThat(taking.get(30, TimeUnit.SECONDS)).containsExactly("ENTRY_CREATE f");
  }

  private static List<String> takeAndClose(Path path) throws Exception {
    INotifyWatchService service = INotifyWatchService.open();
    service.register(path, ENTRY_CREATE);
    WatchKey key = service.take();
    registrationsOf(key).close();
    return Told.by(key);
  }

  /** Returns when the collector has run for certain. */
  private static void collectGarbage() {
    WeakReference<Object> garbage = new WeakReference<>(new Object());
    for (int i = 0; i < 3; i++) {
      await()
          .untilAsserted(
              () -> {
                System.gc();
                assertThat(garbage.get()).isNull();
              });
    }
  }

  @Test
  void closedByTenThreadsAtOnce_noWatchIsLeftAndNothingHangs() throws Exception {
    INotifyWatchService kept = open();
    kept.register(Files.createDirectory(directory.resolve("kept")), ENTRY_CREATE);
    int instance = instances().get(0);
    for (int round = 0; round < 100; round++) {
      INotifyWatchService service = open();
      WatchKey key = service.register(directory, ENTRY_CREATE);
      CountDownLatch start = new CountDownLatch(1);
      List<Thread> closers = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        Thread closer =
            new Thread(
                () -> {
                  try {
                    start.await();
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                  service.close();
                });
        closer.start();
        closers.add(closer);
      }
      start.countDown();
      for (Thread closer : closers) {
        closer.join(30_000);
        assertThat(closer.isAlive()).isFalse();
      }
      assertThat(key.isValid()).isFalse();
      assertThat(masks(instance)).as("round " + round).hasSize(1);
      assertThatThrownBy(service::take).isInstanceOf(ClosedWatchServiceException.class);
    }
  }
}
