package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole trees whose directories are renamed, moved out, replaced and removed, case by case. */
@Timeout(60)
class TreeMovesTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final WatchEvent.Kind<?>[] RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME
  };

  @Override
  Hub openHub() throws IOException {
    return Hub.open();
  }

  @Test
  void renameInside_carriesEverythingBelow() throws Exception {
    Files.createDirectories(root.resolve("a/b/c"));
    WatchKey key = register(RENAMES);
    move(root.resolve("a"), root.resolve("z"));
    Files.createFile(root.resolve("z/b/c/f"));
    move(root.resolve("z/b"), root.resolve("y"));
    Files.createFile(root.resolve("y/c/g"));
    assertThat(told(key))
        .containsExactly(
            "RENAME a -> z", "ENTRY_CREATE z/b/c/f", "RENAME z/b -> y", "ENTRY_CREATE y/c/g");
    assertWatchesAreTheDirectories();
  }

  @Test
  void renameInside_withoutRenames_isADeletionAndCreations() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    Files.createFile(root.resolve("a/b/f"));
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
    move(root.resolve("a"), root.resolve("z"));
    assertThat(told(key))
        .containsExactly(
            "ENTRY_DELETE a", "ENTRY_CREATE z", "ENTRY_CREATE z/b", "ENTRY_CREATE z/b/f");
  }

  @Test
  void neighboursWithLikeNames_areLeftAlone() throws Exception {
    Files.createDirectories(root.resolve("a"));
    Files.createDirectories(root.resolve("ab"));
    Files.createDirectories(root.resolve("x/x/x"));
    WatchKey key = register(RENAMES);
    move(root.resolve("a"), root.resolve("b"));
    Files.createFile(root.resolve("ab/f"));
    move(root.resolve("x/x"), root.resolve("x/y"));
    Files.createFile(root.resolve("x/y/x/f"));
    assertThat(told(key))
        .containsExactly(
            "RENAME a -> b", "ENTRY_CREATE ab/f", "RENAME x/x -> x/y", "ENTRY_CREATE x/y/x/f");
  }

  @Test
  void movedOut_isADeletion_andNothingIsHeardFromItAnyMore() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    WatchKey key = register(RENAMES);
    move(root.resolve("a"), outside.resolve("a"));
    Files.createFile(outside.resolve("a/b/f"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE a");
    assertWatchesAreTheDirectories();
    move(outside.resolve("a"), root.resolve("c"));
    assertThat(told(key))
        .containsExactly("ENTRY_CREATE c", "ENTRY_CREATE c/b", "ENTRY_CREATE c/b/f");
    assertWatchesAreTheDirectories();
  }

  @Test
  void directoryReplacedAtomically_isTheNewOne() throws Exception {
    Files.createDirectories(root.resolve("dir"));
    Files.createDirectories(root.resolve("new/sub"));
    WatchKey key = register(RENAMES);
    move(root.resolve("dir"), root.resolve("old"));
    move(root.resolve("new"), root.resolve("dir"));
    Files.createFile(root.resolve("dir/sub/f"));
    assertThat(told(key))
        .containsExactly("RENAME dir -> old", "RENAME new -> dir", "ENTRY_CREATE dir/sub/f");
    Syscalls.exchange(root.resolve("old"), root.resolve("dir"));
    Files.createFile(root.resolve("old/sub/g"));
    told(key);
    Files.createFile(root.resolve("old/sub/h"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE old/sub/h");
    assertWatchesAreTheDirectories();
  }

  @Test
  void removedAndMadeAgain_isWatchedAgain() throws Exception {
    Files.createDirectory(root.resolve("d"));
    WatchKey key = register(ALL);
    Files.delete(root.resolve("d"));
    Files.createDirectory(root.resolve("d"));
    Files.createFile(root.resolve("d/f"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE d", "ENTRY_CREATE d", "ENTRY_CREATE d/f");
    assertWatchesAreTheDirectories();
  }

  @Test
  void rootRenamed_keyStaysValid_andPathsStayRight() throws Exception {
    Files.createDirectories(root.resolve("a"));
    WatchKey key = register(ENTRY_CREATE, INotifyEventKinds.MOVE_SELF, INotifyEventKinds.UNWATCHED);
    Path moved = root.resolveSibling("moved");
    move(root, moved);
    Files.createFile(moved.resolve("a/f"));
    assertThat(told(key)).containsExactly("MOVE_SELF ", "ENTRY_CREATE a/f");
    assertThat(key.isValid()).isTrue();
    Files.createDirectory(moved.resolve("new"));
    assertThat(told(key)).contains("ENTRY_CREATE new");
    move(moved, root);
    Pending.sync(service);
    Files.createFile(root.resolve("a/g"));
    assertThat(told(key)).contains("ENTRY_CREATE a/g");
  }

  @Test
  void rootDeleted_endsTheKeyAfterItsEvents() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    WatchKey key = register(ENTRY_DELETE);
    TreeChanges.removeAll(root);
    assertThat(Pending.next(service)).isSameAs(key);
    Pending.sync(service);
    assertThat(key.reset()).isFalse();
    assertThat(Told.by(key)).containsExactly("ENTRY_DELETE a/b", "ENTRY_DELETE a");
    assertThat(hub.watchCount()).isZero();
  }
}
