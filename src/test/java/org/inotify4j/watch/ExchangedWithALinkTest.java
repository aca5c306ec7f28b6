package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.Syscalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Somebody exchanges directories of a tree with links that lead out of it, all the time: whenever
 * that is, nothing outside is watched or told.
 */
@Timeout(60)
final class ExchangedWithALinkTest extends WholeTreeTest {

  /** How long trees are registered, one after the other. */
  private static final Duration LONG = Duration.ofSeconds(10);

  /** So often before, that it is fast. */
  private static final int WARM = 200;

  /**
   * So often meanwhile: what is exchanged is followed later, which takes longer than to exchange
   * it, and is waited for.
   */
  private static final int MOST = 3000;

  /** A directory of what is outside, and of the tree. */
  private static final String SECRET = "secret";

  private final List<String> forbidden = new ArrayList<>();

  @Test
  void whileATreeIsRegistered_nothingOutsideIsWatchedOrTold() throws Exception {
    forbidden.add(inode(outside));
    forbidden.add(inode(Files.createDirectory(outside.resolve(SECRET))));
    mkdirs("a/" + SECRET);
    Path directory = root.resolve("a");
    Path link = Files.createSymbolicLink(root.resolve("b"), outside);
    for (int i = 0; i < WARM; i++) {
      register(ENTRY_CREATE).cancel();
    }
    ExecutorService hostile = Executors.newSingleThreadExecutor();
    long before = System.nanoTime();
    try {
      for (int round = 0; System.nanoTime() - before < LONG.toNanos(); round++) {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        CountDownLatch begun = new CountDownLatch(1);
        Future<Integer> exchanges = hostile.submit(() -> exchange(directory, link, begun, goesOn));
        begun.await();
        WatchKey key;
        try {
          key = register(ENTRY_CREATE);
          assertNothingOutsideIsWatched();
        } finally {
          goesOn.set(false);
        }
        assertThat(exchanges.get()).as("exchanges").isPositive();
        assertNothingOutsideIsTold(key, "f" + round);
        assertNothingOutsideIsWatched();
        key.cancel();
      }
    } finally {
      hostile.shutdown();
    }
  }

  private void assertNothingOutsideIsTold(WatchKey key, String name) throws Exception {
    Files.createFile(outside.resolve(name));
    Files.createFile(outside.resolve(SECRET).resolve(name));
    assertThat(told(key)).noneMatch(event -> event.endsWith("/" + name));
  }

  private void assertNothingOutsideIsWatched() throws IOException {
    assertThat(KernelView.watchedInodes(hub.inotifyFd())).doesNotContainAnyElementsOf(forbidden);
  }

  /** The inode number, as the system tells which are watched. */
  private static String inode(Path path) throws IOException {
    return Long.toHexString((Long) Files.getAttribute(path, "unix:ino"));
  }

  /** Without a pause, as long as it is to go on, and not too often. */
  private static int exchange(Path one, Path other, CountDownLatch begun, AtomicBoolean goesOn)
      throws Exception {
    int times = 0;
    while (goesOn.get() && times < MOST) {
      Syscalls.exchange(one, other);
      begun.countDown();
      times++;
    }
    return times;
  }
}
