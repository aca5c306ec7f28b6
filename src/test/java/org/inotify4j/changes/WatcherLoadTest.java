package org.inotify4j.changes;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.watch.INotifyWatchService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners that take long, and such that use watchers themselves. */
final class WatcherLoadTest extends WatcherScene {

  private static final int FILES = 1_000;
  private static final int CHANGES = 100_000;

  /**
   * Told as well where the kernel's queue overflowed: the file was made so late that it may have
   * been written to since, for all that can be seen.
   */
  private static final String LATE = "MODIFIED first";

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Map<String, Long> lengths = new ConcurrentHashMap<>();

  /** Its first call does not return until that is allowed; later ones see how long files are. */
  private PathWatcher startBlocking() throws Exception {
    PathWatcher watcher =
        PathWatcher.of(root)
            .settle(Duration.ZERO, Duration.ZERO)
            .start(
                batch -> {
                  if (entered.getCount() > 0) {
                    entered.countDown();
                    assertThat(release.await(100, SECONDS)).isTrue();
                    return;
                  }
                  for (Change change : batch) {
                    lengths.put(line(change), Files.size(change.path()));
                  }
                });
    watchers.add(watcher);
    write("first", "");
    assertThat(entered.await(30, SECONDS)).isTrue();
    return watcher;
  }

  @AfterEach
  void release() {
    release.countDown();
  }

  private String line(Change change) {
    return lines(List.of(change)).get(0);
  }

  @Test
  void whileAListenerBlocks_memoryIsBoundedByTheTree_andNobodyElseIsHeldUp() throws Exception {
    PathWatcher other = start(PathWatcher.of(root));
    PathWatcher blocked = startBlocking();
    assertThat(told(other)).containsExactly("CREATED first");
    List<FileChannel> files = new ArrayList<>();
    int most = 0;
    for (int i = 0; i < FILES; i++) {
      files.add(FileChannel.open(file(i), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }
    for (int i = 0; i < CHANGES; i++) {
      files.get(i % FILES).write(ByteBuffer.wrap(new byte[] {1}));
      if (i % FILES == 0) {
        most = Math.max(most, blocked.statistics().waiting());
      }
    }
    for (FileChannel file : files) {
      file.close();
    }
    List<String> all =
        IntStream.range(0, FILES).mapToObj(i -> "CREATED " + file(i).getFileName()).toList();
    assertThat(told(other).stream().filter(line -> !line.equals(LATE)))
        .containsExactlyInAnyOrderElementsOf(all);
    assertThat(blocked.sync(Duration.ofMillis(20))).isFalse();
    assertThat(blocked.sync(Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
    assertThat(Math.max(most, blocked.statistics().waiting())).isBetween(1, FILES + 1);
    try (INotifyWatchService service = INotifyWatchService.open()) {
      WatchKey key = service.register(root, ENTRY_CREATE);
      write("new", "");
      assertThat(service.poll(30, SECONDS)).isSameAs(key);
    }
    assertThat(told(other)).containsExactly("CREATED new");
    assertThat(lengths).isEmpty();

    release.countDown();
    assertThat(blocked.sync(PATIENCE)).isTrue();
    lengths.remove(LATE);
    assertThat(lengths).hasSize(FILES + 1).containsKeys(all.toArray(new String[0]));
    all.forEach(line -> assertThat(lengths.get(line)).isEqualTo(CHANGES / FILES));
  }

  private Path file(int number) {
    return root.resolve("f" + number);
  }

  @Test
  void aBlockedListener_isToldTheLastOfEachFile_alsoWhereRecordsWereLost() throws Exception {
    PathWatcher blocked = startBlocking();
    for (int i = 0; i < 10; i++) {
      write("f" + i, "x".repeat(i));
    }
    move("f1", "g1");
    delete("f2");
    await().until(() -> blocked.statistics().waiting() == 10);
    OpenWatchers.all().forEach(Watching::recordsLost);
    write("f3", "more than it was");
    release.countDown();
    assertThat(blocked.sync(PATIENCE)).isTrue();
    // These came so late that they may have been written to since, for all that can be seen.
    lengths.keySet().removeIf(line -> line.startsWith("MODIFIED "));
    assertThat(lengths)
        .hasSize(9)
        .containsEntry("CREATED g1", 1L)
        .containsEntry("CREATED f3", 16L)
        .containsEntry("CREATED f9", 9L)
        .doesNotContainKeys("CREATED f1", "CREATED f2");
    assertThat(blocked.statistics().losses()).isPositive();
  }

  @Test
  void aListenerStartsAnotherWatcher_andClosesIt() throws Exception {
    AtomicReference<PathWatcher> second = new AtomicReference<>();
    PathWatcher first =
        PathWatcher.directory(root)
            .settle(Duration.ZERO, Duration.ZERO)
            .start(
                batch -> {
                  for (Change change : batch) {
                    if (change.isDirectory()) {
                      second.set(start(PathWatcher.of(change.path()).existing()));
                    } else {
                      second.get().close();
                    }
                  }
                });
    watchers.add(first);
    mkdirs("d");
    assertThat(first.sync(PATIENCE)).isTrue();
    assertThat(told(second.get())).isEmpty();
    write("d/f", "");
    assertThat(told(second.get())).containsExactly("CREATED d/f");
    write("end", "");
    assertThat(first.sync(PATIENCE)).isTrue();
    assertThat(second.get().isOpen()).isFalse();
  }

  @Test
  void listenerInTheThreadThatHandsOver_isCalledUnderNoLock() throws Exception {
    Path elsewhere = Files.createFile(directory.resolve("elsewhere"));
    PathWatcher watcher =
        PathWatcher.of(root)
            .finishedOnly()
            .settle(Duration.ZERO, Duration.ZERO)
            .executor(Runnable::run)
            .onError(problem -> problems.add(problem.toString()))
            .start(
                batch -> {
                  OrderedLock.mayBlock();
                  batches.add(lines(batch));
                });
    watchers.add(watcher);
    write("a", "");
    assertThat(told(watcher)).containsExactly("CREATED a");
    // Nothing but a look of its own says that this one is finished.
    try (FileChannel writer = FileChannel.open(elsewhere, StandardOpenOption.WRITE)) {
      Files.createLink(root.resolve("here"), elsewhere);
      assertThat(told(watcher)).isEmpty();
      writer.write(ByteBuffer.wrap(new byte[] {1}));
    }
    await().until(() -> !batches.isEmpty() || !problems.isEmpty());
    assertThat(problems).isEmpty();
    assertThat(batches).containsExactly(List.of("CREATED here"));
  }

  @Test
  void listenerInTheThreadThatHandsOver_holdsNobodyUp_whenItBlocks() throws Exception {
    PathWatcher watcher =
        PathWatcher.of(root)
            .settle(Duration.ZERO, Duration.ZERO)
            .executor(Runnable::run)
            .start(
                batch -> {
                  batches.add(lines(batch));
                  entered.countDown();
                  assertThat(release.await(60, SECONDS)).isTrue();
                });
    watchers.add(watcher);
    write("a", "");
    assertThat(entered.await(30, SECONDS)).isTrue();
    write("b", "");
    write("c", "");
    // Who follows the tree goes on: the root is remembered as well.
    await().until(() -> watcher.statistics().waiting() == 3);
    assertThat(watcher.snapshot()).isNotNull();
    release.countDown();
    assertThat(told(watcher)).containsExactlyInAnyOrder("CREATED a", "CREATED b", "CREATED c");
  }
}
