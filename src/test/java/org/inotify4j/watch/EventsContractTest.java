package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract: which events come, with what, and how they are joined. */
@ParameterizedClass
@MethodSource("org.inotify4j.watch.Implementation#all")
final class EventsContractTest extends WatchServiceContract {

  private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  @TempDir private Path elsewhere;

  EventsContractTest(Implementation implementation) {
    super(implementation);
  }

  // Which flags are which kinds.

  @Test
  void createAndMovedTo_areEntryCreate() throws Exception {
    Files.createFile(elsewhere.resolve("moved"));
    WatchKey key = register(root, ENTRY_CREATE);
    touch("made");
    mkdir("directory");
    Files.createSymbolicLink(file("link"), elsewhere);
    Files.move(elsewhere.resolve("moved"), file("moved"));
    assertThat(told(key))
        .containsExactly(
            "ENTRY_CREATE made",
            "ENTRY_CREATE directory",
            "ENTRY_CREATE link",
            "ENTRY_CREATE moved");
  }

  @Test
  void deleteAndMovedFrom_areEntryDelete() throws Exception {
    touch("file");
    mkdir("directory");
    touch("moved");
    WatchKey key = register(root, ENTRY_DELETE);
    delete("file");
    delete("directory");
    Files.move(file("moved"), elsewhere.resolve("moved"));
    assertThat(told(key))
        .containsExactly("ENTRY_DELETE file", "ENTRY_DELETE directory", "ENTRY_DELETE moved");
  }

  @Test
  void modifyAndAttrib_areEntryModify() throws Exception {
    touch("modified");
    touch("changed");
    WatchKey key = register(root, ENTRY_MODIFY);
    append("modified");
    setTime("changed", 1);
    assertThat(told(key)).containsExactly("ENTRY_MODIFY modified", "ENTRY_MODIFY changed");
  }

  @Test
  void closeWrite_causesNothing() throws Exception {
    WatchKey key = register(root, ALL);
    try (OutputStream open = Files.newOutputStream(file("x"))) {
      assertThat(told(key)).containsExactly("ENTRY_CREATE x");
      open.flush();
    }
    assertThat(told(key)).isEmpty();
  }

  @Test
  void reading_causesNothing() throws Exception {
    append("x");
    WatchKey key = register(root, ALL);
    assertThat(Files.readAllBytes(file("x"))).isNotEmpty();
    try (Stream<Path> entries = Files.list(root)) {
      assertThat(entries).hasSize(1);
    }
    assertThat(told(key)).isEmpty();
  }

  @Test
  void eventsAboutTheDirectoryItself_areNotDelivered() throws Exception {
    Path directory = mkdir("d");
    WatchKey key = register(directory, ALL);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    Files.setLastModifiedTime(directory, FileTime.fromMillis(1));
    move("d", "e");
    assertThat(told(key)).isEmpty();
    assertThat(service.poll()).isNull();
  }

  @Test
  void eventsDeeperDown_areNotDelivered() throws Exception {
    mkdir("d");
    WatchKey key = register(root, ENTRY_CREATE);
    touch("d/x");
    mkdir("d/e");
    assertThat(told(key)).isEmpty();
  }

  // The context.

