package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A file is more than a name in a directory: it is written through its other hard links and through
 * bind mounts, as containers have them; and a name is more than an inode's number.
 */
@Timeout(60)
class FileOfManyNamesTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, UNWATCHED
  };
  private static final int MOST_FILES = 2000;

  private final PickyKernel picky = new PickyKernel();

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  private WatchKey registerFile(String file) throws IOException {
    return service.register(root.resolve(file), KINDS, INotifyModifiers.FILE);
  }

  private void append(String file) throws IOException {
    Files.writeString(root.resolve(file), "two\n", APPEND);
  }

  /** What its directory reports and what the file itself does are one change. */
  @Test
  void fileThatIsCreatedAndWrittenAtOnce_isToldOnce_manyTimes() throws Exception {
    WatchKey key = registerFile("f");
    for (int i = 0; i < 500; i++) {
      touch("f");
      append("f");
      append("f");
      // The kernel may merge the two.
      assertThat(told(key))
          .as("round %d", i)
          .isIn(
              List.of("ENTRY_CREATE ", "ENTRY_MODIFY "),
              List.of("ENTRY_CREATE ", "ENTRY_MODIFY  *2"));
      append("f");
      assertThat(told(key)).as("round %d", i).containsExactly("ENTRY_MODIFY ");
      Files.delete(root.resolve("f"));
      assertThat(told(key)).as("round %d", i).containsExactly("ENTRY_DELETE ");
    }
  }

  /** What is told of it is what was asked for. */
  @Test
  void fileThatIsWrittenByAnotherName_isFinishedForWhoAsksForThat() throws Exception {
    touch("f");
    WatchEvent.Kind<?>[] kinds = {INotifyEventKinds.CLOSE_WRITE};
    WatchKey key = service.register(root.resolve("f"), kinds, INotifyModifiers.FILE);
    Files.createLink(root.resolve("other"), root.resolve("f"));
    append("other");
    assertThat(told(key)).containsExactly("CLOSE_WRITE ");
  }

  /** Of what is written before the file is watched itself its directory alone says something. */
  @Test
  void fileThatIsWrittenBeforeItsOtherNameIsKnown_andLaterByThat() throws Exception {
    touch("f");
    WatchKey key = registerFile("f");
    Gate gate = picky.holdReads();
    append("f");
    Files.createLink(outside.resolve("other"), root.resolve("f"));
    append("f");
    gate.open();
    assertThat(told(key)).isNotEmpty();
    Files.writeString(outside.resolve("other"), "three\n", APPEND);
    assertThat(told(key)).containsExactly("ENTRY_MODIFY ");
  }

  /** Whatever is done to the file between that it is written and that this is known. */
  @ParameterizedTest
  @ValueSource(strings = {"mv other another", "rm other", "chmod 600 other"})
  void fileThatIsWrittenByANewName_whichIsChangedAtOnce(String change) throws Exception {
    touch("f");
    WatchEvent.Kind<?>[] kinds = {INotifyEventKinds.MODIFY, INotifyEventKinds.CLOSE_WRITE};
    WatchKey key = service.register(root.resolve("f"), kinds, INotifyModifiers.FILE);
    Gate gate = picky.holdReads();
    Files.createLink(root.resolve("other"), root.resolve("f"));
    append("other");
    awaitNextTick();
    shell(change);
    gate.open();
    assertThat(told(key)).containsExactly("MODIFY ", "CLOSE_WRITE ");
  }

  /** As backups do it, long after it was written. */
  @Test
  void fileThatWasWritten_andGetsANewName_isNotToldAsWrittenAgain() throws Exception {
    touch("f");
    WatchEvent.Kind<?>[] kinds = {
      ENTRY_MODIFY, INotifyEventKinds.MODIFY, INotifyEventKinds.CLOSE_WRITE
    };
    WatchKey key = service.register(root.resolve("f"), kinds, INotifyModifiers.FILE);
    append("f");
    assertThat(told(key)).contains("CLOSE_WRITE ");
    awaitNextTick();
    Files.createLink(root.resolve("other"), root.resolve("f"));
    assertThat(told(key)).isEmpty();
    append("other");
    assertThat(told(key)).contains("CLOSE_WRITE ");
  }

  /** It has the name when it is looked at first, and not when its watch is placed. */
  @Test
  void fileThatIsWrittenByANewName_whichGoesWhileItIsLookedAt() throws Exception {
    touch("f");
    WatchEvent.Kind<?>[] kinds = {INotifyEventKinds.MODIFY};
    WatchKey key = service.register(root.resolve("f"), kinds, INotifyModifiers.FILE);
    Path other = outside.resolve("other");
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/f") && isDeleted(other), 0).times(0);
    Gate gate = picky.holdReads();
    Files.createLink(other, root.resolve("f"));
    Files.writeString(other, "two\n");
    gate.open();
    assertThat(told(key)).isNotEmpty();
  }

  private static boolean isDeleted(Path file) {
    try {
      return Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The kernel says first that the file is gone, and then that its name is. */
  @Test
  void fileThatIsDeletedAndMadeAnew_isADeletionAndACreation_asTheKernelSays() throws Exception {
    WatchKey key = registerFile("f");
    for (int i = 0; i < 200; i++) {
      touch("f");
      assertThat(told(key)).as("round %d", i).containsExactly("ENTRY_CREATE ");
      Files.delete(root.resolve("f"));
      touch("f");
      Files.delete(root.resolve("f"));
      Pending.sync(service);
      List<WatchEvent<?>> events = key.pollEvents();
      assertThat(Told.of(events))
          .as("round %d", i)
          .containsExactly("ENTRY_DELETE ", "ENTRY_CREATE ", "ENTRY_DELETE ");
      assertThat(events).noneMatch(event -> ((INotifyWatchEvent<?>) event).isSynthetic());
    }
  }

  @Test
  void fileThatMayNotBeWatchedItself_isWatchedByItsName() throws Exception {
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/f"), Errno.EACCES.number());
    touch("f");
    WatchKey key = registerFile("f");
    append("f");
    assertThat(told(key)).containsExactly("ENTRY_MODIFY ");
    Files.delete(root.resolve("f"));
    touch("f");
    assertThat(told(key)).containsExactly("ENTRY_DELETE ", "ENTRY_CREATE ");
  }

  /** On ext4 the number of an inode is given out again at once. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void linkSwappedToAFileWithTheInodeNumberOfTheFirst_isAModification(boolean isWatchable)
      throws Exception {
    if (!isWatchable) {
      picky.refuse("inotifyAddWatch", path -> path.matches(".*/v\\d"), Errno.EACCES.number());
    }
    write("v1", "one");
    Files.createSymbolicLink(root.resolve("app.conf"), Path.of("v1"));
    WatchKey key = registerFile("app.conf");
    Object first = Files.getAttribute(root.resolve("v1"), "unix:ino");
    Gate gate = picky.holdReads();
    write("v2", "two");
    link("v2");
    awaitNextTick();
    Files.delete(root.resolve("v1"));
    assumeTrue(makeWithNumber(first), "no file gets the inode number of the first one");
    link("v3");
    Files.delete(root.resolve("v2"));
    gate.open();
    assertThat(told(key)).containsExactly("ENTRY_MODIFY ");
    append("v3");
    assertThat(told(key)).containsExactly("ENTRY_MODIFY ");
  }

  /** The kernel's clock for files goes on, by whatever step it has. */
  private void awaitNextTick() throws IOException {
    Path clock = touch("clock");
    FileTime before = Files.getLastModifiedTime(clock);
    await()
        .until(
            () -> {
              Files.delete(clock);
              Files.createFile(clock);
              return !Files.getLastModifiedTime(clock).equals(before);
            });
  }

  private void write(String file, String text) throws IOException {
    Files.write(root.resolve(file), text.getBytes(UTF_8));
  }

  private void link(String target) throws IOException {
    Files.createSymbolicLink(root.resolve("aside"), Path.of(target));
    move("aside", "app.conf");
  }

  private boolean makeWithNumber(Object number) throws IOException {
    for (int i = 0; i < MOST_FILES; i++) {
      Path file = touch("new" + i);
      if (Files.getAttribute(file, "unix:ino").equals(number)) {
        move("new" + i, "v3");
        return true;
      }
    }
    return false;
  }

  @Test
  void fileSystemThatIsUnmounted_andAnotherMountedInItsPlace(@TempDir Path scratch)
      throws Exception {
    assertThat(MountNamespace.run(Mounts.class, "remounted", scratch))
        .containsExactly(
            "unmounted [ENTRY_DELETE ]",
            "later another one [ENTRY_CREATE ]",
            "written there [ENTRY_MODIFY ]");
  }

  /** As Docker mounts a single file with -v, and Kubernetes with subPath. */
  @Test
  void fileThatIsBindMounted_writtenOnTheHostOrThroughTheMount(@TempDir Path scratch)
      throws Exception {
    assertThat(MountNamespace.run(Mounts.class, "bound", scratch))
        .containsExactly(
            "on the host [ENTRY_MODIFY ]",
            "through the mount [ENTRY_MODIFY ]",
            "beside it []",
            "renamed on the host []",
            "written on the host under its new name [ENTRY_MODIFY ]");
  }

  /** Mounts something, in a mount namespace of its own. */
  static final class Mounts {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path top;
    private final INotifyWatchService service;
    private final WatchKey key;

    private Mounts(Path top, INotifyWatchService service, String file) throws IOException {
      this.top = top;
      this.service = service;
      this.key = service.register(top.resolve(file), KINDS, INotifyModifiers.FILE);
    }

    public static void main(String[] arguments) throws Exception {
      Path top = Path.of(arguments[1]);
      try (INotifyWatchService service = INotifyWatchService.open()) {
        if (arguments[0].equals("bound")) {
          bound(top, service);
        } else {
          remounted(top, service);
        }
      }
    }

    private static void bound(Path top, INotifyWatchService service) throws Exception {
      MountNamespace.shell(top, "mkdir host etc; echo one > host/app.conf; touch etc/app.conf");
      MountNamespace.shell(top, "mount --bind host/app.conf etc/app.conf");
      Mounts mounts = new Mounts(top, service, "etc/app.conf");
      mounts.step("on the host", "echo two >> host/app.conf");
      mounts.step("through the mount", "echo two >> etc/app.conf");
      mounts.step("beside it", "touch etc/neighbour; touch host/neighbour");
      mounts.step("renamed on the host", "mv host/app.conf host/old");
      mounts.step("written on the host under its new name", "echo 3 >> host/old");
    }

    private static void remounted(Path top, INotifyWatchService service) throws Exception {
      MountNamespace.shell(top, "mkdir v; mount -t tmpfs none v; echo one > v/app.conf");
      Mounts mounts = new Mounts(top, service, "v/app.conf");
      mounts.step("unmounted", "umount -l v");
      MountNamespace.shell(
          top, "mkdir w; mount -t tmpfs none w; echo two > w/app.conf; mount --move w v");
      WatchKey next = service.poll(PATIENCE.toSeconds(), SECONDS);
      System.out.println("later another one " + (next == null ? "" : Told.by(next)));
      mounts.step("written there", "echo three >> v/app.conf");
    }

    private void step(String what, String script) throws Exception {
      MountNamespace.shell(top, script);
      if (!service.sync(PATIENCE)) {
        throw new IllegalStateException("not delivered in time");
      }
      System.out.println(what + " " + Told.by(key));
      key.reset();
      if (service.poll() != null) {
        key.reset();
      }
    }
  }
}
