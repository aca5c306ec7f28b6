package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.KernelView.awaitNoHub;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.hub.Hub;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything from many threads at once, over the machine's kernel: nothing hangs, no watch is left,
 * and whatever key is valid in the end hears.
 */
@Timeout(120)
class StressTest {

  private static final int ROUNDS = Integer.getInteger("inotify4j.stressRounds", 3_000);
  private static final int DIRECTORIES = 8;
  private static final int PATIENCE_SECONDS = 100;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> counted = new ArrayList<>();
  private final List<Future<?>> endless = new ArrayList<>();
  private final AtomicBoolean over = new AtomicBoolean();
  @TempDir private Path root;
  private Hub hub;
  private INotifyWatchService kept;

  @BeforeEach
  void open() throws IOException {
    awaitNoHub();
    hub = Hub.open();
    kept = INotifyWatchService.open(hub);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    kept.close();
    awaitNoHub();
  }

  /** What a thread does again and again until the test is over. */
  private interface Step {
    void run() throws Exception;
  }

  private void repeat(Step step) {
    endless.add(
        threads.submit(
            () -> {
              while (!over.get()) {
                step.run();
              }
              return null;
            }));
  }

  private void times(int rounds, Step step) {
    counted.add(
        threads.submit(
            () -> {
              for (int i = 0; i < rounds; i++) {
                step.run();
              }
              return null;
            }));
  }

  /** Waits for the threads, whose failures are the test's. */
  private void join() throws Exception {
    for (Future<?> future : counted) {
      future.get(PATIENCE_SECONDS, SECONDS);
    }
    over.set(true);
    for (Future<?> future : endless) {
      future.get(PATIENCE_SECONDS, SECONDS);
    }
  }

  private Path any() {
    return root.resolve("d" + ThreadLocalRandom.current().nextInt(DIRECTORIES));
  }

  private static void makeAndRemove(Path directory) throws IOException {
    try {
      Files.createDirectory(directory);
      Files.delete(Files.createFile(directory.resolve("f")));
      Files.delete(directory);
    } catch (FileAlreadyExistsException | NoSuchFileException | DirectoryNotEmptyException e) {
      // Another thread makes and removes it as well.
      Files.deleteIfExists(directory.resolve("f"));
      Files.deleteIfExists(directory);
    }
  }

  private static final WatchEvent.Kind<?>[][] KINDS = {
    {ENTRY_CREATE}, {ENTRY_DELETE}, {ENTRY_CREATE, ENTRY_DELETE}, {INotifyEventKinds.RENAME}
  };

  private static WatchEvent.Kind<?>[] anyKinds() {
    return KINDS[ThreadLocalRandom.current().nextInt(KINDS.length)];
  }

  @SuppressWarnings("ThreadPriorityCheck") // Yielding lets the threads meet in more places.
  @Test
  void registeredCancelledAndClosedWhileTheDirectoryDisappears() throws Exception {
    Path directory = root.resolve("d");
    AtomicInteger met = new AtomicInteger();
    Step meeting =
        () -> {
          try {
            WatchKey key = kept.register(directory, anyKinds());
            met.incrementAndGet();
            if (ThreadLocalRandom.current().nextBoolean()) {
              key.cancel();
            }
            key.reset();
            Thread.yield();
          } catch (NoSuchFileException e) {
            // As it may be.
          }
        };
    Step closing =
        () -> {
          try (INotifyWatchService service = INotifyWatchService.open(hub)) {
            service.register(directory, ENTRY_CREATE);
            met.incrementAndGet();
            Thread.yield();
          } catch (NoSuchFileException e) {
            // As it may be.
          }
        };
    repeat(meeting);
    repeat(closing);
    int made = 0;
    for (; met.get() < ROUNDS && endless.stream().noneMatch(Future::isDone); made++) {
      Files.createDirectory(directory);
      Files.delete(directory);
    }
    join();
    System.out.println(met + " registrations of a directory removed " + made + " times");

    Pending.sync(kept);
    // Who narrows a mask has the directory open for a moment, and its end comes after that.
    await("watches of a directory that is gone").until(() -> hub.watchCount() == 0);
    KernelView.awaitNoLeak(hub);
  }

