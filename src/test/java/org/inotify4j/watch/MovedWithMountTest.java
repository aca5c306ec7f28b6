package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.Told.isTold;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A directory moves within a tree, or comes from outside, with a silent file system that is mounted
 * in it: that is polled where it is then.
 */
final class MovedWithMountTest extends SilentTreeTest {

  MovedWithMountTest() {
    // A test does something more before the first round, mostly.
    super("0.15");
  }

  @Test
  void whatIsMountedInADirectoryThatMoves_isPolledWhereThatIs() throws Exception {
    mkdirs("p/n");
    mount(root.resolve("p/n"));
    WatchKey key = register(Kind.PLAIN);
    move("p", "q");
    isTold(key, "ENTRY_DELETE p", "ENTRY_CREATE q", "ENTRY_CREATE q/n", "ENTRY_CREATE q/n/f");
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE q/n/g");
    isToldNothingMore(key);
  }

  @Test
  void whatIsMountedInADirectoryThatIsRenamed_isPolledWhereThatIs() throws Exception {
    mkdirs("p/n");
    mount(root.resolve("p/n"));
    WatchKey key = service.register(root, WITH_RENAMES, RECURSIVE);
    move("p", "q");
    isTold(key, "RENAME p -> q");
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE q/n/g");
    isToldNothingMore(key);
  }

  /** The rest of it, which is heard, is not looked at in each round because of that. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsMountedInADirectoryThatMoves_isPolledAlone_alsoWhereAllIsKept(boolean tellsRenames)
      throws Exception {
    Path heard = mkdirs("heard");
    mkdirs("p/n");
    mount(root.resolve("p/n"));
    WatchKey key = service.register(root, tellsRenames ? WITH_RENAMES : KINDS, RECURSIVE, RESCAN);
    move("p", "q");
    assertThat(told(key)).contains(tellsRenames ? "RENAME p -> q" : "ENTRY_CREATE q/n/f");
    isToldNothingMore(key);
    PickyKernel.Refusal looks =
        picky.refuse("getdents64", heard.toString()::equals, Errno.EIO.number()).times(0);
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE q/n/g");
    isToldNothingMore(key);
    assertThat(looks.calls()).isZero();
  }

  /** A directory comes from outside with what is mounted in it, of which no mount tells. */
  @ParameterizedTest
  @EnumSource
  void whatIsMountedInADirectoryThatMovesIn_isPolled(Kind kind) throws Exception {
    WatchKey key = register(kind);
    Path directory = mountedOutside();
    move(directory, root.resolve("d"));
    isTold(key, "ENTRY_CREATE d", "ENTRY_CREATE d/m", "ENTRY_CREATE d/m/f");
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE d/m/f");
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE d/m/g");
    isToldNothingMore(key);
  }

  /** Nothing there is gone, and to be found again it would have to be. */
  @Test
  void whatIsMountedInADirectoryThatMovesIn_isNotTold_toWhoHearsOfDeletionsOnly() throws Exception {
    WatchKey key = service.register(root, new WatchEvent.Kind<?>[] {ENTRY_DELETE}, RECURSIVE);
    Path directory = mountedOutside();
    move(directory, root.resolve("d"));
    isToldNothingMore(key);
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE d/m/f");
    isToldNothingMore(key);
  }

  /** It is found in a directory that is new, and so no record of its own tells of it. */
  @ParameterizedTest
  @EnumSource
  void whatIsMountedInADirectoryThatMovesIntoANewOne_isPolled(Kind kind) throws Exception {
    WatchKey key = register(kind);
    Path directory = mountedOutside();
    try (Gate gate = picky.holdReads()) {
      mkdirs("new");
      move(directory, root.resolve("new/d"));
      gate.open();
    }
    Told.until(key, "ENTRY_CREATE new/d/m/f");
    Files.createFile(source.resolve("g"));
    Told.until(key, "ENTRY_CREATE new/d/m/g");
    isToldNothingMore(key);
  }

  @ParameterizedTest
  @EnumSource
  void whatMovesInWhileEventsAreLost_isPolled(Kind kind) throws Exception {
    WatchKey key = register(kind);
    Path directory = mountedOutside();
    picky.loseEvents();
    move(directory, root.resolve("d"));
    await().until(() -> !picky.isLosing());
    Pending.sync(service);
    // An OVERFLOW, mostly, which stands for what is found until it is polled.
    key.pollEvents();
    Files.createFile(source.resolve("g"));
    Told.until(key, "ENTRY_CREATE d/m/g");
  }

  /** A directory that is yet to move in, with what is mounted in it. */
  private Path mountedOutside() throws Exception {
    Path directory = outside.resolve("d");
    mount(Files.createDirectories(directory.resolve("m")));
    Pending.sync(service);
    return directory;
  }
}
