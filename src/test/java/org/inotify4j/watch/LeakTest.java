package org.inotify4j.watch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However often something was done, as many objects, watches, descriptors and threads are left as
 * when it was done the first times.
 */
@Timeout(300)
class LeakTest {

  private static final int FIRST = 1_000;
  private static final int ALL = Integer.getInteger("inotify4j.leakOperations", 3_000);
  private static final int BATCH = 500;
  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final WatchEvent.Kind<?>[] ALL_KINDS = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, RENAME
  };

  @TempDir private Path scratch;
  private Path root;
  private Path outside;
  private Hub hub;
  private INotifyWatchService service;

  @BeforeEach
  void open() throws IOException {
    KernelView.awaitNoHub();
    root = Files.createDirectory(scratch.resolve("root"));
    outside = Files.createDirectory(scratch.resolve("outside"));
    hub = Hub.open();
    service = INotifyWatchService.open(hub);
  }

  @AfterEach
  void close() {
    service.close();
    KernelView.awaitNoHub();
  }

  /** Something that is done, and leaves the disk as it was. */
  private interface Operation {
    void run(LeakTest test, int number) throws Exception;
  }

  /** What is done again and again. */
  enum Repeated {
    FILE_MOVED_OUT_AND_IN((test, i) -> test.there("f", "../outside/f")),
    DIRECTORY_MOVED_OUT_AND_IN((test, i) -> test.there("d", "../outside/d")),
    FILE_MOVED_OUT_FOR_GOOD(
        (test, i) -> {
          Files.createFile(test.root.resolve("out"));
          test.move("out", "../outside/out");
        }),
    DIRECTORY_MOVED_OUT_FOR_GOOD(
        (test, i) -> {
          Files.createDirectory(test.root.resolve("out"));
          test.move("out", "../outside/gone");
          Files.delete(test.outside.resolve("gone"));
        }),
    FILE_MOVED_WITHIN((test, i) -> test.there("f", "d/g")),
    DIRECTORY_MOVED_WITHIN((test, i) -> test.there("d/e", "e")),
    DIRECTORY_MADE_AND_REMOVED(
        (test, i) -> {
          Files.createDirectories(test.root.resolve("new/deep"));
          TreeChanges.removeAll(test.root.resolve("new"));
        }),
    FILE_REPLACED(
        (test, i) -> {
          Files.createFile(test.root.resolve("aside"));
          test.move("aside", "f");
        }),
    DIRECTORY_REPLACED(
        (test, i) -> {
          Files.createDirectory(test.root.resolve("aside"));
          test.move("aside", "d/e");
        }),
    LINK_SWAPPED(
        (test, i) -> {
          Path target = Path.of(i % 2 == 0 ? "d" : "other");
          Files.createSymbolicLink(test.root.resolve("next"), target);
          test.move("next", "now");
        }),
    PLAIN_KEY_REGISTERED_AND_CANCELLED(
        (test, i) -> test.service.register(test.outside, CREATED).cancel()),
    FILE_REGISTERED_AND_CANCELLED(
        (test, i) ->
            test.service
                .register(test.outside.resolve("x" + i), CREATED, INotifyModifiers.FILE)
                .cancel());

    @SuppressWarnings("ImmutableEnumChecker") // A lambda that captures nothing.
    private final Operation operation;

    Repeated(Operation operation) {
      this.operation = operation;
    }
  }

  private void move(String from, String to) throws IOException {
    Files.move(root.resolve(from), root.resolve(to), ATOMIC_MOVE, REPLACE_EXISTING);
  }

  /** There and back. */
  private void there(String one, String other) throws IOException {
    move(one, other);
    move(other, one);
  }

  @ParameterizedTest
  @EnumSource
  void nothingGrows(Repeated repeated) throws Exception {
    Files.createDirectories(root.resolve("d/e"));
    Files.createDirectories(root.resolve("other"));
    Files.createFile(root.resolve("d/x"));
    Files.createFile(root.resolve("other/x"));
    Files.createFile(root.resolve("f"));
    Files.createSymbolicLink(root.resolve("now"), Path.of("d"));
    List<WatchKey> keys = new ArrayList<>();
    keys.add(service.register(root, ALL_KINDS, INotifyModifiers.RECURSIVE));
    keys.add(service.register(root.resolve("f"), ALL_KINDS, INotifyModifiers.FILE));
    keys.add(service.register(root.resolve("now/x"), ALL_KINDS, INotifyModifiers.FILE));
    INotifyWatchService other = INotifyWatchService.open(hub);
    keys.add(other.register(root, ALL_KINDS));
    keys.add(other.register(root.resolve("d"), CREATED, INotifyModifiers.RECURSIVE));

    repeat(repeated, keys, 0, FIRST);
    Left first = Left.now(hub);
    repeat(repeated, keys, FIRST, ALL);
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> Left.now(hub).assertLike(first));
    other.close();
  }

  private void repeat(Repeated repeated, List<WatchKey> keys, int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      repeated.operation.run(this, i);
      if (i % BATCH == BATCH - 1) {
        Pending.sync(service);
        for (WatchKey key : keys) {
          key.pollEvents();
          key.reset();
        }
        while (service.poll() != null) {
          // Signalled meanwhile: it has nothing any more.
        }
        keys.forEach(WatchKey::reset);
      }
    }
  }

  @Test
  void nothingGrows_whereATreeIsRegisteredAnewAllTheTime() throws Exception {
    Files.createDirectories(root.resolve("d/e"));
    WatchKey key = service.register(root, CREATED, INotifyModifiers.RECURSIVE);
    registerAnew(0, FIRST / 10);
    Left first = Left.now(hub);
    registerAnew(FIRST / 10, ALL / 10);
    key.pollEvents();
    await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> Left.now(hub).assertLike(first));
  }

  private void registerAnew(int from, int to) throws Exception {
    for (int i = from; i < to; i++) {
      service.register(root, i % 2 == 0 ? ALL_KINDS : CREATED, INotifyModifiers.RECURSIVE);
      service.register(root.resolve("d"), CREATED, INotifyModifiers.RECURSIVE).cancel();
      if (i % 3 == 0) {
        service.register(root, CREATED);
        service.register(root, CREATED, INotifyModifiers.RECURSIVE);
      }
    }
    Pending.sync(service);
    service.register(root, CREATED, INotifyModifiers.RECURSIVE).pollEvents();
  }

  @Test
  void nothingGrows_whereServicesAreOpenedAndClosedByFourThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      openAndClose(threads, FIRST);
      Left first = Left.now(hub);
      openAndClose(threads, ALL);
      await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> Left.now(hub).assertLike(first));
    } finally {
      threads.shutdownNow();
    }
  }

  private void openAndClose(ExecutorService threads, int times) throws Exception {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      all.add(
          threads.submit(
              () -> {
                for (int j = 0; j < times / 4; j++) {
                  try (INotifyWatchService one =
                      j % 50 == 0 ? INotifyWatchService.openDedicated() : open(j)) {
                    one.register(root, CREATED);
                    one.register(root.resolve("f"), CREATED, INotifyModifiers.FILE);
                    one.register(outside, CREATED, INotifyModifiers.RECURSIVE);
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get(120, SECONDS);
    }
  }

  /** One on the test's hub, or on that of the JVM. */
  private INotifyWatchService open(int number) throws IOException {
    return number % 2 == 0 ? INotifyWatchService.open(hub) : INotifyWatchService.open();
  }

  /** What is there at one time. */
  private record Left(
      Map<String, Long> objects, int watches, int descriptors, int instances, int threads) {

    static Left now(Hub hub) throws IOException {
      return new Left(
          LiveObjects.count(),
          KernelView.masks(hub.inotifyFd()).size(),
          KernelView.descriptors().size(),
          KernelView.instances().size(),
          KernelView.pollers().size());
    }

    void assertLike(Left first) {
      assertThat(watches).as("watches").isEqualTo(first.watches);
      assertThat(descriptors).as("descriptors").isLessThanOrEqualTo(first.descriptors);
      assertThat(instances).as("instances").isLessThanOrEqualTo(first.instances);
      assertThat(threads).as("threads").isLessThanOrEqualTo(first.threads);
      objects.forEach(
          (type, count) ->
              assertThat(count)
                  .as(type)
                  .isLessThanOrEqualTo(first.objects.getOrDefault(type, 0L) + FEW));
    }

    /** What a thread of the library may have in its hands. */
    private static final int FEW = 8;
  }
}
