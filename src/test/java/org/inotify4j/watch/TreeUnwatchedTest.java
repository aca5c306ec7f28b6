package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.inotify4j.base.HeldBack;
import org.inotify4j.base.Logged;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.PathBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Directories of a tree that cannot be watched: for want of permission, or of room. */
class TreeUnwatchedTest extends WholeTreeTest {

  @RegisterExtension private final Logged logged = new Logged();

  /** Changes permissions, to something else each time. */
  private void chmod(String path, String permissions) throws IOException {
    Path directory = path.isEmpty() ? root : root.resolve(path);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
  }

  @Test
  void unreadable_whenRegistered_isToldOnce_andWatchedWhenItMayBeRead() throws Exception {
    mkdirs("a/locked/b");
    touch("a/locked/f");
    mkdirs("c");
    kernel.refuseToOpen("locked", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, UNWATCHED);
    assertThat(told(key)).containsExactly("UNWATCHED a/locked");
    assertThat(hub.watchCount()).isEqualTo(3);

    // Unheard, as nothing is known of it; and nothing else tries it again.
    touch("a/locked/g");
    touch("a/h");
    Files.delete(root.resolve("c"));
    chmod("a/locked", "rwx--x--x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/h", "ENTRY_DELETE c");

    kernel.allow("locked");
    chmod("a/locked", "rwxr-xr-x");
    assertThat(told(key))
        .containsExactlyInAnyOrder(
            "ENTRY_CREATE a/locked/b", "ENTRY_CREATE a/locked/f", "ENTRY_CREATE a/locked/g");
    touch("a/locked/b/i");
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/locked/b/i");
    assertWatchesAreTheDirectories();
    assertThat(logged.lines()).isEmpty();
  }

  @Test
  void unreadable_whenItCame_isToldOnce_andWatchedWhenItMayBeRead() throws Exception {
    kernel.refuseToOpen("locked", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, UNWATCHED);
    mkdirs("a/locked/b");
    assertThat(told(key))
        .containsExactly("ENTRY_CREATE a", "ENTRY_CREATE a/locked", "UNWATCHED a/locked");
    assertThat(hub.watchCount()).isEqualTo(2);
    chmod("a/locked", "rwx--x--x");
    touch("a/locked/f");
    assertThat(told(key)).isEmpty();

    kernel.allow("locked");
    chmod("a/locked", "rwxr-xr-x");
    assertThat(told(key))
        .containsExactlyInAnyOrder("ENTRY_CREATE a/locked/b", "ENTRY_CREATE a/locked/f");
    assertWatchesAreTheDirectories();
    assertThat(logged.lines()).isEmpty();
  }

