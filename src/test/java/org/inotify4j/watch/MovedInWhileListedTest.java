package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyEventKinds.EXISTS;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A directory is moved into a tree, complete, when its watches are placed and before what is there
 * is listed: the list has it, and the record comes behind.
 */
final class MovedInWhileListedTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {EXISTS, ENTRY_CREATE, ENTRY_DELETE};

  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /** What is done before the list is made. */
  private interface Change {
    void run() throws Exception;
  }

  @AfterEach
  void end() {
    thread.shutdownNow();
  }

  /** The tree is read to its end, which takes two calls, and then what is there is listed. */
  private WatchKey register(boolean isRescan, Change change) throws Exception {
    WatchEvent.Modifier[] modifiers = {RECURSIVE, INITIAL, isRescan ? RESCAN : INITIAL};
    Gate entries = kernel.holdListing("root");
    Future<WatchKey> key = thread.submit(() -> service.register(root, KINDS, modifiers));
    entries.awaitReached();
    Gate end = kernel.holdListing("root");
    entries.open();
    end.awaitReached();
    try (Gate list = kernel.holdListing("root")) {
      end.open();
      list.awaitReached();
      change.run();
    }
    return key.get();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isToldOnce_withAllInIt(boolean isRescan) throws Exception {
    Files.createDirectories(outside.resolve("d/e"));
    WatchKey key = register(isRescan, () -> move(outside.resolve("d"), root.resolve("d")));
    assertThat(told(key)).containsExactly("EXISTS d", "EXISTS d/e", "READY ");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotTakenForEmpty_whereItCannotBeWatched(boolean isRescan) throws Exception {
    Files.createDirectories(outside.resolve("d/e"));
    kernel.refuseToWatch("d", Errno.ENOMEM);
    WatchKey key = register(isRescan, () -> move(outside.resolve("d"), root.resolve("d")));
    assertThat(told(key)).containsExactly("EXISTS d", "EXISTS d/e", "READY ");
  }

  /** The other one is found while it is read, and is watched at its old place then. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotTakenForEmpty_whereAnotherMovesOnIntoIt(boolean isRescan) throws Exception {
    mkdirs("x");
    for (int i = 0; i < 8; i++) {
      Files.createDirectories(outside.resolve("d/y" + i));
    }
    WatchKey key =
        register(
            isRescan,
            () -> {
              move(outside.resolve("d"), root.resolve("d"));
              move("x", "d/x");
            });
    List<String> told = told(key);
    assertThat(told).contains("EXISTS d", "EXISTS d/x", "EXISTS d/y7", "READY ");
    assertThat(told).noneMatch(event -> event.startsWith("ENTRY_DELETE d/"));
  }
}
