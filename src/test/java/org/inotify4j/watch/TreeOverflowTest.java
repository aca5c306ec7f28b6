package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.Test;

/** The kernel's queue is full: a tree is watched as it is then, and its key is told so once. */
class TreeOverflowTest extends WholeTreeTest {

  /** One whose queue takes 64 events. */
  @Override
  Hub openHub() throws IOException {
    return SmallQueue.of(64, kernel::openHub);
  }

  @Test
  void everyKeyIsToldOnce_andTheTreeIsWatchedAsItIs() throws Exception {
    for (int i = 0; i < 10; i++) {
      mkdirs("removed" + i + "/a");
      mkdirs("out" + i + "/b");
      mkdirs("renamed" + i + "/c");
    }
    Path plain = Files.createDirectory(outside.resolve("plain"));
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME);
    WatchKey plainKey = service.register(plain, ENTRY_CREATE);
    try (Gate gate = kernel.holdReads()) {
      for (int i = 0; i < 100; i++) {
        touch("f" + i);
      }
      gate.awaitReached();
      for (int i = 0; i < 10; i++) {
        TreeChanges.removeAll(root.resolve("removed" + i));
        move(root.resolve("out" + i), outside.resolve("out" + i));
        move("renamed" + i, "named" + i);
        mkdirs("new" + i + "/d/e");
      }
    }
    assertThat(told(key)).endsWith("OVERFLOW").containsOnlyOnce("OVERFLOW");
    assertThat(Told.by(plainKey)).containsExactly("OVERFLOW");
    assertThat(KernelView.masks(hub.inotifyFd())).hasSize(1 + 20 + 30 + 1);
    assertThat(hub.watchCount()).isEqualTo(1 + 20 + 30 + 1);
    assertThat(EventModel.watchedInodes(hub)).containsAll(EventModel.inodes(root));

    Files.createFile(outside.resolve("out3/b/unheard"));
    touch("new3/d/e/f");
    move("named3/c", "new4/c");
    touch("new4/c/g");
    Files.delete(root.resolve("new5/d/e"));
    Files.createFile(plain.resolve("h"));
    assertThat(told(key))
        .containsExactly(
            "ENTRY_CREATE new3/d/e/f",
            "RENAME named3/c -> new4/c",
            "ENTRY_CREATE new4/c/g",
            "ENTRY_DELETE new5/d/e");
    assertThat(Told.by(plainKey)).containsExactly("ENTRY_CREATE h");
  }

  @Test
  void rootThatWasDeletedMeanwhile_endsTheKeyAfterItsOverflow() throws Exception {
    mkdirs("a/b");
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE);
    try (Gate gate = kernel.holdReads()) {
      for (int i = 0; i < 100; i++) {
        touch("f" + i);
      }
      gate.awaitReached();
      TreeChanges.removeAll(root);
    }
    assertThat(Pending.next(service)).isSameAs(key);
    Pending.sync(service);
    assertThat(Told.by(key)).contains("OVERFLOW");
    assertThat(key.reset()).isFalse();
    assertThat(hub.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
  }

  @Test
  void unreadableDirectory_isNotToldAgain_butTriedAgain() throws Exception {
    mkdirs("locked/b");
    kernel.refuseToOpen("locked", org.inotify4j.libc.Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, INotifyEventKinds.UNWATCHED);
    assertThat(told(key)).containsExactly("UNWATCHED locked");
    overflow();
    assertThat(told(key)).endsWith("OVERFLOW").doesNotContain("UNWATCHED locked");
    assertThat(hub.watchCount()).isEqualTo(1);
    kernel.allow("locked");
    overflow();
    assertThat(told(key)).endsWith("OVERFLOW");
    assertWatchesAreTheDirectories();
    touch("locked/b/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE locked/b/f");
  }

  private void overflow() throws Exception {
    try (Gate gate = kernel.holdReads()) {
      Path first = Files.createTempFile(root, "first", "");
      gate.awaitReached();
      for (int i = 0; i < 100; i++) {
        Files.createTempFile(root, "f", "");
      }
      Files.delete(first);
    }
  }

  @Test
  void onlyCloseWrite_isToldOfTheOverflowOnce_andGoesOn() throws Exception {
    mkdirs("a");
    WatchKey key = register(new WatchEvent.Kind<?>[] {INotifyEventKinds.CLOSE_WRITE});
    try (Gate gate = kernel.holdReads()) {
      for (int i = 0; i < 100; i++) {
        touch("a/f" + i);
      }
      gate.awaitReached();
      move("a", "b");
      mkdirs("c");
    }
    assertThat(told(key)).endsWith("OVERFLOW").containsOnlyOnce("OVERFLOW");
    Files.writeString(root.resolve("b/f0"), "text");
    Files.writeString(root.resolve("c/f"), "text");
    assertThat(told(key)).containsExactly("CLOSE_WRITE b/f0", "CLOSE_WRITE c/f");
    assertWatchesAreTheDirectories();
  }
}
