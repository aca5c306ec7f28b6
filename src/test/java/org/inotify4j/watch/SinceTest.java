package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyModifiers.FILE;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.INotifyModifiers.since;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.Test;

/** A key that is told first what is different from a snapshot, and the snapshot that it gives. */
final class SinceTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, RENAME
  };

  private WatchKey registerWith(WatchEvent.Modifier... modifiers) throws Exception {
    return service.register(root, KINDS, modifiers);
  }

  /** Makes a file that was changed long ago, so that it is certain how it was. */
  private Path old(String path) throws Exception {
    Path file = touch(path);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    return file;
  }

  /** A snapshot in which nothing is uncertain. */
  private TreeSnapshot settled() {
    return await()
        .until(
            () -> TreeSnapshot.take(root),
            taken -> taken.entries().noneMatch(TreeSnapshot.Entry::isUncertain));
  }

  @Test
  void tree_isToldTheDifferences_thenReady_thenWhatHappens() throws Exception {
    mkdirs("a/b");
    old("a/b/f");
    old("same");
    old("gone");
    old("written");
    TreeSnapshot then = settled();
    move("a", "c");
    Files.delete(root.resolve("gone"));
    Files.writeString(root.resolve("written"), "text");
    touch("new");
    WatchKey key = registerWith(RECURSIVE, since(then));
    assertThat(told(key))
        .containsExactlyInAnyOrder(
            "ENTRY_DELETE gone",
            "RENAME a -> c",
            "ENTRY_CREATE new",
            "ENTRY_MODIFY written",
            "READY ")
        .endsWith("READY ");
    touch("c/b/g");
    Files.delete(root.resolve("same"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE c/b/g", "ENTRY_DELETE same");
  }

  @Test
  void nothingIsDifferent() throws Exception {
    mkdirs("a");
    old("a/f");
    TreeSnapshot then = settled();
    assertThat(told(registerWith(RECURSIVE, since(then)))).containsExactly("READY ");
  }

  @Test
  void directory_isToldOfItsOwnEntries() throws Exception {
    mkdirs("a");
    TreeSnapshot then = settled();
    touch("a/unheard");
    touch("f");
    WatchKey key = registerWith(since(then));
    assertThat(told(key)).containsExactly("ENTRY_CREATE f", "READY ");
    assertThat(hub.watchCount()).isEqualTo(1);
  }

  @Test
  void snapshotOfAKey_isWhatItWasTold_andTheNextOneGoesOnThere() throws Exception {
    mkdirs("a");
    old("a/f");
    WatchKey key = registerWith(RECURSIVE, RESCAN);
    touch("told");
    move("a", "b");
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE told", "RENAME a -> b");
    TreeSnapshot told = service.snapshot(key);
    assertThat(told.entries().map(entry -> entry.path().toString()))
        .containsExactlyInAnyOrder("b", "b/f", "told");
    Path file = outside.resolve("saved");
    told.save(file);
    key.cancel();
    touch("b/later");
    WatchKey next = registerWith(RECURSIVE, RESCAN, since(TreeSnapshot.load(file, root)));
    assertThat(told(next))
        .contains("ENTRY_CREATE b/later", "READY ")
        .doesNotContain("ENTRY_CREATE told", "ENTRY_CREATE b", "OVERFLOW");
  }

  @Test
  void whatIsPending_countsAsNotTold() throws Exception {
    old("deleted");
    mkdirs("moved/below");
    old("moved/below/f");
    WatchKey key = registerWith(RECURSIVE, RESCAN);
    Files.delete(root.resolve("deleted"));
    touch("created");
    move("moved", "elsewhere");
    Pending.sync(service);
    TreeSnapshot told = service.snapshot(key);
    assertThat(told.entries().map(entry -> entry.path().toString()))
        .containsExactlyInAnyOrder("deleted", "moved", "moved/below", "moved/below/f");
    key.cancel();
    WatchKey next = registerWith(RECURSIVE, since(told));
    List<String> events = told(next);
    assertThat(events)
        .contains("ENTRY_DELETE deleted", "ENTRY_CREATE created", "RENAME moved -> elsewhere")
        .endsWith("READY ");
  }

  @Test
  void whatDoesNotFit_isRefused_andNothingIsRegistered() throws Exception {
    TreeSnapshot ofOther = TreeSnapshot.take(outside);
    TreeSnapshot ofRoot = TreeSnapshot.take(root);
    assertThatThrownBy(() -> registerWith(RECURSIVE, since(ofOther)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(outside.toString())
        .hasMessageContaining(root.toString());
    assertThatThrownBy(() -> registerWith(RECURSIVE, INITIAL, since(ofRoot)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INITIAL");
    assertThatThrownBy(() -> registerWith(RECURSIVE, since(ofRoot), since(ofRoot)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("twice");
    assertThatThrownBy(() -> registerWith(FILE, since(ofRoot)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FILE");
    assertThat(service.watchCount()).isZero();
  }

  @Test
  void snapshot_isOfAKeyThatKeepsOne() throws Exception {
    WatchKey plain = registerWith();
    assertThatThrownBy(() -> service.snapshot(plain))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RESCAN");
    WatchKey kept = registerWith(RESCAN);
    assertThat(service.snapshot(kept).size()).isZero();
    kept.cancel();
    assertThatThrownBy(() -> service.snapshot(kept)).isInstanceOf(IllegalArgumentException.class);
    service.close();
    assertThatThrownBy(() -> service.snapshot(kept))
        .isInstanceOf(ClosedWatchServiceException.class);
  }
}