  @Test
  void context_isARelativePathOfOneName_ofTheFileSystemOfTheRegisteredPath() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    List<String> names = List.of("x", " ", "a b", "-", "...", "new\nline", "x".repeat(255));
    for (String name : names) {
      touch(name);
    }
    sync();
    List<WatchEvent<?>> events = key.pollEvents();
    assertThat(events).hasSameSizeAs(names);
    for (int i = 0; i < names.size(); i++) {
      Path context = (Path) events.get(i).context();
      assertThat(context).isEqualTo(root.getFileSystem().getPath(names.get(i)));
      assertThat(context.getFileSystem()).isSameAs(root.getFileSystem());
      assertThat(context.isAbsolute()).isFalse();
      assertThat(context.getNameCount()).isEqualTo(1);
      assertThat(context.hashCode()).isEqualTo(Path.of(names.get(i)).hashCode());
      assertThat(root.resolve(context)).isEqualTo(file(names.get(i)));
    }
  }

  // Coalescing.

  @Test
  void eventOfTheSameKindAndContextAsThePreviousOne_raisesItsCount() throws Exception {
    touch("x");
    WatchKey key = register(root, ALL);
    for (int i = 1; i <= 3; i++) {
      setTime("x", i);
      sync();
    }
    assertThat(Told.by(key)).containsExactly("ENTRY_MODIFY x *3");
  }

  @Test
  void creationsWithoutADeletionBetweenThem_areOne() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    delete("x");
    sync(); // Or else the kernel joins them.
    touch("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x *2");
  }

  @Test
  void creationsWithOtherEventsBetweenThem_areTwo() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    delete("x");
    touch("y");
    touch("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x", "ENTRY_CREATE y", "ENTRY_CREATE x");
  }

  @Test
  void modification_raisesTheCountOfThePendingOneOfItsContext() throws Exception {
    touch("x");
    touch("y");
    WatchKey key = register(root, ALL);
    setTime("x", 1);
    setTime("y", 1);
    setTime("x", 2);
    touch("z");
    setTime("y", 2);
    setTime("x", 3);
    assertThat(told(key))
        .containsExactly("ENTRY_MODIFY x *3", "ENTRY_MODIFY y *2", "ENTRY_CREATE z");
  }

  @Test
  void modification_isANewEventIfAnotherKindOfEventForItCameSince() throws Exception {
    touch("x");
    WatchKey key = register(root, ALL);
    setTime("x", 1);
    delete("x");
    touch("x");
    setTime("x", 2);
    touch("y");
    setTime("x", 3);
    assertThat(told(key))
        .containsExactly(
            "ENTRY_MODIFY x",
            "ENTRY_DELETE x",
            "ENTRY_CREATE x",
            "ENTRY_MODIFY x *2",
            "ENTRY_CREATE y");
  }

  @Test
  void modification_isANewEventAfterPollEvents() throws Exception {
    touch("x");
    WatchKey key = register(root, ENTRY_MODIFY);
    setTime("x", 1);
    assertThat(told(key)).containsExactly("ENTRY_MODIFY x");
    setTime("x", 2);
    assertThat(told(key)).containsExactly("ENTRY_MODIFY x");
  }

  @Test
  void order_isTheKernels() throws Exception {
    WatchKey key = register(root, ALL);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      touch("x" + i);
      expected.add("ENTRY_CREATE x" + i);
      if (i % 3 == 0) {
        setTime("x" + i, 1);
        expected.add("ENTRY_MODIFY x" + i);
      }
      if (i % 2 == 0) {
        delete("x" + i);
        expected.add("ENTRY_DELETE x" + i);
      }
    }
    assertThat(told(key)).isEqualTo(expected);
  }

  // The bounds are in BoundsTest.

  @Test
  void overflowOfTheKernelsQueue_reachesEveryKeyOfTheService() throws Exception {
    WatchKey one = register(mkdir("one"), ENTRY_CREATE);
    WatchKey two = register(mkdir("two"), ENTRY_CREATE);
    WatchKey busy = register(mkdir("busy"), ENTRY_CREATE, ENTRY_DELETE);
    touch("one/before");
    sync();
    try (StalledPoller stalled = StalledPoller.of(service, busy, file("busy"))) {
      assertThat(stalled).isNotNull();
      QueueFiller.fill(file("busy"));
    }
    syncFullQueue();
    assertThat(Told.by(one)).containsExactly("OVERFLOW");
    List<WatchEvent<?>> events = two.pollEvents();
    assertThat(Told.of(events)).containsExactly("OVERFLOW");
    assertThat(events.get(0).context()).isNull();
    touch("one/after");
    assertThat(told(one)).containsExactly("ENTRY_CREATE after");
  }

  @Test
  void pollEvents_givesAMutableListOfTheCallersOwn() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    List<WatchEvent<?>> none = key.pollEvents();
    touch("x");
    sync();
    List<WatchEvent<?>> one = key.pollEvents();
    touch("y");
    sync();
    assertThat(none).isEmpty();
    assertThat(Told.of(one)).containsExactly("ENTRY_CREATE x");
    none.addAll(one);
    one.clear();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE y");
  }

  // What people do with files.

  @Test
  void hardLink_isEntryCreate() throws Exception {
    touch("x");
    WatchKey key = register(root, ALL);
    Files.createLink(file("link"), file("x"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE link");
  }

  @Test
  void rename_isEntryDeleteOfTheOldName_andEntryCreateOfTheNew() throws Exception {
    touch("old");
    WatchKey key = register(root, ALL);
    move("old", "new");
    assertThat(told(key)).containsExactly("ENTRY_DELETE old", "ENTRY_CREATE new");
  }

  @Test
  void renameOverAnExistingFile_isEntryDeleteOfTheOldName_andEntryCreateOfTheNew()
      throws Exception {
    touch("old");
    touch("new");
    WatchKey key = register(root, ALL);
    move("old", "new");
    assertThat(told(key)).containsExactly("ENTRY_DELETE old", "ENTRY_CREATE new");
  }

  @Test
  void chmodAndUtimesOfAnEntry_alsoOfASubdirectory_areEntryModify() throws Exception {
    touch("x");
    mkdir("d");
    WatchKey key = register(root, ALL);
    for (String name : List.of("x", "d")) {
      Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rwx------"));
      assertThat(told(key)).containsExactly("ENTRY_MODIFY " + name);
      setTime(name, 1);
      assertThat(told(key)).containsExactly("ENTRY_MODIFY " + name);
    }
  }

  // Visibility.

  @Test
  void changeMadeBeforeTakeReturns_isSeenInFileOrder() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE, ENTRY_DELETE);
    touch("x");
    assertThat(service.take()).isSameAs(key);
    delete("x");
    List<String> seen = new ArrayList<>(Told.by(key));
    seen.addAll(told(key));
    assertThat(seen).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x");
  }

  @Test
  void noEventIsDeliveredForWhatHappenedBeforeTheRegistration() throws Exception {
    for (int i = 0; i < 100; i++) {
      mkdir("d" + i);
      touch("d" + i + "/before");
      WatchKey key = register(file("d" + i), ALL);
      touch("d" + i + "/after");
      assertThat(told(key)).containsExactly("ENTRY_CREATE after");
    }
  }

  @Test
  void noEventIsDeliveredForWhatHappenedBefore_alsoWhereAnotherServiceWatched() throws Exception {
    try (java.nio.file.WatchService other = implementation.open()) {
      implementation.register(other, root, ALL);
      for (int i = 0; i < 100; i++) {
        touch("before" + i);
        WatchKey key = register(root, ENTRY_CREATE);
        touch("after" + i);
        assertThat(told(key)).containsExactly("ENTRY_CREATE after" + i);
        key.cancel();
      }
    }
  }

  private void setTime(String name, long millis) throws Exception {
    Files.setLastModifiedTime(file(name), FileTime.fromMillis(millis));
  }
}
