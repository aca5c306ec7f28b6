package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.Syscalls;
import org.inotify4j.Tmpfs;
import org.junit.jupiter.api.Test;

/** The kinds of single flags, and what an event says beside its kind. */
final class ExtendedKindsTest extends WatchTest {

  @Test
  void access() throws Exception {
    append("x");
    WatchKey key = service.register(root, INotifyEventKinds.ACCESS);
    assertThat(Files.readAllBytes(file("x"))).isNotEmpty();
    assertOne(key, INotifyEventKinds.ACCESS, "x", Flag.ACCESS);
  }

  @Test
  void modify() throws Exception {
    touch("x");
    WatchKey key = service.register(root, INotifyEventKinds.MODIFY);
    append("x");
    Files.setLastModifiedTime(file("x"), FileTime.fromMillis(1));
    assertOne(key, INotifyEventKinds.MODIFY, "x", Flag.MODIFY);
  }

  @Test
  void attrib() throws Exception {
    touch("x");
    WatchKey key = service.register(root, INotifyEventKinds.ATTRIB);
    append("x");
    Files.setLastModifiedTime(file("x"), FileTime.fromMillis(1));
    assertOne(key, INotifyEventKinds.ATTRIB, "x", Flag.ATTRIB);
  }

  @Test
  void attribOfTheDirectoryItself_hasTheEmptyPath() throws Exception {
    WatchKey key = service.register(root, INotifyEventKinds.ATTRIB, ENTRY_MODIFY);
    Files.setLastModifiedTime(root, FileTime.fromMillis(1));
    assertOne(key, INotifyEventKinds.ATTRIB, "", Flag.ATTRIB, Flag.ISDIR);
  }

  @Test
  void closeWrite() throws Exception {
    WatchKey key = service.register(root, INotifyEventKinds.CLOSE_WRITE);
    append("x");
    assertOne(key, INotifyEventKinds.CLOSE_WRITE, "x", Flag.CLOSE_WRITE);
  }

  @Test
  void closeNowrite() throws Exception {
    append("x");
    WatchKey key = service.register(root, INotifyEventKinds.CLOSE_NOWRITE);
    assertThat(Files.readAllBytes(file("x"))).isNotEmpty();
    assertOne(key, INotifyEventKinds.CLOSE_NOWRITE, "x", Flag.CLOSE_NOWRITE);
  }

  @Test
  void open_ofAnEntryAndOfASubdirectory() throws Exception {
    touch("x");
    WatchKey key = service.register(root, INotifyEventKinds.OPEN);
    try (InputStream in = Files.newInputStream(file("x"))) {
      assertThat(in.read()).isEqualTo(-1);
    }
    assertOne(key, INotifyEventKinds.OPEN, "x", Flag.OPEN);
    mkdir("d");
    try (Stream<Path> entries = Files.list(file("d"))) {
      assertThat(entries).isEmpty();
    }
    assertOne(key, INotifyEventKinds.OPEN, "d", Flag.OPEN, Flag.ISDIR);
  }

  @Test
  void create_ofAFileAndOfADirectory() throws Exception {
    WatchKey key = service.register(root, INotifyEventKinds.CREATE);
    touch("x");
    assertOne(key, INotifyEventKinds.CREATE, "x", Flag.CREATE);
    mkdir("d");
    assertOne(key, INotifyEventKinds.CREATE, "d", Flag.CREATE, Flag.ISDIR);
  }

  @Test
  void delete_ofAFileAndOfADirectory() throws Exception {
    touch("x");
    mkdir("d");
    WatchKey key = service.register(root, INotifyEventKinds.DELETE);
    delete("x");
    assertOne(key, INotifyEventKinds.DELETE, "x", Flag.DELETE);
    delete("d");
    assertOne(key, INotifyEventKinds.DELETE, "d", Flag.DELETE, Flag.ISDIR);
  }

  @Test
  void movedFromAndMovedTo_haveTheSameCookie() throws Exception {
    touch("from");
    mkdir("dir");
    WatchKey key = service.register(root, INotifyEventKinds.MOVED_FROM, INotifyEventKinds.MOVED_TO);
    move("from", "to");
    move("dir", "dir2");
    List<INotifyWatchEvent<?>> events = events(key);
    assertThat(events)
        .extracting(e -> e.kind(), e -> e.context(), e -> e.mask(), e -> e.isDirectory())
        .containsExactly(
            tuple(INotifyEventKinds.MOVED_FROM, Path.of("from"), Flag.MOVED_FROM.bit(), false),
            tuple(INotifyEventKinds.MOVED_TO, Path.of("to"), Flag.MOVED_TO.bit(), false),
            tuple(
                INotifyEventKinds.MOVED_FROM,
                Path.of("dir"),
                Mask.of(Flag.MOVED_FROM, Flag.ISDIR),
                true),
            tuple(
                INotifyEventKinds.MOVED_TO,
                Path.of("dir2"),
                Mask.of(Flag.MOVED_TO, Flag.ISDIR),
                true));
    assertThat(events).noneMatch(e -> e.cookie() == 0).noneMatch(INotifyWatchEvent::isSynthetic);
    assertThat(events.get(1).cookie()).isEqualTo(events.get(0).cookie());
    assertThat(events.get(3).cookie()).isEqualTo(events.get(2).cookie());
    assertThat(events.get(2).cookie()).isNotEqualTo(events.get(0).cookie());
  }

