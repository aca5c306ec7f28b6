package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.Syscalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What moves to a name while the tree's thread is busy with the directory that it is in, so that
 * the records come when a look has been there: a file that takes the place of another one is told,
 * if that is not what the look has found.
 */
final class ReplacedWhileReadTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, INotifyEventKinds.RENAME
  };

  /** Where the tree's thread waits, when it comes to an entry "stop". */
  private final Gate stop = new Gate();

  private INotifyWatchService other;

  @BeforeEach
  void openAnother() throws Exception {
    other = INotifyWatchService.open(hub);
    other.register(outside, KINDS);
  }

  @AfterEach
  void closeTheOther() {
    other.close();
  }

  private WatchKey registerStopping(WatchEvent.Kind<?>... kinds) throws Exception {
    PathMatcher stopping =
        path -> {
          if (path.endsWith("stop")) {
            stop.pass();
          }
          return false;
        };
    return service.register(
        root, kinds, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude(stopping));
  }

  /** A directory comes, and its entries were told when the tree's thread waits. */
  private void directoryComes() throws Exception {
    move(outside.resolve("d"), root.resolve("d"));
    stop.awaitReached();
  }

  /** All records wait for the tree's thread, which goes on. */
  private void goOn() throws InterruptedException {
    Pending.sync(other);
    stop.open();
  }

  private void prepare(String... files) throws Exception {
    Files.createDirectories(outside.resolve("d/sub/stop"));
    for (String file : files) {
      Files.createFile(outside.resolve("d").resolve(file));
    }
  }

  @Test
  void fileThatTakesThePlaceOfOneThatWasFound_isTold() throws Exception {
    prepare("x", "y");
    WatchKey key = registerStopping(KINDS);
    directoryComes();
    move("d/y", "d/x");
    goOn();
    assertThat(told(key))
        .startsWith("ENTRY_CREATE d")
        .contains("ENTRY_CREATE d/y")
        .endsWith("ENTRY_DELETE d/y", "ENTRY_CREATE d/x")
        .hasSize(7);
  }

  @Test
  void fileThatTakesThePlaceOfOneThatWasFound_isToldAsARename() throws Exception {
    prepare("x", "y");
    WatchKey key = registerStopping(WITH_RENAMES);
    directoryComes();
    move("d/y", "d/x");
    goOn();
    assertThat(told(key)).endsWith("RENAME d/y -> d/x").hasSize(6);
  }

  @Test
  void fileThatTakesThePlaceOfOneThatTheKernelToldOf_isTold() throws Exception {
    prepare();
    WatchKey key = registerStopping(KINDS);
    directoryComes();
    touch("d/x");
    touch("d/y");
    move("d/y", "d/x");
    touch("d/z");
    move("d/z", "d/x");
    goOn();
    assertThat(told(key))
        .containsExactly(
            "ENTRY_CREATE d",
            "ENTRY_CREATE d/sub",
            "ENTRY_CREATE d/sub/stop",
            "ENTRY_CREATE d/x",
            "ENTRY_CREATE d/y",
            "ENTRY_DELETE d/y",
            "ENTRY_CREATE d/x",
            "ENTRY_CREATE d/z",
            "ENTRY_DELETE d/z",
            "ENTRY_CREATE d/x");
  }

  @Test
  void fileThatIsFoundWhereItMovedTo_isToldOnce() throws Exception {
    Files.createDirectory(outside.resolve("d"));
    Files.createFile(outside.resolve("d/x"));
    Files.createFile(outside.resolve("d/y"));
    WatchKey key = register(KINDS);
    try (Gate gate = kernel.holdListing("d")) {
      move(outside.resolve("d"), root.resolve("d"));
      gate.awaitReached();
      move("d/y", "d/x");
    }
    assertThat(told(key)).containsExactly("ENTRY_CREATE d", "ENTRY_CREATE d/x");
  }

  @Test
  void fileThatIsGoneAgainFromWhereItMovedTo_isNotToldThere() throws Exception {
    prepare("x", "y");
    WatchKey key = registerStopping(KINDS);
    directoryComes();
    move("d/y", "d/x");
    Files.delete(root.resolve("d/x"));
    goOn();
    assertThat(told(key)).endsWith("ENTRY_DELETE d/y", "ENTRY_DELETE d/x").hasSize(7);
  }

  /** It cannot be seen what is there: so it is told. */
  @Test
  void fileThatTakesAPlace_whoseDirectoryIsElsewhereByNow_isTold() throws Exception {
    prepare("x", "y");
    WatchKey key = registerStopping(WITH_RENAMES);
    directoryComes();
    move("d/y", "d/x");
    move("d", "e");
    goOn();
    assertThat(told(key))
        .containsSequence("RENAME d/y -> d/x", "ENTRY_DELETE d", "ENTRY_CREATE e")
        .contains("ENTRY_CREATE e/x", "ENTRY_CREATE e/sub/stop")
        .hasSize(11);
  }

  @Test
  void directoryThatIsExchangedWithAFile_isToldBeforeWhatIsInIt() throws Exception {
    prepare("b");
    Files.createDirectories(outside.resolve("d/c/in"));
    WatchKey key = registerStopping(KINDS);
    ContentModel model = new ContentModel(root).strictly();
    directoryComes();
    Syscalls.exchange(root.resolve("d/c"), root.resolve("d/b"));
    goOn();
    model.assertExact(service, key, "a file and a directory have changed places");
  }

  @Test
  void directoryThatIsExchangedAndGoneSince_goesOnce() throws Exception {
    assertExchangedAndGoneIsToldOnce(KINDS);
  }

  @Test
  void directoryThatIsExchangedAndGoneSince_goesOnce_asARename() throws Exception {
    assertExchangedAndGoneIsToldOnce(WITH_RENAMES);
  }

  private void assertExchangedAndGoneIsToldOnce(WatchEvent.Kind<?>... kinds) throws Exception {
    mkdirs("a/b/in");
    mkdirs("b/other");
    WatchKey key = register(kinds);
    // What was noted when the tree was registered is forgotten.
    Pending.sync(service);
    touch("first");
    assertThat(told(key)).containsExactly("ENTRY_CREATE first");
    ContentModel model = new ContentModel(root).strictly();
    model.list();
    try (Gate gate = kernel.holdListing("wait")) {
      mkdirs("wait");
      gate.awaitReached();
      Syscalls.exchange(root.resolve("b"), root.resolve("a/b"));
      TreeChanges.removeAll(root.resolve("a"));
      Pending.sync(other);
    }
    model.assertExact(service, key, "two directories have changed places");
  }
}
