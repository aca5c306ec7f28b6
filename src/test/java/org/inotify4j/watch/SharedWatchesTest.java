package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A watch that several share has the mask that those want together who are left. */
class SharedWatchesTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final WatchEvent.Kind<?>[] CREATED_OR_DELETED = {ENTRY_CREATE, ENTRY_DELETE};
  private static final WatchEvent.Kind<?>[] MODIFIED = {ENTRY_MODIFY};
  private static final WatchEvent.Kind<?>[] MODIFIED_OR_DELETED = {ENTRY_MODIFY, ENTRY_DELETE};
  private static final WatchEvent.Kind<?>[] READING = {
    ENTRY_CREATE, INotifyEventKinds.OPEN, INotifyEventKinds.ACCESS
  };
  private static final int WHAT_READING_MAKES = Mask.of(Flag.OPEN, Flag.ACCESS);

  private INotifyWatchService other;

  @BeforeEach
  void openAnother() {
    other = INotifyWatchService.open(hub);
  }

  @AfterEach
  void closeTheOther() {
    other.close();
  }

  private void assertReadingWakesNobody() {
    await()
        .untilAsserted(
            () ->
                assertThat(KernelView.masks(hub.inotifyFd()).values())
                    .isNotEmpty()
                    .allMatch(mask -> (mask & WHAT_READING_MAKES) == 0));
  }

  /** A mark may be among the watches for a moment. */
  private void assertReadingIsHeard() {
    await()
        .untilAsserted(
            () ->
                assertThat(KernelView.masks(hub.inotifyFd()).values())
                    .isNotEmpty()
                    .allMatch(mask -> (mask & WHAT_READING_MAKES) == WHAT_READING_MAKES));
  }

  private void assertReadingIsHeardBy(int watches) throws IOException {
    assertThat(KernelView.masks(hub.inotifyFd()).values())
        .filteredOn(mask -> (mask & WHAT_READING_MAKES) == WHAT_READING_MAKES)
        .hasSize(watches);
  }

  @Test
  void treeThatLeavesAPlainKey() throws Exception {
    WatchKey plain = other.register(root, CREATED);
    WatchKey tree = service.register(root, READING, INotifyModifiers.RECURSIVE);
    assertReadingIsHeard();
    tree.cancel();
    assertReadingWakesNobody();
    touch("f");
    Pending.sync(other);
    assertThat(Told.by(plain)).containsExactly("ENTRY_CREATE f");
  }

  @Test
  void plainKeyThatLeavesATree() throws Exception {
    mkdirs("d/e");
    WatchKey tree = service.register(root, CREATED, INotifyModifiers.RECURSIVE);
    WatchKey plain = other.register(root.resolve("d/e"), READING);
    plain.cancel();
    assertReadingWakesNobody();
    touch("d/e/f");
    assertThat(told(tree)).containsExactly("ENTRY_CREATE d/e/f");
  }

  @Test
  void treeThatLeavesATree() throws Exception {
    mkdirs("d/e");
    WatchKey whole = service.register(root, CREATED, INotifyModifiers.RECURSIVE);
    WatchKey part = other.register(root.resolve("d"), READING, INotifyModifiers.RECURSIVE);
    part.cancel();
    assertReadingWakesNobody();
    touch("d/e/f");
    assertThat(told(whole)).containsExactly("ENTRY_CREATE d/e/f");
  }

  @Test
  void plainKeyThatLeavesAPlainKey_alsoByClosingItsService() throws Exception {
    WatchKey plain = service.register(root, CREATED);
    other.register(root, READING).cancel();
    assertReadingWakesNobody();
    other.register(root, READING);
    assertReadingIsHeard();
    other.close();
    assertReadingWakesNobody();
    touch("f");
    assertThat(told(plain)).containsExactly("ENTRY_CREATE f");
  }

  @Test
  void plainKeyThatLeavesFiles() throws Exception {
    mkdirs("d/e");
    touch("d/e/f");
    WatchKey file =
        service.register(root.resolve("d/e/f"), MODIFIED_OR_DELETED, INotifyModifiers.FILE);
    WatchKey ofName = other.register(root.resolve("d/e"), READING);
    WatchKey onTheWay = other.register(root.resolve("d"), READING);
    assertReadingIsHeardBy(2);
    ofName.cancel();
    onTheWay.cancel();
    assertReadingWakesNobody();
    Files.write(root.resolve("d/e/f"), new byte[1], StandardOpenOption.APPEND);
    assertThat(told(file)).containsExactly("ENTRY_MODIFY ");
    move("d", "x");
    assertThat(told(file)).containsExactly("ENTRY_DELETE ");
  }

  @Test
  void fileThatLeavesAFile() throws Exception {
    mkdirs("d");
    touch("d/f");
    touch("d/g");
    WatchKey stays = service.register(root.resolve("d/f"), MODIFIED, INotifyModifiers.FILE);
    WatchKey leaves = service.register(root.resolve("d/g"), READING, INotifyModifiers.FILE);
    assertReadingIsHeardBy(1);
    leaves.cancel();
    assertReadingWakesNobody();
    Files.write(root.resolve("d/f"), new byte[1], StandardOpenOption.APPEND);
    assertThat(told(stays)).containsExactly("ENTRY_MODIFY ");
  }

  /** A file below is registered first, and so is asked first. */
  @Test
  void plainKeyThatLeavesOneThatExcludes() throws Exception {
    mkdirs("d");
    touch("d/f");
    service.register(root.resolve("d/f"), MODIFIED, INotifyModifiers.FILE);
    WatchKey excluding = service.register(root, MODIFIED, INotifyModifiers.EXCLUDE_UNLINKED);
    other.register(root, CREATED).cancel();
    await()
        .untilAsserted(
            () ->
                assertThat(KernelView.masks(hub.inotifyFd()).values())
                    .filteredOn(mask -> Flag.MODIFY.isIn(mask) && !Flag.CREATE.isIn(mask))
                    .isNotEmpty()
                    .allMatch(Flag.EXCL_UNLINK::isIn));
    try (FileChannel unlinked =
        FileChannel.open(
            root.resolve("x"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      Files.delete(root.resolve("x"));
      int unused = unlinked.write(ByteBuffer.allocate(1));
      assertThat(told(excluding)).isEmpty();
    }
  }

  /**
   * What the kernel reports while a directory is given back goes to who shares its watch only. Its
   * older records still wait when the same watch is placed again, and would tell half a history.
   */
  @Test
  void directoryThatIsReadAnewWhereItCameTo_isToldAsItIs() throws Exception {
    mkdirs("a/b");
    Gate beforeItLeaves = new Gate();
    Gate beforeItComes = new Gate();
    PathMatcher stopping =
        path -> {
          if (path.toString().equals("stop")) {
            beforeItLeaves.pass();
          } else if (path.toString().equals("c")) {
            beforeItComes.pass();
          }
          return false;
        };
    WatchKey key =
        service.register(
            root,
            CREATED_OR_DELETED,
            INotifyModifiers.RECURSIVE,
            INotifyModifiers.exclude(stopping));
    WatchKey sharing = other.register(root, CREATED_OR_DELETED, INotifyModifiers.RECURSIVE);
    touch("stop");
    beforeItLeaves.awaitReached();
    move("a", "c");
    Files.delete(root.resolve("c/b"));
    Pending.sync(other);
    beforeItLeaves.open();
    beforeItComes.awaitReached();
    mkdirs("c/b");
    Pending.sync(other);
    beforeItComes.open();
    List<String> all = List.of("ENTRY_CREATE stop", "ENTRY_DELETE a", "ENTRY_CREATE c");
    assertThat(told(key)).containsAll(all).endsWith("ENTRY_CREATE c/b").hasSize(4);
    touch("c/b/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE c/b/f");
    Pending.sync(other);
    assertThat(Told.by(sharing)).containsAll(all).endsWith("ENTRY_CREATE c/b/f");
  }

  /** The same of a single file, whose directory is another one for a moment. */
  @Test
  void fileWhoseDirectoryIsBack_isToldAsItIs() throws Exception {
    mkdirs("d");
    mkdirs("e");
    touch("d/f");
    touch("e/f");
    List<Gate> beforeOpenings = List.of(new Gate(), new Gate(), new Gate());
    AtomicInteger openings = new AtomicInteger(Integer.MIN_VALUE);
    LibC real = SystemLibC.get();
    LibC stopping =
        Intercepted.by(
            (method, arguments) -> {
              if (method.getName().equals("openat") && Intercepted.text(arguments[1]).equals("d")) {
                int opening = openings.getAndIncrement();
                if (opening >= 0 && opening < beforeOpenings.size()) {
                  beforeOpenings.get(opening).pass();
                }
              }
              return Intercepted.pass(real, method, arguments);
            });
    Hub stopped = Hubs.open(stopping, ScriptedINotify.openForHub(stopping));
    try (INotifyWatchService files = INotifyWatchService.open(stopped);
        INotifyWatchService sharing = INotifyWatchService.open(stopped)) {
      WatchKey key = files.register(root.resolve("d/f"), CREATED_OR_DELETED, INotifyModifiers.FILE);
      sharing.register(root.resolve("e"), CREATED_OR_DELETED);
      openings.set(0);
      move("d", "x");
      beforeOpenings.get(0).awaitReached();
      move("e", "d");
      beforeOpenings.get(0).open();
      // It is there; now it makes sure that the way is still the same, which it is not.
      beforeOpenings.get(1).awaitReached();
      Files.delete(root.resolve("d/f"));
      move("d", "e");
      Pending.sync(sharing);
      beforeOpenings.get(1).open();
      // What was placed is given back, and is placed again.
      beforeOpenings.get(2).awaitReached();
      touch("e/f");
      Pending.sync(sharing);
      move("e", "d");
      beforeOpenings.get(2).open();
      Pending.sync(files);
      assertThat(Told.by(key)).isEmpty();
    }
  }
}
