package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.ACCESS;
import static org.inotify4j.watch.INotifyEventKinds.CLOSE_NOWRITE;
import static org.inotify4j.watch.INotifyEventKinds.OPEN;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What reading a directory would cause itself is asked for only when it was read: one call that
 * fails meanwhile, whichever it is, costs that for some seconds at most.
 */
final class MasksCompletedInTimeTest {

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final List<String> DIRECTORIES = List.of("a", "a/b", "a/b/c");

  @TempDir private Path scratch;

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({"openat, EMFILE", "open, EMFILE", "inotifyAddWatch, ENOMEM", "getdents64, EIO"})
  void whoReads_isHeardInEachDirectory(String call, Errno errno) throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, OPEN, ACCESS, CLOSE_NOWRITE, UNWATCHED};
    EachCallFails.Life life =
        (kernel, arm) -> {
          try (INotifyWatchService service = INotifyWatchService.open(kernel.openHub())) {
            Path root = Files.createTempDirectory(scratch, "root");
            WatchKey key = service.register(root, kinds, INotifyModifiers.RECURSIVE);
            arm.run();
            makeDirectories(root, service);
            kernel.allowAll();
            for (String directory : DIRECTORIES) {
              awaitReaderHeard(service, key, directory + "/f");
            }
          }
        };
    assertThat(EachCallFails.failures(call, errno, life)).isEmpty();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({"openat, EMFILE", "open, EMFILE", "inotifyAddWatch, ENOMEM", "getdents64, EIO"})
  void whatHasNoNameAnyMore_isNotHeardInAnyDirectory(String call, Errno errno) throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_MODIFY, UNWATCHED};
    WatchEvent.Modifier[] modifiers = {
      INotifyModifiers.RECURSIVE, INotifyModifiers.EXCLUDE_UNLINKED
    };
    EachCallFails.Life life =
        (kernel, arm) -> {
          try (INotifyWatchService service = INotifyWatchService.open(kernel.openHub())) {
            Path root = Files.createTempDirectory(scratch, "root");
            WatchKey key = service.register(root, kinds, modifiers);
            arm.run();
            makeDirectories(root, service);
            kernel.allowAll();
            for (String directory : DIRECTORIES) {
              awaitNamelessUnheard(service, key, directory);
            }
          }
        };
    assertThat(EachCallFails.failures(call, errno, life)).isEmpty();
  }

  private static void makeDirectories(Path root, INotifyWatchService service)
      throws IOException, InterruptedException {
    for (String directory : DIRECTORIES) {
      Files.writeString(Files.createDirectory(root.resolve(directory)).resolve("f"), "x");
    }
    Pending.sync(service);
  }

  private static void awaitReaderHeard(INotifyWatchService service, WatchKey key, String file) {
    Path root = (Path) key.watchable();
    await(file)
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Told.by(key, service);
              Files.readAllBytes(root.resolve(file));
              assertThat(Told.by(key, service))
                  .contains("OPEN " + file, "ACCESS " + file, "CLOSE_NOWRITE " + file);
            });
  }

  private static void awaitNamelessUnheard(
      INotifyWatchService service, WatchKey key, String directory) {
    Path root = (Path) key.watchable();
    await(directory)
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Path file = Files.createFile(root.resolve(directory).resolve("nameless"));
              try (FileChannel open = FileChannel.open(file, WRITE)) {
                Files.delete(file);
                Told.by(key, service);
                open.write(ByteBuffer.wrap("x".getBytes(UTF_8)));
                // So that silence alone does not do.
                Files.write(root.resolve(directory).resolve("g"), new byte[0]);
                assertThat(Told.by(key, service))
                    .containsExactly("ENTRY_CREATE " + directory + "/g");
              } finally {
                Files.deleteIfExists(root.resolve(directory).resolve("g"));
              }
            });
  }
}
