package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events are lost, and one call fails while that is made good, whichever: it is made good soon. */
final class RepairFaultsTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  @TempDir private Path scratch;

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({
    "openat, EMFILE",
    "open, EMFILE",
    "inotifyAddWatch, ENOMEM",
    "getdents64, EIO",
    "openat, EIO"
  })
  void aTree(String call, Errno errno) throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, RENAME, UNWATCHED};
    EachCallFails.Life life =
        (kernel, arm) -> {
          Path root = Files.createTempDirectory(scratch, "root");
          Files.createDirectories(root.resolve("a/b"));
          Files.createDirectories(root.resolve("c/d"));
          Hub hub = kernel.openHub();
          try (INotifyWatchService service = INotifyWatchService.open(hub)) {
            WatchKey key = service.register(root, kinds, INotifyModifiers.RECURSIVE);
            EventModel model = new EventModel(service, key);
            arm.run();
            kernel.loseEvents();
            Files.createDirectories(root.resolve("a/new/deep"));
            WholeTreeTest.move(root.resolve("a/b"), root.resolve("c/b"));
            TreeChanges.removeAll(root.resolve("c/d"));
            model.sync();
            assertThat(kernel.isLosing()).isFalse();
            kernel.allowAll();
            awaitExact(model, hub, root);
            Files.createDirectories(root.resolve("a/new/deep/later"));
            Files.createDirectories(root.resolve("c/b/later"));
            awaitExact(model, hub, root);
          }
        };
    assertThat(EachCallFails.failures(call, errno, life)).isEmpty();
  }

  /** Its watch lives on; but nobody has seen what came into it meanwhile. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void aDirectoryThatCannotBeOpenedThen_isReadSoon() throws Exception {
    PickyKernel kernel = new PickyKernel();
    Files.createDirectory(scratch.resolve("a"));
    Hub hub = kernel.openHub();
    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, UNWATCHED};
      WatchKey key = service.register(scratch, kinds, INotifyModifiers.RECURSIVE);
      EventModel model = new EventModel(service, key);
      kernel.refuse("openat", "a"::equals, Errno.EMFILE.number()).times(1);
      kernel.loseEvents();
      Files.createDirectory(scratch.resolve("a/new"));
      awaitExact(model, hub, scratch);
      Files.createFile(scratch.resolve("a/new/f"));
      awaitExact(model, hub, scratch);
    }
  }

  private static void awaitExact(EventModel model, Hub hub, Path root) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              model.sync();
              model.poll();
              assertThat(model.paths()).as("%s", model.history()).isEqualTo(EventModel.list(root));
              assertThat(EventModel.watchedInodes(hub))
                  .as("watched after %s", model.history())
                  .isEqualTo(EventModel.inodes(root));
            });
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({"openat, EMFILE", "open, EMFILE", "inotifyAddWatch, ENOMEM", "openat, ENOENT"})
  void aFile(String call, Errno errno) throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, UNWATCHED};
    EachCallFails.Life life =
        (kernel, arm) -> {
          Path root = Files.createTempDirectory(scratch, "root");
          Files.createFile(Files.createDirectory(root.resolve("one")).resolve("f"));
          Files.createFile(Files.createDirectory(root.resolve("two")).resolve("f"));
          Files.createSymbolicLink(root.resolve("now"), Path.of("one"));
          try (INotifyWatchService service = INotifyWatchService.open(kernel.openHub())) {
            WatchKey key = service.register(root.resolve("now/f"), kinds, INotifyModifiers.FILE);
            arm.run();
            kernel.loseEvents();
            Files.createSymbolicLink(root.resolve("next"), Path.of("two"));
            WholeTreeTest.move(root.resolve("next"), root.resolve("now"));
            Pending.sync(service);
            assertThat(kernel.isLosing()).isFalse();
            kernel.allowAll();
            List<String> told = new ArrayList<>(Told.by(key));
            assertThat(told).anyMatch(text -> text.startsWith("OVERFLOW"));
            Path file = root.resolve("two/f");
            await()
                .atMost(SOON)
                .untilAsserted(
                    () -> {
                      Files.deleteIfExists(file);
                      Files.createFile(file);
                      Pending.sync(service);
                      assertThat(Told.by(key)).contains("ENTRY_DELETE ", "ENTRY_CREATE ");
                    });
          }
        };
    assertThat(EachCallFails.failures(call, errno, life)).isEmpty();
  }
}
