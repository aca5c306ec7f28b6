package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who asks how many watches there are holds up nobody. */
class WatchCountTest extends WholeTreeTest {

  private static final int ROUNDS = 2000;
  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final WatchEvent.Kind<?>[] DELETED = {ENTRY_DELETE};

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean isOver = new AtomicBoolean();

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private Future<Integer> askAllTheTime() {
    return threads.submit(
        () -> {
          int most = 0;
          while (!isOver.get()) {
            most = Math.max(most, service.watchCount());
          }
          return most;
        });
  }

  @Test
  void whileATreeChanges() throws Exception {
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
    Future<Integer> asking = askAllTheTime();
    TreeChanges changes = new TreeChanges(1, root, outside);
    for (int i = 0; i < ROUNDS / 100; i++) {
      changes.make(100);
      assertThat(told(key)).isNotNull();
    }
    isOver.set(true);
    assertThat(asking.get(10, SECONDS)).isPositive();
    assertThat(ManagementFactory.getThreadMXBean().findDeadlockedThreads()).isNull();
    assertThat(service.watchCount()).isEqualTo(EventModel.inodes(root).size());
  }

  @Test
  void whileAFileIsRegisteredAnew() throws Exception {
    Path file = root.resolve("f");
    Future<Integer> asking = askAllTheTime();
    Future<WatchKey> registering =
        threads.submit(
            () -> {
              WatchKey key = service.register(file, CREATED, INotifyModifiers.FILE);
              for (int i = 0; i < ROUNDS; i++) {
                service.register(file, i % 2 == 0 ? DELETED : CREATED, INotifyModifiers.FILE);
              }
              return key;
            });
    WatchKey key = registering.get(20, SECONDS);
    isOver.set(true);
    assertThat(asking.get(10, SECONDS)).isPositive();
    told(key);
    service.register(file, CREATED, INotifyModifiers.FILE);
    touch("f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE ");
    // The directories down to it, but for the root, and the file.
    assertThat(service.watchCount()).isEqualTo(root.toRealPath().getNameCount() + 1);
  }
}
