package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Syscalls;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What moved may have been exchanged, so that one looks at its old place. Where that fails, at
 * whichever call, nothing is told that is not there, and what is there is told soon.
 */
final class LookedBehindInVainTest {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final WatchEvent.Kind<?>[] RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, RENAME, UNWATCHED
  };
  private static final WatchEvent.Kind<?>[] NO_RENAMES = {ENTRY_CREATE, ENTRY_DELETE, UNWATCHED};

  @TempDir private Path scratch;

  /** A change of the disk. */
  private interface Change {
    void run(Path root) throws IOException;
  }

  private Path makeTree() throws IOException {
    Path root = Files.createTempDirectory(scratch, "root");
    Files.createDirectories(root.resolve("one/x"));
    Files.createDirectories(root.resolve("other/y"));
    Files.createFile(root.resolve("file"));
    return root;
  }

  private static void move(Path root, String from, String to) throws IOException {
    WholeTreeTest.move(root.resolve(from), root.resolve(to));
  }

  private static void exchange(Path root, String one, String other) throws IOException {
    Syscalls.exchange(root.resolve(one), root.resolve(other));
  }

  /** A change during which a call fails: soon what is told is what there is, and later as well. */
  private EachCallFails.Life life(WatchEvent.Kind<?>[] kinds, Change change) {
    return (kernel, arm) -> {
      Path root = makeTree();
      try (INotifyWatchService service = INotifyWatchService.open(kernel.openHub())) {
        WatchKey key = service.register(root, kinds, INotifyModifiers.RECURSIVE);
        EventModel model = new EventModel(service, key);
        arm.run();
        change.run(root);
        model.sync();
        kernel.allowAll();
        awaitTruth(model, root);
        for (String path : EventModel.list(root)) {
          if (Files.isDirectory(root.resolve(path))) {
            Files.createFile(root.resolve(path).resolve("last"));
          }
        }
        awaitTruth(model, root);
        assertThat(model.hasOverflowed()).isFalse();
      }
    };
  }

  private static void awaitTruth(EventModel model, Path root) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              model.sync();
              model.poll();
              assertThat(model.paths()).as("%s", model.history()).isEqualTo(EventModel.list(root));
            });
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({"openat, EMFILE", "openat, EIO", "open, EMFILE", "inotifyAddWatch, ENOMEM"})
  void directoriesThatAreExchanged(String call, Errno errno) throws Exception {
    Change change = root -> exchange(root, "one", "other");
    assertThat(EachCallFails.failures(call, errno, life(RENAMES, change))).isEmpty();
    assertThat(EachCallFails.failures(call, errno, life(NO_RENAMES, change))).isEmpty();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({"openat, EMFILE", "open, EMFILE", "inotifyAddWatch, ENOMEM"})
  void directoryThatIsExchangedWithAFile(String call, Errno errno) throws Exception {
    Change there = root -> exchange(root, "one", "file");
    Change back = root -> exchange(root, "file", "one");
    assertThat(EachCallFails.failures(call, errno, life(RENAMES, there))).isEmpty();
    assertThat(EachCallFails.failures(call, errno, life(NO_RENAMES, back))).isEmpty();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({"openat, EMFILE", "open, EMFILE", "inotifyAddWatch, ENOMEM"})
  void nothingIsToldOfAPlaceThatWasLeft(String call, Errno errno) throws Exception {
    EachCallFails.Life life =
        (kernel, arm) -> {
          Path root = makeTree();
          try (INotifyWatchService service = INotifyWatchService.open(kernel.openHub())) {
            WatchKey key = service.register(root, RENAMES, INotifyModifiers.RECURSIVE);
            move(root, "one", "other/in");
            assertThat(Told.by(key, service)).containsExactly("RENAME one -> other/in");
            // What came by a move and goes by a move may have been exchanged.
            arm.run();
            move(root, "other/in", "other/in2");
            List<String> told = new ArrayList<>(Told.by(key, service));
            kernel.allowAll();
            // What could not be looked at is looked at within that time.
            await()
                .during(Duration.ofMillis(1500))
                .atMost(SOON)
                .until(
                    () -> {
                      told.addAll(Told.by(key, service));
                      return true;
                    });
            assertThat(told).containsExactly("RENAME other/in -> other/in2");
          }
        };
    assertThat(EachCallFails.failures(call, errno, life)).isEmpty();
  }
}
