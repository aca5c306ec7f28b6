package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.Told.isTold;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is mounted in a tree cannot be seen at a moment: what is polled is polled as before, and it
 * is asked again.
 */
@Timeout(60)
final class UnreadableMountsTest extends SilentTreeTest {

  /** What cannot be seen, of a tree in which something is polled. */
  enum Unseen {
    TABLE,
    TABLE_FOR_GOOD,
    TYPES
  }

  private void refuse(Unseen what) {
    switch (what) {
      case TABLE -> refuseTable(Errno.EMFILE);
      case TABLE_FOR_GOOD -> refuseTable(Errno.ENOENT);
      case TYPES -> refuseTypes();
    }
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatIsPolled_isPolledOn_whileTheTableCannotBeRead(WatchEvent.Modifier also)
      throws Exception {
    isPolledOn(also, Unseen.TABLE);
  }

  @Test
  void whatIsPolled_isPolledOn_whereThereIsNoTable() throws Exception {
    isPolledOn(RECURSIVE, Unseen.TABLE_FOR_GOOD);
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatIsPolled_isPolledOn_whileItsTypeIsNotSaid(WatchEvent.Modifier also) throws Exception {
    isPolledOn(also, Unseen.TYPES);
  }

  private void isPolledOn(WatchEvent.Modifier also, Unseen what) throws Exception {
    mount(mounted);
    WatchKey key = register(also);
    refuse(what);
    mountElsewhere();
    assertThat(picky.refused()).isPositive();
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    isToldNothingMore(key);
    Files.delete(source.resolve("g"));
    isTold(key, "ENTRY_DELETE mounted/g");
    picky.allowAll();
    isToldNothingMore(key);
    Files.createFile(source.resolve("h"));
    isTold(key, "ENTRY_CREATE mounted/h");
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatComesWithADirectory_isAskedForAgain(WatchEvent.Modifier also) throws Exception {
    WatchKey key = register(also);
    Path directory = outside.resolve("d");
    mountAndHear(Files.createDirectories(directory.resolve("mounted")));
    refuseTable(Errno.ENOMEM);
    move(directory, root.resolve("d"));
    isTold(key, "ENTRY_CREATE d", "ENTRY_CREATE d/mounted", "ENTRY_CREATE d/mounted/f");
    assertThat(picky.refused()).isPositive();
    picky.allowAll();
    if (!also.equals(RESCAN)) {
      isTold(key, "ENTRY_DELETE d/mounted", "ENTRY_CREATE d/mounted", "ENTRY_CREATE d/mounted/f");
    }
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE d/mounted/g");
    isToldNothingMore(key);
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatIsInADirectoryThatIsRenamed_isPolledWhereThatIs(WatchEvent.Modifier also)
      throws Exception {
    mkdirs("p/n");
    mount(root.resolve("p/n"));
    WatchKey key = register(also, WITH_RENAMES);
    refuseTable(Errno.EMFILE);
    move("p", "q");
    isTold(key, "RENAME p -> q");
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE q/n/g");
    isToldNothingMore(key);
    picky.allowAll();
    Files.delete(source.resolve("g"));
    isTold(key, "ENTRY_DELETE q/n/g");
    isToldNothingMore(key);
  }

  /** Who hears of no renames is told that it is gone, and come: what is in it has to be found. */
  @Test
  void whatIsInADirectoryThatMoves_isAskedForAgain() throws Exception {
    mkdirs("p/n");
    mount(root.resolve("p/n"));
    WatchKey key = register(RECURSIVE);
    refuseTable(Errno.EMFILE);
    move("p", "q");
    isTold(key, "ENTRY_DELETE p", "ENTRY_CREATE q", "ENTRY_CREATE q/n", "ENTRY_CREATE q/n/f");
    assertThat(picky.refused()).isPositive();
    picky.allowAll();
    isTold(key, "ENTRY_DELETE q/n", "ENTRY_CREATE q/n", "ENTRY_CREATE q/n/f");
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE q/n/g");
    isToldNothingMore(key);
  }

  @Test
  void whatIsPolled_isPolledOn_whenItsTreeIsRegisteredAgain() throws Exception {
    mount(mounted);
    WatchKey key = register(RECURSIVE);
    refuseTable(Errno.EMFILE);
    assertThat(register(RECURSIVE, WITH_RENAMES)).isSameAs(key);
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    isToldNothingMore(key);
    picky.allowAll();
    Files.delete(source.resolve("g"));
    isTold(key, "ENTRY_DELETE mounted/g");
    isToldNothingMore(key);
  }
}
