package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
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

  private static final int ROUNDS = 20;

  /** So many in a round: each is followed later, with watches that come and go. */
  private static final int MOST_EXCHANGES = 500;

  @Test
  void whileATreeIsRegistered_nothingOutsideIsWatchedOrTold() throws Exception {
    Path secret = Files.createDirectories(outside.resolve("secret"));
    mkdirs("a/secret");
    Path directory = root.resolve("a");
    Path link = Files.createSymbolicLink(root.resolve("b"), outside);
    List<String> inodes = List.of(inode(outside), inode(secret));
    ExecutorService hostile = Executors.newSingleThreadExecutor();
    try {
      for (int round = 0; round < ROUNDS; round++) {
        AtomicBoolean goesOn = new AtomicBoolean(true);
        CountDownLatch begun = new CountDownLatch(1);
        Future<Integer> exchanges = hostile.submit(() -> exchange(directory, link, begun, goesOn));
        WatchKey key;
        try {
          begun.await();
          key = register(ENTRY_CREATE);
          assertThat(KernelView.watchedInodes(hub.inotifyFd())).doesNotContainAnyElementsOf(inodes);
        } finally {
          goesOn.set(false);
        }
        assertThat(exchanges.get()).as("exchanges").isPositive();
        String name = "f" + round;
        Files.createFile(outside.resolve(name));
        Files.createFile(secret.resolve(name));
        assertThat(told(key)).noneMatch(event -> event.endsWith("/" + name));
        assertThat(KernelView.watchedInodes(hub.inotifyFd())).doesNotContainAnyElementsOf(inodes);
        key.cancel();
      }
    } finally {
      hostile.shutdown();
    }
  }

  /** The inode number, as the system tells which are watched. */
  private static String inode(Path path) throws IOException {
    return Long.toHexString((Long) Files.getAttribute(path, "unix:ino"));
  }

  private static int exchange(Path one, Path other, CountDownLatch begun, AtomicBoolean goesOn)
      throws Exception {
    int times = 0;
    do {
      Syscalls.exchange(one, other);
      begun.countDown();
      times++;
    } while (goesOn.get() && times < MOST_EXCHANGES);
    return times;
  }
}