  @Test
  void unreadable_isTriedAgain_whenThePermissionsOfItsParentChange() throws Exception {
    mkdirs("a/locked/b");
    kernel.refuseToOpen("locked", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    assertThat(told(key)).containsExactly("UNWATCHED a/locked");
    kernel.allow("locked");
    chmod("a", "rwx--x--x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/locked/b");
    assertWatchesAreTheDirectories();
  }

  @Test
  void unreadable_isTriedAgain_whenThePermissionsOfTheRootChange() throws Exception {
    mkdirs("locked/b");
    kernel.refuseToOpen("locked", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    assertThat(told(key)).containsExactly("UNWATCHED locked");
    kernel.allow("locked");
    chmod("", "rwx--x--x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE locked/b");
    assertWatchesAreTheDirectories();
  }

  @Test
  void unreadable_removedOrRenamed_isToldOfAsAnyOther() throws Exception {
    mkdirs("locked");
    kernel.refuseToOpen("locked", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME, UNWATCHED);
    assertThat(told(key)).containsExactly("UNWATCHED locked");
    Files.delete(root.resolve("locked"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE locked");
    mkdirs("locked/b");
    assertThat(told(key)).containsExactly("ENTRY_CREATE locked", "UNWATCHED locked");
    move("locked", "open");
    assertThat(told(key)).containsExactly("RENAME locked -> open", "ENTRY_CREATE open/b");
    assertWatchesAreTheDirectories();
    touch("f");
    told(key);
    move("open", "locked");
    touch("locked/b/f");
    assertThat(told(key)).containsExactly("RENAME open -> locked", "ENTRY_CREATE locked/b/f");
    assertWatchesAreTheDirectories();
  }

  @Test
  void whatIsGoneWithTheRoot_isNotToldAsUnwatched() throws Exception {
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, UNWATCHED);
    try (Gate gate = kernel.holdReads()) {
      mkdirs("a/b");
      gate.awaitReached();
      TreeChanges.removeAll(root);
    }
    assertThat(told(key)).containsExactly("ENTRY_CREATE a", "ENTRY_DELETE a");
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void namesInTheLog_forgeNoLine_andNoTwoLookTheSame() throws Exception {
    byte[] name = "a\nSEVERE \\ \033[31m#".getBytes(US_ASCII);
    name[name.length - 1] = (byte) 0xFF;
    Path hostile = Files.createDirectory(PathBytes.resolve(root, name));
    kernel.refuseToOpen(String.valueOf(hostile.getFileName()), Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE);
    assertThat(told(key)).isEmpty();
    String escaped = "a\\nSEVERE \\\\ \\x1B[31m\\xFF";
    assertThat(logged.lines()).hasSize(1);
    assertThat(logged.lines().get(0))
        .startsWith("WARNING below " + root + " cannot be watched: " + escaped + ": ");
    WatchKey inside = service.register(hostile, ENTRY_CREATE);
    assertThat(inside).hasToString("WatchKey[" + root + "/" + escaped + "]");
  }

  @Test
  void whoDoesNotAsk_findsItInTheLog() throws Exception {
    mkdirs("a/locked");
    mkdirs("b/locked");
    kernel.refuseToOpen("locked", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE);
    assertThat(told(key)).isEmpty();
    assertThat(logged.lines()).hasSize(1);
    assertThat(logged.lines().get(0))
        .startsWith("WARNING below " + root + " cannot be watched: ")
        .matches(".*: [ab]/locked: .*permission denied.* \\(and 1 more\\)");
    mkdirs("locked");
    assertThat(told(key)).containsExactly("ENTRY_CREATE locked");
    assertThat(logged.lines()).hasSize(2);
    assertThat(logged.lines().get(1)).contains("locked: ").doesNotContain("more");
    touch("f");
    chmod("locked", "rwx--x--x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE f");
    assertThat(logged.lines()).hasSize(2);
  }

  @Test
  void matcherThatThrowsForEachOfManyEntries_isNotLoggedForEach() throws Exception {
    for (int i = 0; i < 1000; i++) {
      touch("f" + i);
    }
    mkdirs("d");
    WatchEvent.Modifier throwing =
        INotifyModifiers.exclude(
            (PathMatcher)
                path -> {
                  throw new IllegalStateException("on purpose");
                });
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    WatchKey key = service.register(root, kinds, INotifyModifiers.RECURSIVE, throwing);
    for (int i = 0; i < 1000; i++) {
      touch("d/f" + i);
    }
    assertThat(told(key)).hasSize(1000);
    assertThat(logged.lines()).hasSize(1);
    assertThat(logged.lines().get(0)).contains("a matcher that excludes failed; not excluded: ");
    HeldBack.tell();
    assertThat(logged.lines()).hasSize(2);
    assertThat(logged.lines().get(1)).contains(" times more, this is the last)");
  }

  @Test
  void unreadableRoot_throws_andLeavesNoWatch() throws Exception {
    mkdirs("a/b");
    kernel.refuseToWatch("root", Errno.EACCES);
    assertThatThrownBy(() -> register(ENTRY_CREATE, UNWATCHED))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(root.toString());
    kernel.allow("root");
    kernel.refuseToOpen(".", Errno.EACCES);
    assertThatThrownBy(() -> register(ENTRY_CREATE, UNWATCHED))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(root.toString());
    assertThat(hub.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
    kernel.allow(".");
    WatchKey key = register(ENTRY_CREATE);
    touch("a/b/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/b/f");
  }

  @Test
  void noRoomLater_isToldOnce_andNotTriedUntilThereMayBeSome() throws Exception {
    mkdirs("a");
    kernel.refuseToWatch("full", Errno.ENOSPC);
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, UNWATCHED);
    long start = System.nanoTime();
    mkdirs("full/b");
    assertThat(told(key)).containsExactly("ENTRY_CREATE full", "UNWATCHED full");
    int before = triesOfFull();
    for (int i = 0; i < 50; i++) {
      touch("a/f" + i);
      touch("full/f" + i);
      assertThat(told(key)).containsExactly("ENTRY_CREATE a/f" + i);
    }
    assertThat(triesOfFull()).isBetween(before, before + triesByTheClock(start));

    // It is tried once, in vain, and then with success.
    int first = triesOfFull();
    Files.createDirectory(root.resolve("c"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE c");
    assertThat(triesOfFull()).isBetween(first + 1, before + triesByTheClock(start) + 1);
    kernel.allow("full");
    Files.delete(root.resolve("c"));
    List<String> told = told(key);
    assertThat(told).hasSize(52).contains("ENTRY_DELETE c", "ENTRY_CREATE full/b");
    assertWatchesAreTheDirectories();
    assertThat(logged.lines()).isEmpty();
  }

  private int triesOfFull() {
    return Collections.frequency(kernel.placed(), "full");
  }

  /** How often it is tried whatever happens: a second after the first time, two, four. */
  private static int triesByTheClock(long start) {
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    return Long.SIZE - 1 - Long.numberOfLeadingZeros(seconds + 1);
  }
}
