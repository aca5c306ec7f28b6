package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.inotify4j.tree.Crawls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A directory that the program knows cannot be opened when its tree is gone through again after an
 * overflow: of what is done in it from then on nobody hears, until it can be.
 */
final class TreeUnwatchedSinceOverflowTest extends WholeTreeTest {

  private static final int QUEUE = 64;
  private static final WatchEvent.Kind<?>[] STANDARD = {ENTRY_CREATE, ENTRY_DELETE, UNWATCHED};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, RENAME, UNWATCHED
  };

  private Path noise;

  @Override
  Hub openHub() throws IOException {
    return SmallQueue.of(QUEUE, kernel::openHub);
  }

  @BeforeEach
  void makeRoomForNoise() throws IOException {
    noise = mkdirs("noise");
  }

  private void makeTree() throws IOException {
    mkdirs("p/c/d");
    mkdirs("p/stays");
    touch("p/f");
  }

  private void overflow() throws Exception {
    try (Gate gate = kernel.holdReads()) {
      Files.createTempFile(noise, "first", "");
      gate.awaitReached();
      for (int i = 0; i < 2 * QUEUE; i++) {
        Files.createTempFile(noise, "f", "");
      }
    }
  }

  private void refuse() throws Exception {
    kernel.refuseToOpen("p", Errno.EACCES);
    overflow();
    await().until(() -> service.statistics().unwatchedDirectories() > 0);
    Pending.sync(service);
  }

  private void allow(String name) throws IOException {
    kernel.allow(name);
    Files.setPosixFilePermissions(root.resolve(name), PosixFilePermissions.fromString("rwxr-x---"));
  }

  private void changeUnheard() throws IOException {
    move(root.resolve("p/c"), outside.resolve("c"));
    Files.delete(root.resolve("p/f"));
    touch("p/g");
  }

  /** What went is neither watched nor told of any more, and what stayed is. */
  private void assertNoneIsWatchedOutside(WatchKey key, String name) throws Exception {
    assertWatchesAreTheDirectories();
    Files.createFile(outside.resolve("c/d/false"));
    touch(name + "/stays/h");
    assertThat(told(key)).containsExactly("ENTRY_CREATE " + name + "/stays/h");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWentFromIt_isToldAsGone_whenItCanBeRead(boolean withRenames) throws Exception {
    makeTree();
    WatchKey key = register(withRenames ? WITH_RENAMES : STANDARD);
    refuse();
    assertThat(told(key)).contains("OVERFLOW", "UNWATCHED p");
    changeUnheard();
    assertThat(told(key)).isEmpty();
    allow("p");
    List<String> told = told(key);
    assertThat(told).startsWith("ENTRY_DELETE p", "ENTRY_CREATE p");
    assertThat(told.subList(2, told.size()))
        .containsExactlyInAnyOrder("ENTRY_CREATE p/g", "ENTRY_CREATE p/stays");
    assertNoneIsWatchedOutside(key, "p");
  }

  @Test
  void file_thatIsAllThatWentFromIt_isToldAsGone() throws Exception {
    mkdirs("p");
    touch("p/f");
    WatchKey key = register(STANDARD);
    refuse();
    assertThat(told(key)).contains("OVERFLOW", "UNWATCHED p");
    Files.delete(root.resolve("p/f"));
    allow("p");
    assertThat(told(key)).containsExactly("ENTRY_DELETE p", "ENTRY_CREATE p");
    assertWatchesAreTheDirectories();
  }

  /** What is known of it, and may be gone, does not come along. */
  @Test
  void renamed_isToldAsGone_andCome() throws Exception {
    makeTree();
    WatchKey key = register(WITH_RENAMES);
    refuse();
    assertThat(told(key)).contains("OVERFLOW", "UNWATCHED p");
    changeUnheard();
    move("p", "q");
    List<String> told = told(key);
    assertThat(told).startsWith("ENTRY_DELETE p", "ENTRY_CREATE q");
    assertThat(told.subList(2, told.size()))
        .containsExactlyInAnyOrder("ENTRY_CREATE q/g", "ENTRY_CREATE q/stays");
    assertNoneIsWatchedOutside(key, "q");
  }

  @Test
  void whatWentFromIt_isDropped_whenItCanBeReadAfterTheNextOverflow() throws Exception {
    makeTree();
    WatchKey key = register(WITH_RENAMES);
    refuse();
    changeUnheard();
    told(key);
    kernel.allow("p");
    overflow();
    assertThat(told(key)).contains("OVERFLOW");
    assertNoneIsWatchedOutside(key, "p");
  }

  /** The program looks for itself when it is told of the overflow. */
  @Test
  void whatWentFromIt_isDropped_whenItCanBeReadBeforeTheOverflowIsTold() throws Exception {
    Crawls.areAsUsual(); // One after the other.
    mkdirs("one/c/d");
    mkdirs("two/c/d");
    WatchKey key = register(STANDARD);
    List<String> order = kernel.placed().stream().filter(Set.of("one", "two")::contains).toList();
    String refused = order.get(0);
    Gate inThePass = kernel.holdListing(order.get(1));
    kernel.refuseToOpen(refused, Errno.EACCES);
    overflow();
    inThePass.awaitReached();
    await().until(() -> service.statistics().unwatchedDirectories() > 0);
    move(root.resolve(refused + "/c"), outside.resolve("c"));
    mkdirs(refused + "/stays");
    allow(refused);
    inThePass.open();
    assertThat(told(key)).contains("OVERFLOW").doesNotContain("ENTRY_DELETE " + refused);
    assertNoneIsWatchedOutside(key, refused);
  }

  @Test
  void keyThatNeverOverflows_knowsExactlyWhatIsInIt() throws Exception {
    makeTree();
    WatchKey key = service.register(root, WITH_RENAMES, RECURSIVE, RESCAN);
    EventModel model = new EventModel(service, key);
    refuse();
    changeUnheard();
    allow("p");
    await()
        .untilAsserted(
            () -> {
              model.sync();
              model.poll();
              assertThat(model.paths()).as("%s", model.history()).isEqualTo(EventModel.list(root));
            });
    assertThat(model.history()).noneMatch(event -> event.contains("OVERFLOW"));
    assertNoneIsWatchedOutside(key, "p");
  }
}
