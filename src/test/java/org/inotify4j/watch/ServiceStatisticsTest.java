package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;

/** What a service has, and what it has counted. */
final class ServiceStatisticsTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final String BOUND = "inotify4j.maxPendingEvents";

  /** One whose queue takes 64 events. */
  @Override
  Hub openHub() throws IOException {
    return SmallQueue.of(64, kernel::openHub);
  }

  private static ServiceStatistics figures(
      int watches, int keys, long pending, long bytes, long delivered) {
    return new ServiceStatistics(watches, keys, pending, bytes, delivered, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void whatIsPending_andWhatWasPolled() throws Exception {
    assertThat(service.statistics()).isEqualTo(figures(0, 0, 0, 0, 0));
    WatchKey key = service.register(root, ENTRY_CREATE);
    WatchKey other = service.register(outside, ENTRY_CREATE);
    touch("a");
    touch("b");
    Files.createFile(outside.resolve("c"));
    Pending.sync(service);
    long bytes = service.budget().used();
    assertThat(bytes).isPositive();
    assertThat(service.statistics()).isEqualTo(figures(2, 2, 3, bytes, 0));
    assertThat(key.pollEvents()).hasSize(2);
    assertThat(service.statistics()).isEqualTo(figures(2, 2, 1, bytes / 2, 2));
    other.cancel();
    assertThat(service.statistics()).isEqualTo(figures(1, 1, 0, 0, 2));
    assertThat(other.pollEvents()).hasSize(1);
    assertThat(service.statistics()).isEqualTo(figures(1, 1, 0, 0, 3));
    touch("d");
    Pending.sync(service);
    service.close();
    assertThat(service.statistics()).isEqualTo(figures(0, 0, 0, 0, 3));
  }

  @Test
  void treesAndFiles_areCountedToo() throws Exception {
    mkdirs("a/b");
    WatchKey key = register(ENTRY_CREATE);
    Path file = outside.resolve("f");
    WatchKey ofFile = service.register(file, CREATED, INotifyModifiers.FILE);
    touch("a/b/c");
    Files.createFile(file);
    Pending.sync(service);
    ServiceStatistics statistics = service.statistics();
    assertThat(statistics.keys()).isEqualTo(2);
    assertThat(statistics.watches()).isEqualTo(service.watchCount());
    assertThat(statistics.pendingEvents()).isEqualTo(2);
    assertThat(key.pollEvents().size() + ofFile.pollEvents().size()).isEqualTo(2);
    assertThat(service.statistics().deliveredEvents()).isEqualTo(2);
  }

  @Test
  void keyThatIsFull_isCountedOnceEachTime() throws Exception {
    System.setProperty(BOUND, "2");
    try (INotifyWatchService small = INotifyWatchService.openDedicated()) {
      WatchKey key = small.register(root, ENTRY_CREATE);
      for (int round = 1; round <= 2; round++) {
        for (int i = 0; i < 5; i++) {
          touch("f" + round + i);
        }
        Pending.sync(small);
        assertThat(small.statistics().keyOverflows()).isEqualTo(round);
        assertThat(small.statistics().pendingEvents()).isEqualTo(1);
        assertThat(key.pollEvents()).hasSize(1);
        assertThat(small.statistics().deliveredEvents()).isEqualTo(round);
      }
      assertThat(small.statistics().queueOverflows()).isZero();
    } finally {
      System.clearProperty(BOUND);
    }
  }

  private void overflow() throws Exception {
    try (Gate gate = kernel.holdReads()) {
      for (int i = 0; i < 100; i++) {
        Files.createTempFile(root, "n", null);
      }
      gate.awaitReached();
      for (int i = 0; i < 100; i++) {
        Files.createTempFile(root, "n", null);
      }
    }
    Pending.sync(service);
  }

  @Test
  void queueThatIsFull_andTheRepair() throws Exception {
    WatchKey key = register(ENTRY_CREATE);
    overflow();
    ServiceStatistics statistics = service.statistics();
    assertThat(statistics.queueOverflows()).isPositive();
    assertThat(statistics.repairs()).isPositive();
    assertThat(statistics.keyOverflows() + statistics.rescans()).isZero();
    assertThat(Told.by(key)).endsWith("OVERFLOW");
  }

  @Test
  void rescan() throws Exception {
    WatchKey key =
        service.register(root, CREATED, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN);
    overflow();
    assertThat(service.statistics().rescans()).isPositive();
    assertThat(service.statistics().pollRounds()).isZero();
    assertThat(Told.by(key)).hasSizeGreaterThanOrEqualTo(200).doesNotContain("OVERFLOW");
  }

  @Test
  void pollRounds() throws Exception {
    WatchEvent.Modifier polled = INotifyModifiers.poll(Duration.ofMillis(20));
    assertThat(service.register(root, CREATED, polled).isValid()).isTrue();
    await().until(() -> service.statistics().pollRounds() >= 3);
    assertThat(service.statistics().rescans()).isZero();
  }

  @Test
  void directoriesThatAreNotWatched() throws Exception {
    kernel.refuseToOpen("locked", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, INotifyEventKinds.UNWATCHED);
    mkdirs("a/locked");
    mkdirs("b/locked");
    told(key);
    assertThat(service.statistics().unwatchedDirectories()).isEqualTo(2);
    kernel.allow("locked");
    Files.delete(root.resolve("a/locked"));
    told(key);
    assertThat(service.statistics().unwatchedDirectories()).isEqualTo(1);
  }
}
