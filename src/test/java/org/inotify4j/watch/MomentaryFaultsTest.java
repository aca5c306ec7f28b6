package org.inotify4j.watch;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Syscalls;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A call of the kernel fails once: what cannot be watched is told, and watched some seconds later.
 */
class MomentaryFaultsTest extends WholeTreeTest {

  private static final int ESTALE = 116;
  private static final Duration SOON = Duration.ofSeconds(5);

  private final PickyKernel picky = new PickyKernel();

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  /** Waits until so much was told. */
  private List<String> toldInTime(WatchKey key, String last) {
    List<String> told = new ArrayList<>();
    await().atMost(SOON).until(() -> told.addAll(Told.by(key)) && told.contains(last));
    return told;
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 12, 13, 5, ESTALE})
  void newDirectoryThatCannotBeWatched_isTold_andWatchedInTime(int errno) throws Exception {
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/new"), errno).times(1);
    mkdirs("new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE new", "UNWATCHED new");
    assertThat(toldInTime(key, "ENTRY_CREATE new/sub")).containsExactly("ENTRY_CREATE new/sub");
    touch("new/sub/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE new/sub/f");
    assertWatchesAreTheDirectories();
  }

  @ParameterizedTest
  @ValueSource(ints = {28, 12, 13, 5, ESTALE})
  void directoryThatCannotBeLookedUp_costsWhatComesInItASecond(int errno) throws Exception {
    mkdirs("d");
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/d"), errno).times(1);
    mkdirs("d/new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/new", "UNWATCHED d/new");
    assertThat(toldInTime(key, "ENTRY_CREATE d/new/sub")).containsExactly("ENTRY_CREATE d/new/sub");
    assertWatchesAreTheDirectories();
  }

  @Test
  void directoryThatMayNotBeReadForAWhile_isMadeGoodWhenItMay() throws Exception {
    mkdirs("d");
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/d"), Errno.EACCES.number());
    mkdirs("d/new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/new", "UNWATCHED d/new");
    picky.allowAll();
    shell("chmod u-r d; chmod u+r d");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/new/sub");
    assertWatchesAreTheDirectories();
  }

  @Test
  void watchThatSomebodyElseRemoves_isRoomAtOnce() throws Exception {
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    WatchKey other = service.register(outside, ENTRY_CREATE);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/new"), Errno.ENOSPC.number()).times(1);
    mkdirs("new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE new", "UNWATCHED new");
    other.cancel();
    assertThat(told(key)).containsExactly("ENTRY_CREATE new/sub");
    assertWatchesAreTheDirectories();
  }

  /** On a file system that says so of one directory, it says nothing about the others. */
  @Test
  void directoryThatCanNeverBeOpened_doesNotKeepAnotherFromBeingTried() throws Exception {
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("openat", "never"::equals, Errno.ENOMEM.number());
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/once"), Errno.EIO.number()).times(1);
    mkdirs("never");
    assertThat(told(key)).containsExactly("ENTRY_CREATE never", "UNWATCHED never");
    mkdirs("once/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE once", "UNWATCHED once");
    assertThat(toldInTime(key, "ENTRY_CREATE once/sub")).containsExactly("ENTRY_CREATE once/sub");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 12, 5})
  void placeThatCannotBeLookedBehind_isNoEvent(int errno) throws Exception {
    mkdirs("a");
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, RENAME, UNWATCHED);
    mkdirs("outside-in");
    told(key);
    // What came by a move and goes by a move may have been exchanged.
    move("outside-in", "a/in");
    picky.refuse("openat", "in"::equals, errno);
    move("a/in", "a/in2");
    List<String> told = new ArrayList<>(told(key));
    picky.allowAll();
    touch("a/in2/f");
    told.addAll(toldInTime(key, "ENTRY_CREATE a/in2/f"));
    await().during(Duration.ofMillis(2500)).atMost(SOON).until(() -> Told.by(key).isEmpty());
    assertThat(told)
        .containsExactly(
            "RENAME outside-in -> a/in", "RENAME a/in -> a/in2", "ENTRY_CREATE a/in2/f");
    assertWatchesAreTheDirectories();
  }

  @Test
  void exchangeThatCannotBeLookedBehind_isToldInTime() throws Exception {
    mkdirs("one/x");
    mkdirs("other/y");
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, RENAME, UNWATCHED);
    TreeModel model = new TreeModel(service, key);
    picky.refuse("openat", name -> name.equals("one") || name.equals("other"), 24).times(1);
    Syscalls.exchange(root.resolve("one"), root.resolve("other"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              model.sync();
              model.poll();
              assertThat(model.paths()).isEqualTo(TreeModel.list(root));
            });
    assertWatchesAreTheDirectories();
  }

  /** One EMFILE at several of the places where a directory is opened. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 7})
  void watchThatCannotBeCompleted_isCompletedInTime(int nth) throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, INotifyEventKinds.OPEN, UNWATCHED};
    WatchKey key =
        service.register(
            root, kinds, INotifyModifiers.RECURSIVE, INotifyModifiers.EXCLUDE_UNLINKED);
    picky.refuse("openat", any -> true, Errno.EMFILE.number()).from(nth).times(1);
    mkdirs("a/b/c");
    touch("a/b/c/f");
    for (String directory : List.of("a/b/c", "a/b", "a")) {
      Path file = touchAgain(directory);
      await()
          .atMost(SOON)
          .until(
              () -> {
                Files.readAllBytes(file);
                return told(key).contains("OPEN " + root.relativize(file));
              });
    }
  }

  private Path touchAgain(String directory) throws IOException {
    return Files.writeString(root.resolve(directory).resolve("read"), "x");
  }

  @ParameterizedTest
  @CsvSource({"2, getdents64", "5, getdents64", "12, getdents64"})
  void directoryThatCannotBeRead_isNotEmpty(int errno, String call) throws Exception {
    mkdirs("d");
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse(call, path -> path.endsWith("/new"), errno).times(1);
    Files.createDirectories(outside.resolve("new/sub"));
    move(outside.resolve("new"), root.resolve("d/new"));
    assertThat(toldInTime(key, "ENTRY_CREATE d/new/sub"))
        .containsExactly("ENTRY_CREATE d/new", "UNWATCHED d/new", "ENTRY_CREATE d/new/sub");
    assertWatchesAreTheDirectories();
  }

  @Test
  void changeOfAFileWhileItsDirectoryCannotBeWatched_isToldInTime() throws Exception {
    Path one = Files.writeString(mkdirs("one").resolve("f"), "1");
    Files.createSymbolicLink(root.resolve("now"), Path.of("one"));
    Path file = root.resolve("now/f");
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, UNWATCHED};
    WatchKey key = service.register(file, kinds, INotifyModifiers.FILE);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/one"), Errno.ENOMEM.number()).times(1);
    // It leads to the same file, and has to be followed again.
    Files.createSymbolicLink(root.resolve("new"), Path.of("one"));
    move("new", "now");
    assertThat(told(service, key)).containsExactly("UNWATCHED ");
    // The watch that there was is kept meanwhile.
    Files.writeString(one, "22", APPEND);
    assertThat(told(service, key)).containsExactly("ENTRY_MODIFY ");
    // Followed again: nobody knows what was missed.
    assertThat(toldInTime(key, "ENTRY_MODIFY ")).containsExactly("ENTRY_MODIFY ");
    Files.writeString(one, "333", APPEND);
    assertThat(told(service, key)).containsExactly("ENTRY_MODIFY ");
  }

  private static List<String> told(INotifyWatchService service, WatchKey key)
      throws InterruptedException {
    Pending.sync(service);
    return Told.by(key);
  }
}
