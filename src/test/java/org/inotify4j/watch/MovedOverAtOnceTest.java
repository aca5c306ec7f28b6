package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.inotify4j.watch.INotifyEventKinds.MOVED_TO;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A directory moves over an empty one of a tree that was registered just then: it is a move as any
 * later one. The mark behind the registration is held back, by a kernel that has no files for it.
 */
final class MovedOverAtOnceTest extends WholeTreeTest {

  private final HeldKernel held = new HeldKernel();

  @Override
  Hub openHub() throws IOException {
    held.failMemfd(Errno.EACCES);
    held.failPipe(Errno.EACCES);
    return held.openHub();
  }

  @BeforeEach
  void makeDirectories() throws IOException {
    mkdirs("a");
    mkdirs("x/b");
    Files.createDirectories(outside.resolve("y/b"));
  }

  @Test
  void fromOutside_forWhoAskedForMoves() throws Exception {
    assertOver(outside.resolve("y"), kinds(MOVED_TO), "MOVED_TO a");
  }

  @Test
  void fromOutside_forWhoAskedForBoth() throws Exception {
    assertOver(
        outside.resolve("y"),
        kinds(ENTRY_CREATE, ENTRY_DELETE, MOVED_TO),
        "ENTRY_DELETE a",
        "ENTRY_CREATE a",
        "MOVED_TO a",
        "ENTRY_CREATE a/b");
  }

  @Test
  void fromInside_forWhoAskedForRenames() throws Exception {
    assertOver(root.resolve("x"), kinds(RENAME), "RENAME x -> a");
  }

  @Test
  void fromInside_forWhoAskedForAll() throws Exception {
    assertOver(
        root.resolve("x"),
        kinds(ENTRY_CREATE, ENTRY_DELETE, RENAME),
        "ENTRY_DELETE a",
        "RENAME x -> a");
  }

  @Test
  void fromInside_forWhoDoesNotKnowOfRenames() throws Exception {
    assertOver(
        root.resolve("x"),
        kinds(ENTRY_DELETE, MOVED_TO),
        "ENTRY_DELETE a",
        "ENTRY_DELETE x",
        "MOVED_TO a");
  }

  private static WatchEvent.Kind<?>[] kinds(WatchEvent.Kind<?>... kinds) {
    return kinds;
  }

  private void assertOver(Path from, WatchEvent.Kind<?>[] kinds, String... expected)
      throws Exception {
    WatchKey key = register(kinds);
    move(from, root.resolve("a"));
    Told.isTold(key, expected);
    held.failMemfd(null);
    assertWatchesAreTheDirectories();
  }
}
