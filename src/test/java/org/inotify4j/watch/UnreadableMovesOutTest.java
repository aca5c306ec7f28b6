package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A directory that this user may not read moves out of a tree: nobody hears of it any more. */
final class UnreadableMovesOutTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, UNWATCHED};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, RENAME, UNWATCHED
  };

  private static List<WatchEvent.Modifier> kindsOfTrees() {
    return List.of(RECURSIVE, RESCAN);
  }

  private void assertNothingIsHeardOfIt(WatchKey key) throws Exception {
    assertThat(told(key)).containsExactly("ENTRY_DELETE d");
    assertWatchesAreTheDirectories();
    List<String> placed = placedInIt();
    Files.createFile(outside.resolve("d/f"));
    Files.createFile(outside.resolve("d/e/f"));
    Files.createDirectory(outside.resolve("d/new"));
    assertThat(told(key)).isEmpty();
    kernel.allow("d");
    // Longer than it takes until something is tried again.
    await()
        .pollDelay(Duration.ofMillis(1500))
        .untilAsserted(() -> assertThat(placedInIt()).isEqualTo(placed));
    assertThat(told(key)).isEmpty();
    assertWatchesAreTheDirectories();
  }

  private List<String> placedInIt() {
    return kernel.placed().stream().filter(List.of("d", "e", "new")::contains).toList();
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatCouldBeReadBefore(WatchEvent.Modifier also) throws Exception {
    mkdirs("d/e");
    WatchKey key = service.register(root, KINDS, RECURSIVE, also);
    kernel.refuseToOpen("d", Errno.EACCES);
    move(root.resolve("d"), outside.resolve("d"));
    assertNothingIsHeardOfIt(key);
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatCouldBeReadBefore_andIsLookedAtBehindAnOverflow(WatchEvent.Modifier also)
      throws Exception {
    mkdirs("d/e");
    WatchKey key = service.register(root, WITH_RENAMES, RECURSIVE, also);
    kernel.refuseToOpen("d", Errno.EACCES);
    requireNonNull(((Key) key).follower()).overflow();
    Told.until(key, "UNWATCHED d");
    Pending.sync(service);
    List<String> unused = Told.by(key);
    move(root.resolve("d"), outside.resolve("d"));
    assertNothingIsHeardOfIt(key);
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatCouldNeverBeRead(WatchEvent.Modifier also) throws Exception {
    kernel.refuseToOpen("d", Errno.EACCES);
    mkdirs("d/e");
    WatchKey key = service.register(root, WITH_RENAMES, RECURSIVE, also);
    Told.until(key, "UNWATCHED d");
    move(root.resolve("d"), outside.resolve("d"));
    assertNothingIsHeardOfIt(key);
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatCouldNeverBeRead_andMovesOutUnheard(WatchEvent.Modifier also) throws Exception {
    kernel.refuseToOpen("d", Errno.EACCES);
    mkdirs("p");
    WatchKey key = service.register(root, KINDS, RECURSIVE, also);
    try (Gate gate = kernel.holdReads()) {
      mkdirs("p/d/e");
      gate.awaitReached();
      move(root.resolve("p/d"), outside.resolve("d"));
    }
    assertThat(told(key))
        .filteredOn(event -> !event.startsWith("UNWATCHED"))
        .containsExactly("ENTRY_CREATE p/d", "ENTRY_DELETE p/d");
    assertWatchesAreTheDirectories();
    kernel.allow("d");
    Files.createFile(outside.resolve("d/f"));
    await().pollDelay(Duration.ofMillis(1500)).untilAsserted(() -> assertThat(told(key)).isEmpty());
    assertWatchesAreTheDirectories();
  }
}