  @Test
  void registeringCancellingResettingAndClosingFromManyThreads() throws Exception {
    List<Path> lasting = new ArrayList<>();
    for (int i = 0; i < DIRECTORIES; i++) {
      lasting.add(Files.createDirectory(root.resolve("lasting" + i)));
    }
    List<WatchKey> lastingKeys = new ArrayList<>();
    for (Path directory : lasting) {
      lastingKeys.add(kept.register(directory, ENTRY_CREATE));
    }
    repeat(() -> makeAndRemove(any()));
    repeat(
        () -> {
          Path directory = lasting.get(ThreadLocalRandom.current().nextInt(DIRECTORIES));
          Files.delete(Files.createTempFile(directory, "", ""));
        });
    // A consumer that registers, asks anew and cancels in its own loop.
    repeat(
        () -> {
          WatchKey key = kept.poll(1, TimeUnit.MILLISECONDS);
          if (key != null) {
            key.pollEvents();
            registerIfThere(kept, any());
            if (!lastingKeys.contains(key) && ThreadLocalRandom.current().nextBoolean()) {
              key.cancel();
            }
            key.reset();
          }
        });
    // Services that others close while they are used.
    for (int i = 0; i < 2; i++) {
      times(
          ROUNDS / 20,
          () -> {
            INotifyWatchService service = INotifyWatchService.open(hub);
            Future<?> taking = threads.submit(() -> consume(service, lasting));
            for (Path directory : lasting) {
              registerIfThere(service, directory);
              registerIfThere(service, any());
            }
            Future<?> closing = threads.submit(service::close);
            service.close();
            closing.get(PATIENCE_SECONDS, SECONDS);
            taking.get(PATIENCE_SECONDS, SECONDS);
          });
    }
    join();

    for (Path directory : lasting) {
      lastingKeys.forEach(WatchKey::pollEvents);
      Path file = Files.createFile(directory.resolve("last"));
      WatchKey key = lastingKeys.get(lasting.indexOf(directory));
      assertThat(key.isValid()).isTrue();
      assertThat(Told.by(key, kept)).contains("ENTRY_CREATE " + file.getFileName());
    }
    for (WatchKey key; (key = kept.poll()) != null; ) {
      key.cancel();
    }
    KernelView.awaitNoLeak(hub);
    lastingKeys.forEach(WatchKey::cancel);
    Pending.sync(kept);
    await().until(() -> hub.watchCount() == 0);
    KernelView.awaitNoLeak(hub);
  }

  private void registerIfThere(INotifyWatchService service, Path directory) throws IOException {
    try {
      service.register(directory, anyKinds());
    } catch (NoSuchFileException e) {
      // As it may be.
    } catch (ClosedWatchServiceException e) {
      assertThat(service.isOpen()).isFalse();
    }
  }

  /** Takes until the service is closed, which ends the wait in any case. */
  private @Nullable Void consume(INotifyWatchService service, List<Path> directories)
      throws Exception {
    try {
      while (true) {
        WatchKey key = service.take();
        key.pollEvents();
        registerIfThere(service, directories.get(0));
        key.cancel();
      }
    } catch (ClosedWatchServiceException e) {
      return null;
    }
  }

  @Test
  void theSharedHubStartsAndEndsUnderManyThreads() throws Exception {
    kept.close();
    for (int i = 0; i < 4; i++) {
      times(
          ROUNDS / 40,
          () -> {
            try (INotifyWatchService service = INotifyWatchService.open()) {
              WatchKey key = service.register(root, ENTRY_CREATE);
              Path file = Files.createTempFile(root, "", "");
              assertThat(service.take()).isSameAs(key);
              Pending.sync(service);
              Files.delete(file);
            }
          });
    }
    join();
    awaitNoHub();
  }
}
