package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.base.Logged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Services are closed and keys cancelled in the middle of changes: a link that is swapped,
 * directories that come and go. Nobody wants to watch these any more, so nothing is logged.
 */
@Timeout(60)
final class ClosingIsQuietTest {

  private static final int ROUNDS = 200;

  @RegisterExtension private final Logged logged = new Logged();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean isOver;
  @TempDir private Path root;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(root.resolve("tree"));
    Files.writeString(root.resolve("one"), "one");
    Files.writeString(root.resolve("other"), "other");
    Files.createSymbolicLink(root.resolve("link"), Path.of("one"));
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @Test
  void whileALinkIsSwapped_andDirectoriesComeAndGo() throws Exception {
    List<Future<Void>> changes = List.of(threads.submit(this::swap), threads.submit(this::churn));
    for (int i = 0; i < ROUNDS; i++) {
      try (INotifyWatchService service = INotifyWatchService.open()) {
        WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_MODIFY};
        WatchKey file = service.register(root.resolve("link"), kinds, INotifyModifiers.FILE);
        WatchKey tree = service.register(root.resolve("tree"), kinds, INotifyModifiers.RECURSIVE);
        if (i % 2 == 0) {
          file.cancel();
          tree.cancel();
        }
      }
    }
    isOver = true;
    for (Future<Void> change : changes) {
      assertThat(change.get()).isNull();
    }
    KernelView.awaitNoHub();
    assertThat(logged.lines()).isEmpty();
  }

  @Test
  void whileADirectoryIsRead_thatIsReplacedMeanwhile() throws Exception {
    AlteredKernel kernel = new AlteredKernel();
    Path replaced = Files.createDirectory(root.resolve("tree/replaced"));
    INotifyWatchService service = INotifyWatchService.open(kernel.openHub());
    try (Gate gate = kernel.holdListing("replaced")) {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_MODIFY};
      Path tree = root.resolve("tree");
      Future<WatchKey> registration =
          threads.submit(() -> service.register(tree, kinds, INotifyModifiers.RECURSIVE));
      gate.awaitReached();
      Files.delete(replaced);
      Files.createDirectory(replaced);
      service.close();
      gate.open();
      assertThatThrownBy(registration::get).hasCauseInstanceOf(ClosedWatchServiceException.class);
    }
    assertThat(logged.lines()).isEmpty();
  }

  private Void swap() throws IOException {
    for (int i = 0; !isOver; i++) {
      Path next = root.resolve("next");
      Files.createSymbolicLink(next, Path.of(i % 2 == 0 ? "other" : "one"));
      Files.move(next, root.resolve("link"), StandardCopyOption.ATOMIC_MOVE);
    }
    return null;
  }

  private Void churn() throws IOException {
    for (int i = 0; !isOver; i++) {
      Path made = root.resolve("tree/a" + i % 10);
      Files.createDirectories(made.resolve("b/c"));
      Path moved = Files.move(made, root.resolve("tree/moved"));
      Files.delete(moved.resolve("b/c"));
      Files.delete(moved.resolve("b"));
      Files.delete(moved);
    }
    return null;
  }
}
