package org.inotify4j.changes;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.SharedHub;
import org.inotify4j.hub.Subscription;
import org.junit.jupiter.api.Test;

/** Watchers that are closed leave nothing, however many there were. */
final class WatcherLeakTest extends WatcherScene {

  private static final int WATCHERS = 500;
  private static final int THREADS = 4;

  @Test
  void watchersStartedAndClosedByFourThreads_leaveNothing() throws Exception {
    mkdirs("d/e");
    write("d/f", "");
    Subscription keeper = new Subscription();
    Hub hub = SharedHub.attach(keeper);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      startAndClose(threads, 10);
      assertThat(hub.watchCount()).isZero();
      long descriptors = descriptors();
      startAndClose(threads, WATCHERS / THREADS);
      assertThat(OpenWatchers.on(hub)).isEmpty();
      assertThat(hub.watchCount()).isZero();
      await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(descriptors));
      // Those of the instance, which is open still.
      await()
          .untilAsserted(
              () ->
                  assertThat(ownThreads())
                      .containsExactlyInAnyOrder(
                          "inotify4j-poller",
                          "inotify4j-timer",
                          "inotify4j-mounts",
                          "inotify4j-worker"));
    } finally {
      threads.shutdownNow();
      hub.detach(keeper);
    }
    await().untilAsserted(() -> assertThat(ownThreads()).isEmpty());
  }

  private void startAndClose(ExecutorService threads, int times) throws Exception {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      all.add(
          threads.submit(
              () -> {
                for (int j = 0; j < times; j++) {
                  startAndClose(number + j);
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get(100, SECONDS);
    }
  }

  /** Each in its turn of another kind, some with a listener that runs, some that cannot start. */
  private void startAndClose(int number) throws Exception {
    WatcherBuilder builder =
        switch (number % 5) {
          case 0 -> PathWatcher.of(root).existing().settle(Duration.ZERO, Duration.ZERO);
          case 1 -> PathWatcher.directory(root).andFile(root.resolve("d/f")).finishedOnly();
          case 2 -> PathWatcher.of(root.resolve("not/there"));
          case 3 -> PathWatcher.of(root.resolve("d")).and(root.resolve("other"));
          default ->
              PathWatcher.of(root.resolve("d/e"))
                  .andFile(root.resolve("x"))
                  .and(root.resolve("d/f"));
        };
    builder.onError(problem -> {});
    if (number % 5 == 4) {
      assertThatThrownBy(() -> builder.start(batch -> {}))
          .isInstanceOf(NotDirectoryException.class);
      return;
    }
    try (PathWatcher watcher = builder.start(batch -> {})) {
      if (number % 5 == 0) {
        assertThat(watcher.sync(PATIENCE)).isTrue();
      }
    }
  }

  private static long descriptors() throws IOException {
    try (Stream<Path> links = Files.list(Path.of("/proc/self/fd"))) {
      return links.count();
    }
  }

  private static List<String> ownThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("inotify4j-"))
        // Complaints of other tests may wait to be told.
        .filter(name -> !name.equals("inotify4j-log"))
        .map(name -> name.replaceFirst("-[0-9]+$", ""))
        .toList();
  }
}
