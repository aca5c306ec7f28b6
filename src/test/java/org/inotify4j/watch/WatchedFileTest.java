package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One file, whatever happens to it. */
@Timeout(60)
class WatchedFileTest {

  private static final WatchEvent.Kind<?>[] STANDARD = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final String CREATED = "ENTRY_CREATE ";
  private static final String DELETED = "ENTRY_DELETE ";
  private static final String MODIFIED = "ENTRY_MODIFY ";

  @TempDir private Path scratch;

  private Path root;
  private Path file;
  private Hub hub;
  private INotifyWatchService service;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(scratch.resolve("root"));
    file = root.resolve("app.conf");
    hub = Hub.open();
    service = INotifyWatchService.open(hub);
  }

  @AfterEach
  void close() throws IOException {
    service.close();
  }

  private WatchKey register(Path path, WatchEvent.Kind<?>... kinds) throws IOException {
    return service.register(path, kinds, INotifyModifiers.FILE);
  }

  private List<String> told(WatchKey key) throws InterruptedException {
    return Told.by(key, service);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private void shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-ec", script).directory(root.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(script).isZero();
  }

  @Test
  void fileThatIsWritten_isModified_withTheEmptyPathAsContext() throws Exception {
    Files.writeString(file, "one");
    WatchKey key = register(file, STANDARD);
    Files.writeString(file, "two", StandardOpenOption.APPEND);
    Pending.sync(service);
    List<WatchEvent<?>> events = key.pollEvents();
    assertThat(Told.of(events)).containsExactly(MODIFIED);
    assertThat(file.resolve((Path) events.get(0).context())).isEqualTo(file);
    assertThat(key.watchable()).isSameAs(file);
  }

  @Test
  void extendedKinds_areWhatTheKernelSays() throws Exception {
    WatchKey key =
        register(file, INotifyEventKinds.CREATE, INotifyEventKinds.CLOSE_WRITE, ENTRY_DELETE);
    Files.writeString(file, "one");
    Files.delete(file);
    assertThat(told(key)).containsExactly("CREATE ", "CLOSE_WRITE ", DELETED);
  }

  @Test
  void nameThatIsNotThereYet_comes_ceases_andComesAgain() throws Exception {
    WatchKey key = register(file, STANDARD);
    Files.createFile(file);
    assertThat(told(key)).containsExactly(CREATED);
    Files.delete(file);
    Files.createFile(file);
    assertThat(told(key)).containsExactly(DELETED, CREATED);
    Files.createFile(root.resolve("other"));
    move(file, root.resolve("elsewhere"));
    move(root.resolve("other"), file);
    assertThat(told(key)).containsExactly(DELETED, CREATED);
    assertThat(key.isValid()).isTrue();
  }

  @Test
  void directoryThatIsNotThereYet_threeLevelsAtATime() throws Exception {
    Path deep = root.resolve("a/b/c/app.conf");
    WatchKey key = register(deep, STANDARD);
    Files.createDirectories(deep.getParent());
    Files.createFile(deep);
    assertThat(told(key)).containsExactly(CREATED);
    shell("rm -r a");
    assertThat(told(key)).containsExactly(DELETED);
    shell("mkdir -p a/b/c && : > a/b/c/app.conf");
    assertThat(told(key)).containsExactly(CREATED);
    Files.writeString(deep, "x", StandardOpenOption.APPEND);
    assertThat(told(key)).containsExactly(MODIFIED);
    assertThat(hub.watchCount()).isEqualTo(onTheWayTo(deep) + 1);
  }

  /** How many directories lead to a file, but for the root. */
  private static int onTheWayTo(Path file) throws IOException {
    return Path.of(String.valueOf(file.getParent())).toRealPath().getNameCount();
  }

  @Test
  void editorsSaves_areOneModificationEach() throws Exception {
    Files.writeString(file, "0");
    WatchKey key = register(file, STANDARD);
    for (int i = 0; i < 10; i++) {
      Path aside = Files.writeString(root.resolve("aside"), "" + i);
      move(aside, file);
      assertThat(told(key)).as("written aside and renamed, %d", i).containsExactly(MODIFIED);
      Files.writeString(file, "x" + i, StandardOpenOption.TRUNCATE_EXISTING);
      assertThat(told(key)).hasSize(1).allMatch(event -> event.startsWith(MODIFIED));
    }
    move(Files.writeString(root.resolve("aside"), "a"), file);
    move(Files.writeString(root.resolve("aside"), "b"), file);
    assertThat(told(key)).containsExactly(MODIFIED + " *2");
  }

  @Test
  void backupAndNewFile_isADeletionAndACreation() throws Exception {
    Files.writeString(file, "0");
    WatchKey key = register(file, STANDARD);
    move(file, root.resolve("app.conf~"));
    Files.writeString(file, "1");
    Files.delete(root.resolve("app.conf~"));
    assertThat(told(key)).containsExactly(DELETED, CREATED, MODIFIED);
  }

  @Test
  void sedInPlace_isOneModification() throws Exception {
    Files.writeString(file, "color=red\n");
    WatchKey key = register(file, STANDARD);
    shell("sed -i s/red/blue/ app.conf");
    assertThat(told(key)).containsExactly(MODIFIED);
    assertThat(Files.readString(file)).isEqualTo("color=blue\n");
  }

  @Test
  void logRotation_isADeletionAndACreation() throws Exception {
    Files.writeString(file, "0");
    WatchKey key = register(file, STANDARD);
    shell("mv app.conf app.conf.1 && (umask 027; : > app.conf) && echo line >> app.conf");
    assertThat(told(key)).containsExactly(DELETED, CREATED, MODIFIED);
  }

  @Test
  void exchange_isAModification() throws Exception {
    Files.writeString(file, "0");
    Path other = Files.writeString(root.resolve("other"), "1");
    WatchKey key = register(file, STANDARD);
    Syscalls.exchange(other, file);
    assertThat(told(key)).containsExactly(MODIFIED);
    Files.delete(file);
    assertThat(told(key)).containsExactly(DELETED);
  }

  @Test
  void fileThatCameByAMove_andGoesByOne_isToldAsTheKernelSays() throws Exception {
    WatchKey key = register(file, INotifyEventKinds.MOVED_TO, INotifyEventKinds.MOVED_FROM);
    move(Files.writeString(root.resolve("aside"), "0"), file);
    move(file, root.resolve("away"));
    assertThat(told(key)).containsExactly("MOVED_TO ", "MOVED_FROM ");
  }

  @Test
  void attributes_areAModification() throws Exception {
    Files.writeString(file, "0");
    WatchKey key = register(file, STANDARD);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(told(key)).containsExactly(MODIFIED);
  }

  @Test
  void neighbours_wakeNobody() throws Exception {
    Files.writeString(file, "0");
    register(file, STANDARD);
    for (int i = 0; i < 100; i++) {
      Files.writeString(root.resolve("neighbour" + i), "x");
    }
    Pending.sync(service);
    assertThat(service.poll()).isNull();
  }

  @Test
  void thousandFilesToComeOfADirectory_costOneWatch_andOneForEachDirectoryAbove() throws Exception {
    WatchKey last = null;
    for (int i = 0; i < 1000; i++) {
      last = register(root.resolve("f" + i), ENTRY_CREATE);
    }
    assertThat(KernelView.masks(hub.inotifyFd())).hasSize(onTheWayTo(file));
    assertThat(service.watchCount()).isEqualTo(onTheWayTo(file));
    Files.createFile(root.resolve("f999"));
    Pending.sync(service);
    assertThat(service.poll()).isSameAs(last);
    assertThat(service.poll()).isNull();
    // A file that is there has a watch of its own.
    assertThat(service.watchCount()).isEqualTo(onTheWayTo(file) + 1);
  }

  @Test
  void directoryRenamedAway_andAnotherInItsPlace() throws Exception {
    Path directory = Files.createDirectory(root.resolve("d"));
    Path inside = Files.writeString(directory.resolve("app.conf"), "0");
    WatchKey key = register(inside, STANDARD);
    move(directory, root.resolve("old"));
    assertThat(told(key)).containsExactly(DELETED);
    Files.writeString(root.resolve("old/app.conf"), "nobody hears this");
    assertThat(told(key)).isEmpty();
    Files.createDirectory(root.resolve("new"));
    Files.writeString(root.resolve("new/app.conf"), "1");
    move(root.resolve("new"), directory);
    assertThat(told(key)).containsExactly(CREATED);
    Files.writeString(inside, "2", StandardOpenOption.APPEND);
    assertThat(told(key)).containsExactly(MODIFIED);
  }

  @Test
  void swapOfALinkOnTheWay_isOneModification_tenTimes() throws Exception {
    shell(
        "mkdir ..0 && echo 0 > ..0/app.conf && ln -s ..0 ..data && ln -s ..data/app.conf app.conf");
    WatchKey key = register(file, STANDARD);
    for (int i = 1; i <= 10; i++) {
      String next = ".." + i;
      shell("mkdir " + next + " && echo " + i + " > " + next + "/app.conf");
      shell("ln -s " + next + " tmp && mv -T tmp ..data && rm -r .." + (i - 1));
      assertThat(told(key)).as("swap %d", i).containsExactly(MODIFIED);
    }
    Files.writeString(file, "written through the links");
    assertThat(told(key)).hasSize(1).allMatch(event -> event.startsWith(MODIFIED));
    assertThat(hub.watchCount()).isEqualTo(onTheWayTo(root.resolve("..10/app.conf")) + 1);
  }

  @Test
  void swapOfALink_isTold_whicheverKindsOfAReplacementWereAskedFor() throws Exception {
    shell("echo a > a; echo b > b; ln -s a app.conf");
    for (WatchEvent.Kind<?>[] kinds :
        new WatchEvent.Kind<?>[][] {
          {INotifyEventKinds.MOVED_TO, INotifyEventKinds.CREATE, INotifyEventKinds.DELETE},
          {INotifyEventKinds.MOVED_TO, ENTRY_MODIFY},
          {INotifyEventKinds.MODIFY, INotifyEventKinds.CREATE, INotifyEventKinds.DELETE},
        }) {
      WatchKey key = register(file, kinds);
      for (String next : List.of("b", "a")) {
        shell("ln -sfn " + next + " app.conf");
        Pending.sync(service);
        List<WatchEvent<?>> events = key.pollEvents();
        List<String> expected =
            Stream.of("ENTRY_MODIFY ", "MOVED_TO ")
                .filter(event -> Arrays.toString(kinds).contains(event.strip()))
                .toList();
        assertThat(Told.of(events)).isEqualTo(expected);
        assertThat(events).allMatch(event -> ((INotifyWatchEvent<?>) event).isSynthetic());
      }
    }
  }

  @Test
  void swapThatLeavesTheSameFile_isNothing() throws Exception {
    shell(
        "mkdir ..0 && echo 0 > ..0/app.conf && ln -s ..0 ..data && ln -s ..data/app.conf app.conf");
    WatchKey key = register(file, STANDARD);
    shell("mkdir ..1 && ln ..0/app.conf ..1/app.conf && ln -s ..1 tmp && mv -T tmp ..data");
    assertThat(told(key)).filteredOn(event -> !event.startsWith(MODIFIED)).isEmpty();
    shell("rm -r ..0");
    assertThat(told(key)).isEmpty();
  }

  @Test
  void danglingLink_isAbsentUntilItsTargetComes() throws Exception {
    Path target = root.resolve("else/where");
    Files.createSymbolicLink(file, Path.of("else/where"));
    WatchKey key = register(file, STANDARD);
    Files.createDirectory(target.getParent());
    Files.createFile(target);
    assertThat(told(key)).containsExactly(CREATED);
    Files.delete(file);
    assertThat(told(key)).containsExactly(DELETED);
    Files.createSymbolicLink(file, target);
    assertThat(told(key)).containsExactly(CREATED);
  }

  @Test
  void fileReplacedByALink_isFollowed() throws Exception {
    Files.writeString(file, "0");
    Path target = Files.writeString(root.resolve("target"), "1");
    WatchKey key = register(file, STANDARD);
    Files.createSymbolicLink(root.resolve("tmp"), target);
    move(root.resolve("tmp"), file);
    assertThat(told(key)).containsExactly(MODIFIED);
    Files.writeString(target, "2", StandardOpenOption.APPEND);
    assertThat(told(key)).containsExactly(MODIFIED);
  }

  @Test
  void linksInALoop_andALongName_areRefused() throws Exception {
    Files.createSymbolicLink(root.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(root.resolve("b"), Path.of("a"));
    assertThatThrownBy(() -> register(root.resolve("a/x"), STANDARD))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Too many levels of symbolic links");
    assertThatThrownBy(() -> register(root.resolve("n".repeat(256)), STANDARD))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("too long");
    assertThat(hub.watchCount()).isZero();
    assertThat(KernelView.masks(hub.inotifyFd())).isEmpty();
  }

  @Test
  void pathWithoutAName_andFileWithRecursive_areRefused() {
    for (Path path : List.of(Path.of("/"), Path.of(""), root.resolve(".."), root.resolve("."))) {
      assertThatThrownBy(() -> register(path, STANDARD))
          .as("%s", path)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("name");
    }
    assertThatThrownBy(
            () ->
                service.register(file, STANDARD, INotifyModifiers.FILE, INotifyModifiers.RECURSIVE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anotherRegistration_givesTheSameKey_andReplacesTheKinds() throws Exception {
    Files.writeString(file, "0");
    WatchKey key = register(file, ENTRY_MODIFY);
    assertThat(register(file, ENTRY_MODIFY)).isSameAs(key);
    assertThat(register(file, ENTRY_DELETE)).isSameAs(key);
    Files.writeString(file, "1");
    Files.delete(file);
    assertThat(told(key)).containsExactly(DELETED);
    key.cancel();
    assertThat(hub.watchCount()).isZero();
    assertThat(register(file, ENTRY_CREATE)).isNotSameAs(key);
  }

  @Test
  void besideItsDirectoryAndATree_eachHearsItsOwn() throws Exception {
    WatchKey directory = service.register(root, ENTRY_CREATE);
    WatchKey one = register(file, STANDARD);
    WatchKey tree =
        service.register(
            scratch, new WatchEvent.Kind<?>[] {ENTRY_CREATE}, INotifyModifiers.RECURSIVE);
    Files.createFile(file);
    assertThat(told(one)).containsExactly(CREATED);
    assertThat(Told.by(directory)).containsExactly("ENTRY_CREATE app.conf");
    assertThat(Told.by(tree)).contains("ENTRY_CREATE root/app.conf");
    directory.cancel();
    tree.cancel();
    Files.delete(file);
    assertThat(told(one)).containsExactly(DELETED);
    one.cancel();
    assertThat(hub.watchCount()).isZero();
  }

  @Test
  void oneShot_isOneEvent() throws Exception {
    WatchKey key =
        service.register(file, STANDARD, INotifyModifiers.FILE, INotifyModifiers.ONESHOT);
    Files.createFile(file);
    Files.delete(file);
    assertThat(told(key)).containsExactly(CREATED);
    assertThat(key.isValid()).isFalse();
    // Its thread drops them behind what it tells.
    await().untilAsserted(() -> assertThat(hub.watchCount()).isZero());
  }
}
