package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.EventBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * While the record of an overflow waits in the kernel's queue, records that find room come behind
 * it, and others are dropped between them without another word. So a directory can be told to go
 * that is there, made anew.
 */
final class GapBehindOverflowTest {

  private static final int QUEUE = 32;

  /** Some records are read at a time, so that there is room while the overflow waits. */
  private static final int CAPACITY = EventBuffer.MIN_CAPACITY;

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE};

  @TempDir private Path root;
  private final HeldKernel kernel = new HeldKernel(CAPACITY);
  private INotifyWatchService service;
  private int files;

  @BeforeEach
  void open() throws IOException {
    service = INotifyWatchService.open(SmallQueue.of(QUEUE, kernel::openHub));
    Files.createDirectory(root.resolve("d"));
  }

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void treeWithRescan_hearsOfTheDirectoryThatWasMadeAnew() throws Exception {
    WatchKey key =
        service.register(root, KINDS, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN);
    makeGap();
    List<String> told = told(key);
    Files.createFile(root.resolve("d/x"));
    told.addAll(told(key));
    assertThat(told).endsWith("ENTRY_CREATE d/x").doesNotContain("OVERFLOW");
    assertThat(told.lastIndexOf("ENTRY_CREATE d"))
        .isGreaterThanOrEqualTo(told.lastIndexOf("ENTRY_DELETE d"));
  }

  @Test
  void tree_hearsOfTheDirectoryThatWasMadeAnew() throws Exception {
    WatchKey key = service.register(root, KINDS, INotifyModifiers.RECURSIVE);
    makeGap();
    assertThat(told(key)).contains("OVERFLOW");
    Files.createFile(root.resolve("d/x"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/x");
  }

  /** Who lists the directory when it hears of the overflow knows all that has happened. */
  @Test
  void directory_hearsOfTheOverflowBehindTheGap() throws Exception {
    WatchKey key = service.register(root, KINDS);
    makeGap();
    assertThat(told(key)).last().isEqualTo("OVERFLOW");
  }

  /** What is read at first makes room for the end of the directory, but not for its new begin. */
  private void makeGap() throws Exception {
    Gate first = kernel.holdReads();
    // One read may be under way.
    await()
        .until(
            () -> {
              create();
              return first.isReached();
            });
    for (int i = 0; i < QUEUE; i++) {
      create();
    }
    Gate second = kernel.holdReads();
    first.open();
    second.awaitReached();
    Files.delete(root.resolve("d"));
    for (int i = 0; i < QUEUE; i++) {
      create();
    }
    Files.createDirectory(root.resolve("d"));
    second.open();
  }

  private void create() throws IOException {
    Files.createFile(root.resolve("f" + files++));
  }

  private List<String> told(WatchKey key) throws InterruptedException {
    assertThat(service.sync(Duration.ofSeconds(30))).isTrue();
    List<String> told = new ArrayList<>();
    for (WatchEvent<?> event : key.pollEvents()) {
      told.add(event.kind().equals(OVERFLOW) ? "OVERFLOW" : event.kind() + " " + event.context());
    }
    key.reset();
    return told;
  }
}