  @Test
  void deleteSelf_hasTheEmptyPath_andTheKeyEnds() throws Exception {
    WatchKey key = service.register(mkdir("d"), INotifyEventKinds.DELETE_SELF);
    delete("d");
    assertOne(key, INotifyEventKinds.DELETE_SELF, "", Flag.DELETE_SELF);
    assertThat(key.isValid()).isFalse();
    assertThat(service.poll()).isSameAs(key);
  }

  @Test
  void moveSelf_hasTheEmptyPath_andTheKeyGoesOn() throws Exception {
    WatchKey key = service.register(mkdir("d"), INotifyEventKinds.MOVE_SELF, ENTRY_CREATE);
    move("d", "e");
    assertOne(key, INotifyEventKinds.MOVE_SELF, "", Flag.MOVE_SELF);
    touch("e/x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void moveSelf_tellsWhenAParentDoesNotMove() throws Exception {
    mkdir("parent");
    WatchKey key = service.register(mkdir("parent/d"), INotifyEventKinds.MOVE_SELF, ENTRY_CREATE);
    move("parent", "renamed");
    assertThat(told(key)).as("the kernel says nothing of parents").isEmpty();
    touch("renamed/d/x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void unmount_hasTheEmptyPath_andTheKeyEnds() throws Exception {
    Path at = mkdir("mount");
    WatchKey key;
    WatchKey plain;
    try (Tmpfs mounted = Tmpfs.mount(at)) {
      assertThat(mounted).isNotNull();
      key = service.register(at, INotifyEventKinds.UNMOUNT);
      plain = service.register(Files.createDirectory(at.resolve("d")), ENTRY_CREATE);
    }
    assertOne(key, INotifyEventKinds.UNMOUNT, "", Flag.UNMOUNT, Flag.ISDIR);
    assertThat(key.isValid()).isFalse();
    assertThat(plain.isValid()).isFalse();
    assertThat(List.of(service.take(), service.take())).containsExactlyInAnyOrder(key, plain);
    assertThat(plain.pollEvents()).isEmpty();
    assertThat(plain.reset()).isFalse();
  }

  @Test
  void standardAndExtendedKinds_areToldOnceEach_theStandardOneFirst() throws Exception {
    touch("old");
    WatchKey key =
        service.register(
            root,
            INotifyEventKinds.CREATE,
            INotifyEventKinds.MOVED_TO,
            INotifyEventKinds.MOVED_FROM,
            INotifyEventKinds.ATTRIB,
            INotifyEventKinds.CLOSE_WRITE,
            INotifyEventKinds.DELETE,
            ENTRY_CREATE,
            ENTRY_DELETE,
            ENTRY_MODIFY);
    append("x");
    Files.setLastModifiedTime(file("x"), FileTime.fromMillis(1));
    move("old", "new");
    delete("x");
    assertThat(told(key))
        .containsExactly(
            "ENTRY_CREATE x",
            "CREATE x",
            "ENTRY_MODIFY x",
            "CLOSE_WRITE x",
            "ENTRY_MODIFY x",
            "ATTRIB x",
            "ENTRY_DELETE old",
            "MOVED_FROM old",
            "ENTRY_CREATE new",
            "MOVED_TO new",
            "ENTRY_DELETE x",
            "DELETE x");
  }

  @Test
  void standardKind_hasTheKernelsFlagsAsWell() throws Exception {
    WatchKey key = service.register(root, ENTRY_CREATE);
    mkdir("d");
    assertOne(key, ENTRY_CREATE, "d", Flag.CREATE, Flag.ISDIR);
  }

  @Test
  void joinedModifications_haveAllTheirFlags() throws Exception {
    touch("x");
    WatchKey key = service.register(root, ENTRY_MODIFY);
    append("x");
    Files.setLastModifiedTime(file("x"), FileTime.fromMillis(1));
    List<INotifyWatchEvent<?>> events = events(key);
    assertThat(events).hasSize(1);
    assertThat(events.get(0).count()).isEqualTo(2);
    assertThat(events.get(0).flags()).isEqualTo(Set.of(Flag.MODIFY, Flag.ATTRIB));
  }

  @Test
  void kinds_haveTheNamesOfTheirFlags_andPathsAsContexts() {
    for (Flag flag : Flag.of(Mask.ALL_EVENTS | Flag.UNMOUNT.bit())) {
      WatchEvent.Kind<Path> kind = INotifyEventKinds.of(flag.bit() | Flag.ISDIR.bit());
      assertThat(kind.name()).isEqualTo(flag.name());
      assertThat(kind).hasToString(flag.name());
      assertThat(kind.type()).isEqualTo(Path.class);
    }
    assertThat(INotifyEventKinds.RENAME.name()).isEqualTo("RENAME");
    assertThat(INotifyEventKinds.RENAME.type()).isEqualTo(Rename.class);
  }

  private void assertOne(WatchKey key, WatchEvent.Kind<?> kind, String context, Flag... flags)
      throws Exception {
    List<INotifyWatchEvent<?>> events = events(key);
    assertThat(events).hasSize(1);
    INotifyWatchEvent<?> event = events.get(0);
    assertThat(event.kind()).isSameAs(kind);
    assertThat(event.context()).isEqualTo(Path.of(context));
    assertThat(((Path) key.watchable()).resolve((Path) event.context()))
        .isEqualTo(((Path) key.watchable()).resolve(context));
    assertThat(event.count()).isEqualTo(1);
    assertThat(event.mask()).isEqualTo(Mask.of(flags));
    assertThat(event.flags()).isEqualTo(Set.of(flags));
    assertThat(event.cookie()).isZero();
    assertThat(event.isDirectory()).isEqualTo(Set.of(flags).contains(Flag.ISDIR));
    assertThat(event.isSynthetic()).isFalse();
  }

  // One event of the kernel that has two flags: each kind that was asked for is told, and no other.

  @Test
  void modifiedAndAttributesAtOnce_isEachKindThatIsAskedFor() throws Exception {
    assertThat(truncatedByAnother(INotifyEventKinds.ATTRIB)).containsExactly("ATTRIB x [ATTRIB]");
    assertThat(truncatedByAnother(INotifyEventKinds.ATTRIB, INotifyEventKinds.MODIFY))
        .containsExactly("MODIFY x [MODIFY]", "ATTRIB x [ATTRIB]");
    assertThat(truncatedByAnother(ENTRY_MODIFY, INotifyEventKinds.ATTRIB))
        .containsExactly("ENTRY_MODIFY x [MODIFY|ATTRIB]", "ATTRIB x [ATTRIB]");
    assertThat(truncatedByAnother(ENTRY_MODIFY)).containsExactly("ENTRY_MODIFY x [MODIFY|ATTRIB]");
  }

  @Test
  void modifiedAndAttributesAtOnce_inATree_isEachKindThatIsAskedFor() throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_MODIFY, INotifyEventKinds.ATTRIB};
    WatchKey key = service.register(root, kinds, INotifyModifiers.RECURSIVE);
    assertThat(truncatedByAnother(key))
        .containsExactly("ENTRY_MODIFY x [MODIFY|ATTRIB]", "ATTRIB x [ATTRIB]");
  }

  private List<String> truncatedByAnother(WatchEvent.Kind<?>... kinds) throws Exception {
    WatchKey key = service.register(root, kinds);
    List<String> told = truncatedByAnother(key);
    key.cancel();
    return told;
  }

  /** A file with the set-user-ID bit, which it loses when somebody else shortens it. */
  private List<String> truncatedByAnother(WatchKey key) throws Exception {
    Syscalls.assumeRoot();
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
    run("chmod", "4777", Files.write(file("x"), new byte[9]).toString());
    sync();
    key.pollEvents();
    run("setpriv", "--reuid=65534", "--clear-groups", "truncate", "-s", "2", file("x").toString());
    List<String> told = events(key).stream().map(Object::toString).toList();
    delete("x");
    sync();
    key.pollEvents();
    return told;
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  @Test
  void twoEventsAreNeverEqual() throws Exception {
    WatchKey key = service.register(root, ENTRY_CREATE, ENTRY_DELETE);
    for (int i = 0; i < 2; i++) {
      touch("x");
      delete("x");
    }
    List<INotifyWatchEvent<?>> events = events(key);
    assertThat(Set.copyOf(events)).hasSize(4);
    assertThat(events.indexOf(events.get(2))).isEqualTo(2);
  }
}
