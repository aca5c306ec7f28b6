package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Tmpfs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract: keys that end, with their directory or by {@code cancel}. */
@ParameterizedClass
@MethodSource("org.inotify4j.watch.Implementation#all")
final class EndedKeysContractTest extends WatchServiceContract {

  EndedKeysContractTest(Implementation implementation) {
    super(implementation);
  }

  // The directory goes.

  @Test
  void deletedDirectory_makesTheKeyInvalid_andQueuesIt() throws Exception {
    WatchKey key = register(mkdir("d"), ENTRY_CREATE);
    assertThat(key.isValid()).isTrue();
    delete("d");
    assertThat(taken()).isSameAs(key);
    assertThat(key.isValid()).isFalse();
    assertThat(key.pollEvents()).isEmpty();
    assertThat(key.reset()).isFalse();
    assertThat(service.poll()).isNull();
  }

  @Test
  void deletedDirectory_itsPendingEventsCanBePolled() throws Exception {
    WatchKey key = register(mkdir("d"), ENTRY_CREATE, ENTRY_DELETE);
    touch("d/x");
    delete("d/x");
    delete("d");
    assertThat(taken()).isSameAs(key);
    assertThat(key.isValid()).isFalse();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x");
    assertThat(key.reset()).isFalse();
    assertThat(service.poll()).as("queued once").isNull();
  }

  @Test
  void deletedDirectoryMadeAgain_givesAnotherKey() throws Exception {
    WatchKey key = register(mkdir("d"), ENTRY_CREATE);
    delete("d");
    sync();
    WatchKey another = register(mkdir("d"), ENTRY_CREATE);
    assertThat(another).isNotSameAs(key);
    touch("d/x");
    assertThat(told(another)).containsExactly("ENTRY_CREATE x");
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void renamedDirectory_keepsItsKeyValid_withPathsAsRegistered() throws Exception {
    Path directory = mkdir("d");
    WatchKey key = register(directory, ENTRY_CREATE);
    move("d", "e");
    touch("e/x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
    assertThat(key.isValid()).isTrue();
    assertThat(key.watchable()).isSameAs(directory);
  }

  @Test
  void deletedDirectoryThatSomebodyHoldsOpen_staysValidUntilTheLastReferenceGoes()
      throws Exception {
    Path directory = mkdir("d");
    WatchKey key = register(directory, ENTRY_CREATE);
    try (DirectoryStream<Path> holder = Files.newDirectoryStream(directory)) {
      delete("d");
      sync();
      assertThat(holder).isEmpty();
      assertThat(key.isValid()).isTrue();
      assertThat(service.poll()).isNull();
    }
    assertThat(taken()).isSameAs(key);
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void unmountedDirectory_makesTheKeyInvalid_andQueuesIt() throws Exception {
    Path at = mkdir("mount");
    WatchKey key;
    try (Tmpfs mounted = Tmpfs.mount(at)) {
      assertThat(mounted).isNotNull();
      key = register(at, ENTRY_CREATE);
      touch("mount/x");
      sync();
    }
    assertThat(taken()).isSameAs(key);
    assertThat(key.isValid()).isFalse();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
    assertThat(key.reset()).isFalse();
  }

  @Test
  void deletedDirectoryWhoseEndWasLostInAnOverflow_isInvalid_butTheJdks() throws Exception {
    WatchKey busy = register(mkdir("busy"), ENTRY_CREATE, ENTRY_DELETE);
    WatchKey key = register(mkdir("d"), ENTRY_CREATE);
    try (StalledPoller stalled = StalledPoller.of(service, busy, file("busy"))) {
      assertThat(stalled).isNotNull();
      QueueFiller.fill(file("busy"));
      delete("d");
    }
    syncFullQueue();
    assertThat(Told.by(busy)).singleElement().asString().startsWith("OVERFLOW");
    assertThat(key.pollEvents()).hasSize(1);
    assertThat(key.isValid()).isEqualTo(isJdk());
    List<WatchKey> queued = new ArrayList<>();
    for (WatchKey next = service.poll(); next != null; next = service.poll()) {
      queued.add(next);
    }
    // The directory that the waiting goes by may have a key by then, which is told as well.
    assertThat(queued).contains(busy, key).doesNotHaveDuplicates();
    assertThat(key.reset()).isEqualTo(isJdk());
  }

  // Cancelling.

  @Test
  void cancel_makesInvalidAtOnce_andDoesNotQueue() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    key.cancel();
    assertThat(key.isValid()).isFalse();
    touch("x");
    sync();
    assertThat(service.poll()).isNull();
    assertThat(key.pollEvents()).isEmpty();
    assertThat(key.reset()).isFalse();
  }

  @Test
  void secondCancel_doesNothing() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    key.cancel();
    WatchKey another = register(root, ENTRY_CREATE);
    key.cancel();
    assertThat(another.isValid()).isTrue();
    touch("x");
    assertThat(told(another)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void cancelOfAQueuedKey_leavesItQueued() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    sync();
    key.cancel();
    assertThat(service.poll()).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void afterACancel_theDirectoryCanBeRegisteredAnew_andGivesAnotherKey() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    key.cancel();
    WatchKey another = register(root, ENTRY_CREATE);
    assertThat(another).isNotSameAs(key);
    touch("x");
    assertThat(told(another)).containsExactly("ENTRY_CREATE x");
    assertThat(key.pollEvents()).isEmpty();
  }
}
