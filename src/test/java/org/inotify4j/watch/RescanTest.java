package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.CLOSE_WRITE;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyModifiers.FILE;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.Test;

/** Keys that never overflow: what was lost is found, and told as the events that were lost. */
final class RescanTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] STANDARD = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, RENAME
  };

  /** One whose queue takes 64 events. */
  @Override
  Hub openHub() throws IOException {
    return SmallQueue.of(64, kernel::openHub);
  }

  /** Something that is done while the kernel's queue is full: the events of it are lost. */
  private interface Change {
    void run() throws Exception;
  }

  private void unheard(Change change) throws Exception {
    Path noise = Files.createDirectories(outside.resolve("noise"));
    WatchKey key = service.register(noise, ENTRY_CREATE);
    try (Gate gate = kernel.holdReads()) {
      for (int i = 0; i < 100; i++) {
        Files.createTempFile(noise, "n", null);
      }
      gate.awaitReached();
      change.run();
    }
    Pending.sync(service);
    key.cancel();
  }

  /** Registers when it is certain how everything is: nothing was changed just now. */
  private WatchKey registerSettled(WatchEvent.Kind<?>[] kinds, WatchEvent.Modifier... modifiers)
      throws Exception {
    await()
        .until(
            () -> TreeSnapshot.take(root),
            taken -> taken.entries().noneMatch(TreeSnapshot.Entry::isUncertain));
    return service.register(root, kinds, modifiers);
  }

  private void write(String path) throws IOException {
    Files.writeString(root.resolve(path), "text");
  }

  @Test
  void tree_isToldWhatWasLost_inAnOrderThatCanBeApplied() throws Exception {
    mkdirs("gone/below");
    touch("gone/below/f");
    mkdirs("a/b");
    touch("a/b/f");
    touch("written");
    touch("replaced");
    touch("old");
    WatchKey key = registerSettled(WITH_RENAMES, RECURSIVE, RESCAN);
    unheard(
        () -> {
          TreeChanges.removeAll(root.resolve("gone"));
          move("a", "c");
          write("c/b/new");
          write("written");
          Files.delete(root.resolve("replaced"));
          Files.createFile(outside.resolve("another"));
          move(outside.resolve("another"), root.resolve("replaced"));
          move("old", "new");
          mkdirs("d/e");
        });
    List<INotifyWatchEvent<?>> events = new ArrayList<>();
    key.pollEvents().forEach(event -> events.add((INotifyWatchEvent<?>) event));
    List<String> told = Told.of(new ArrayList<>(events));
    assertThat(told)
        .containsExactlyInAnyOrder(
            "ENTRY_DELETE gone/below/f",
            "ENTRY_DELETE gone/below",
            "ENTRY_DELETE gone",
            "RENAME a -> c",
            "ENTRY_CREATE c/b/new",
            "ENTRY_MODIFY written",
            "ENTRY_DELETE replaced",
            "ENTRY_CREATE replaced",
            "RENAME old -> new",
            "ENTRY_CREATE d",
            "ENTRY_CREATE d/e")
        .containsSubsequence(
            "ENTRY_DELETE gone/below/f", "ENTRY_DELETE gone/below", "ENTRY_DELETE gone")
        .containsSubsequence("RENAME a -> c", "ENTRY_CREATE c/b/new")
        .containsSubsequence("ENTRY_DELETE replaced", "ENTRY_CREATE replaced")
        .containsSubsequence("ENTRY_CREATE d", "ENTRY_CREATE d/e");
    assertThat(events).allMatch(INotifyWatchEvent::isSynthetic);
    touch("d/e/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/e/f");
    assertWatchesAreTheDirectories();
  }

  @Test
  void whoKnowsNoRenames_isToldWhatADirectoryBroughtWithIt() throws Exception {
    mkdirs("a/b");
    touch("a/b/f");
    WatchKey key = registerSettled(STANDARD, RECURSIVE, RESCAN);
    unheard(() -> move("a", "c"));
    assertThat(Told.by(key))
        .containsExactly(
            "ENTRY_DELETE a", "ENTRY_CREATE c", "ENTRY_CREATE c/b", "ENTRY_CREATE c/b/f");
  }

  @Test
  void snapshotInTheMiddleOfIt_hasWhatWasTold_andNoMore() throws Exception {
    mkdirs("a/b");
    for (int i = 0; i < 20; i++) {
      touch("a/b/f" + i);
    }
    try (INotifyWatchService small = Bound.of(5, hub)) {
      WatchKey key = small.register(root, STANDARD, RECURSIVE, RESCAN);
      unheard(() -> move("a", "c"));
      List<String> told = new ArrayList<>();
      await()
          .until(
              () -> {
                told.addAll(Told.by(key));
                return told.contains("ENTRY_CREATE c");
              });
      assertThat(small.snapshot(key).entries().map(entry -> "ENTRY_CREATE " + entry.path()))
          .isSubsetOf(told);
      while (!small.sync(Duration.ofMillis(20))) {
        told.addAll(Told.by(key));
      }
      told.addAll(Told.by(key));
      // Files that were made so shortly before may have been written to since.
      told.removeIf(line -> line.startsWith("ENTRY_MODIFY "));
      assertThat(told).contains("ENTRY_DELETE a", "ENTRY_CREATE c/b").hasSize(23);
    }
  }

  @Test
  void directory_isToldOfItsOwnEntries() throws Exception {
    mkdirs("sub");
    touch("f");
    WatchKey key = registerSettled(STANDARD, RESCAN);
    unheard(
        () -> {
          touch("sub/unheard");
          write("f");
          touch("g");
        });
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE g", "ENTRY_MODIFY f");
    touch("h");
    assertThat(told(key)).containsExactly("ENTRY_CREATE h");
  }

  @Test
  void file_isToldWhatItIsByNow() throws Exception {
    touch("f");
    WatchKey key = service.register(root.resolve("f"), STANDARD, FILE, RESCAN);
    unheard(() -> write("f"));
    assertThat(Told.by(key)).containsExactly("ENTRY_MODIFY ");
    unheard(() -> Files.delete(root.resolve("f")));
    assertThat(Told.by(key)).containsExactly("ENTRY_DELETE ");
    unheard(() -> write("f"));
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE ");
    unheard(
        () -> {
          Files.createFile(outside.resolve("g"));
          move(outside.resolve("g"), root.resolve("f"));
        });
    assertThat(Told.by(key)).containsExactly("ENTRY_MODIFY ");
  }

  @Test
  void whoWantsFinishedFiles_hearsOfThoseThatNobodyIsWriting() throws Exception {
    touch("written");
    WatchEvent.Kind<?>[] finished = {CLOSE_WRITE};
    WatchKey key = registerSettled(finished, RECURSIVE, RESCAN);
    try (OutputStream writer = Files.newOutputStream(root.resolve("open"))) {
      unheard(
          () -> {
            write("new");
            write("written");
            writer.write(1);
          });
      assertThat(Told.by(key)).containsExactlyInAnyOrder("CLOSE_WRITE new", "CLOSE_WRITE written");
    }
    assertThat(told(key)).containsExactly("CLOSE_WRITE open");
  }

  @Test
  void pastTheBoundOfAKey_itIsToldTheNetChanges_andNeverAnOverflow() throws Exception {
    for (int i = 0; i < 50; i++) {
      touch("old" + i);
    }
    try (INotifyWatchService small = Bound.of(10, hub)) {
      WatchKey key = small.register(root, STANDARD, RECURSIVE, RESCAN);
      EventModel model = new EventModel(small, key);
      for (int i = 0; i < 50; i++) {
        Files.delete(root.resolve("old" + i));
        touch("passing" + i);
        Files.delete(root.resolve("passing" + i));
        mkdirs("d" + i);
        touch("d" + i + "/f");
      }
      // What waits for room is told when there is some.
      while (!small.sync(Duration.ofMillis(20))) {
        model.poll();
      }
      assertThat(model.hasOverflowed()).isFalse();
      model.assertExact(hub, "at rest");
    }
  }

  @Test
  void fileThatMayHaveBeenReadWhileItsDirectoryWasElsewhere_isToldOnceMore() throws Exception {
    Path come = Files.createDirectory(outside.resolve("come"));
    Files.createFile(come.resolve("f"));
    Path away = outside.resolve("away");
    WatchKey key = registerSettled(STANDARD, RECURSIVE, RESCAN);
    await()
        .until(
            () -> TreeSnapshot.take(outside),
            taken -> taken.entries().noneMatch(TreeSnapshot.Entry::isUncertain));
    Path there = root.resolve("come");
    // Later than a moment after it was told, it has been read.
    await()
        .until(
            () -> {
              unheard(() -> Files.move(come, there));
              assertThat(told(key)).containsExactly("ENTRY_CREATE come", "ENTRY_CREATE come/f");
              unheard(
                  () -> {
                    Files.move(there, away);
                    Files.move(away, there);
                  });
              List<String> told = told(key);
              unheard(() -> Files.move(there, come));
              assertThat(told(key)).endsWith("ENTRY_DELETE come");
              return told.equals(List.of("ENTRY_MODIFY come/f"));
            });
  }
}
