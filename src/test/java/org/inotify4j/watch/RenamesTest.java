package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.inotify4j.Flag.CREATE;
import static org.inotify4j.Flag.DELETE;
import static org.inotify4j.Flag.IGNORED;
import static org.inotify4j.Flag.MODIFY;
import static org.inotify4j.Flag.MOVED_FROM;
import static org.inotify4j.Flag.MOVED_TO;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.ScriptedLibC;
import org.junit.jupiter.api.Test;

/** Both ends of a move as one event, and ends without another. */
final class RenamesTest extends WatchTest {

  private static final WatchEvent.Kind<?>[] ALL = {
    RENAME, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY
  };

  // With the real kernel.

  @Test
  void rename_isOneEvent_andNoOtherKind() throws Exception {
    touch("from");
    WatchKey key =
        service.register(
            root,
            RENAME,
            ENTRY_CREATE,
            ENTRY_DELETE,
            INotifyEventKinds.MOVED_FROM,
            INotifyEventKinds.MOVED_TO);
    move("from", "to");
    List<INotifyWatchEvent<?>> events = events(key);
    assertThat(events).hasSize(1);
    INotifyWatchEvent<?> event = events.get(0);
    assertThat(event.kind()).isSameAs(RENAME);
    assertThat(event.context()).isEqualTo(new Rename(Path.of("from"), Path.of("to")));
    assertThat(event.count()).isEqualTo(1);
    assertThat(event.mask()).isEqualTo(Mask.of(MOVED_FROM, MOVED_TO));
    assertThat(event.cookie()).isNotZero();
    assertThat(event.isDirectory()).isFalse();
    assertThat(event.isSynthetic()).isFalse();
  }

  @Test
  void renameOfADirectory_saysSo() throws Exception {
    mkdir("from");
    WatchKey key = service.register(root, RENAME);
    move("from", "to");
    assertThat(events(key)).singleElement().matches(INotifyWatchEvent::isDirectory);
  }

  @Test
  void renameOverAnExistingEntry_isOneEvent() throws Exception {
    touch("from");
    touch("to");
    WatchKey key = service.register(root, ALL);
    move("from", "to");
    assertThat(told(key)).containsExactly("RENAME from -> to");
  }

  @Test
  void chain_isOneEventEach() throws Exception {
    touch("a");
    WatchKey key = service.register(root, ALL);
    move("a", "b");
    move("b", "c");
    move("c", "a");
    assertThat(told(key)).containsExactly("RENAME a -> b", "RENAME b -> c", "RENAME c -> a");
  }

  @Test
  void exchange_isTwoRenames() throws Exception {
    touch("a");
    mkdir("b");
    WatchKey key = service.register(root, ALL);
    Syscalls.exchange(file("a"), file("b"));
    assertThat(told(key)).containsExactly("RENAME a -> b", "RENAME b -> a");
  }

  @Test
  void moveOut_isADeletion_andMoveInACreation() throws Exception {
    touch("x");
    WatchKey key = service.register(root, ALL);
    moveOut("x");
    moveIn("x");
    assertThat(told(key)).containsExactly("ENTRY_DELETE x", "ENTRY_CREATE x");
  }

  @Test
  void moveOutWithNobodyAsking_isReleasedByTheClock() throws Exception {
    touch("x");
    WatchKey key = service.register(root, RENAME, INotifyEventKinds.MOVED_FROM);
    moveOut("x");
    assertThat(service.poll(10, TimeUnit.SECONDS)).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("MOVED_FROM x");
  }

  @Test
  void moveOut_isSilentWhereOnlyRenamesAreWanted() throws Exception {
    touch("x");
    WatchKey key = service.register(root, RENAME);
    moveOut("x");
    assertThat(told(key)).isEmpty();
    assertThat(service.poll()).isNull();
  }

  @Test
  void movesBetweenTwoKeys_areNotRenames() throws Exception {
    Path one = mkdir("one");
    Path two = mkdir("two");
    touch("one/x");
    WatchKey from = service.register(one, ALL);
    WatchKey to = service.register(two, ALL);
    move("one/x", "two/x");
    assertThat(told(from)).containsExactly("ENTRY_DELETE x");
    assertThat(told(to)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void movedOutAndMadeAnew_isDeletionBeforeCreation() throws Exception {
    WatchKey key = service.register(root, ALL);
    for (int i = 0; i < 20; i++) {
      touch("x");
      assertThat(told(key)).containsExactly("ENTRY_CREATE x");
      moveOut("x");
      touch("x");
      assertThat(told(key)).containsExactly("ENTRY_DELETE x", "ENTRY_CREATE x");
      delete("x");
      assertThat(told(key)).containsExactly("ENTRY_DELETE x");
      Files.delete(elsewhere.resolve("x"));
    }
  }

  @Test
  void deletedDirectory_tellsWhatLeftBefore() throws Exception {
    mkdir("d");
    touch("d/x");
    WatchKey key = service.register(file("d"), ALL);
    Files.move(file("d/x"), elsewhere.resolve("x"));
    delete("d");
    assertThat(service.take()).isSameAs(key);
    sync();
    assertThat(key.isValid()).isFalse();
    assertThat(Told.by(key)).containsExactly("ENTRY_DELETE x");
  }

  @Test
  void tenThousandMovesOut_leaveNothingHeld() throws Exception {
    touch("x");
    WatchKey key = service.register(root, ALL);
    for (int i = 0; i < 5_000; i++) {
      moveOut("x");
      moveIn("x");
    }
    touch("last");
    List<String> told = told(key);
    assertThat(told).hasSize(10_001).endsWith("ENTRY_CREATE x", "ENTRY_CREATE last");
    assertThat(told.subList(0, 10_000).stream().distinct())
        .containsExactly("ENTRY_DELETE x", "ENTRY_CREATE x");
  }

  @Test
  void keyThatNoLongerAsksForRenames_isToldWhatWasHeldFirst() throws Exception {
    touch("x");
    WatchKey key = service.register(root, ALL);
    moveOut("x");
    service.register(root, ENTRY_CREATE, ENTRY_DELETE);
    moveIn("x");
    assertThat(told(key)).containsExactly("ENTRY_DELETE x", "ENTRY_CREATE x");
  }

  // With the scripted kernel.

  @Test
  void pair_isJoinedWhereverAReadEnds() throws Exception {
    for (int split = 0; split <= 4; split++) {
      try (ScriptedService scripted = ScriptedService.open()) {
        WatchKey key = scripted.register(root, ALL);
        List<EventRecord> records =
            List.of(
                scripted.record(root, CREATE, "a"),
                scripted.record(root, MOVED_FROM, "a").cookie(7),
                scripted.record(root, MOVED_TO, "b").cookie(7),
                scripted.record(root, DELETE, "b"));
        try (StalledPoller stalled = StalledPoller.of(scripted.service(), key, root)) {
          assertThat(stalled).isNotNull();
          for (int i = 0; i < records.size(); i++) {
            if (i == split) {
              scripted.split();
            }
            scripted.kernel().deliver(records.get(i));
          }
        }
        scripted.sync();
        assertThat(Told.by(key))
            .as("split before record %s", split)
            .containsExactly("ENTRY_CREATE a", "RENAME a -> b", "ENTRY_DELETE b");
      }
    }
  }

  @Test
  void otherEventsBetweenTheEnds_doNotPartThem() throws Exception {
    try (ScriptedService scripted = ScriptedService.open()) {
      WatchKey key = scripted.register(root, ALL);
      scripted
          .kernel()
          .deliver(
              scripted.record(root, MOVED_FROM, "a").cookie(1),
              scripted.record(root, CREATE, "other"),
              scripted.record(root, MOVED_FROM, "x").cookie(2),
              scripted.record(root, MOVED_TO, "y").cookie(2),
              scripted.record(root, MOVED_TO, "b").cookie(1));
      scripted.sync();
      assertThat(Told.by(key))
          .containsExactly("ENTRY_CREATE other", "RENAME x -> y", "RENAME a -> b");
    }
  }

  @Test
  void movedFromThatStaysAlone_isReleasedWithin10Milliseconds() throws Exception {
    // The best of some attempts: the machine may have been busy with something else in one, or
    // many.
    long most = Duration.ofMillis(10).toNanos();
    long best = Long.MAX_VALUE;
    try (ScriptedService scripted = ScriptedService.open()) {
      WatchKey key = scripted.register(root, ALL);
      for (int i = 0; i < 20 || (best > most && i < 500); i++) {
        long start = System.nanoTime();
        scripted.move(root, MOVED_FROM, "x", i + 1);
        assertThat(scripted.service().take()).isSameAs(key);
        best = Math.min(best, System.nanoTime() - start);
        assertThat(Told.by(key)).containsExactly("ENTRY_DELETE x");
        assertThat(key.reset()).isTrue();
      }
    }
    assertThat(Duration.ofNanos(best)).isBetween(Duration.ofMillis(4), Duration.ofNanos(most));
  }

  @Test
  void movedFromThatIsHeld_holdsUpNothingElse() throws Exception {
    try (ScriptedService scripted = ScriptedService.open()) {
      Path other = mkdir("other");
      WatchKey key = scripted.register(root, ALL);
      WatchKey others = scripted.register(other, ALL);
      for (int i = 0; i < 20; i++) {
        scripted
            .kernel()
            .deliver(
                scripted.record(root, MOVED_FROM, "x").cookie(i + 1),
                scripted.record(root, CREATE, "y"),
                scripted.record(other, CREATE, "z"));
        // Signalled by y, in the order of the kernel, and not by x after its time.
        assertThat(scripted.service().take()).isSameAs(key);
        assertThat(scripted.service().take()).isSameAs(others);
        assertThat(Told.by(others)).containsExactly("ENTRY_CREATE z");
        scripted.sync();
        assertThat(Told.by(key)).containsExactly("ENTRY_CREATE y", "ENTRY_DELETE x");
        key.reset();
        others.reset();
      }
    }
  }

  @Test
  void sameName_movedOutAndMadeAnew_keepsItsOrder() throws Exception {
    try (ScriptedService scripted = ScriptedService.open()) {
      WatchKey key = scripted.register(root, ALL);
      scripted.move(root, MOVED_FROM, "x", 1).create(root, "x").deliver(root, MODIFY, "x").sync();
      assertThat(Told.by(key))
          .containsExactly("ENTRY_DELETE x", "ENTRY_CREATE x", "ENTRY_MODIFY x");
    }
  }

  @Test
  void sameName_asTheNewNameOfAnother_keepsItsOrder() throws Exception {
    try (ScriptedService scripted = ScriptedService.open()) {
      WatchKey key = scripted.register(root, ALL);
      scripted
          .kernel()
          .deliver(
              scripted.record(root, MOVED_FROM, "x").cookie(1),
              scripted.record(root, MOVED_FROM, "y").cookie(2),
              scripted.record(root, MOVED_TO, "x").cookie(2));
      scripted.sync();
      assertThat(Told.by(key)).containsExactly("ENTRY_DELETE x", "RENAME y -> x");
    }
  }

  @Test
  void otherEndThatComesTooLate_isACreation() throws Exception {
    try (ScriptedService scripted = ScriptedService.open()) {
      WatchKey key = scripted.register(root, ALL);
      scripted.move(root, MOVED_FROM, "x", 1);
      assertThat(scripted.service().take()).isSameAs(key);
      scripted.move(root, MOVED_TO, "y", 1).sync();
      assertThat(Told.by(key)).containsExactly("ENTRY_DELETE x", "ENTRY_CREATE y");
    }
  }

  @Test
  void endOfTheWatch_releasesWhatIsHeld() throws Exception {
    try (ScriptedService scripted = ScriptedService.open()) {
      WatchKey key = scripted.register(root, ALL);
      scripted.move(root, MOVED_FROM, "x", 1).deliver(root, IGNORED, "").sync();
      assertThat(key.isValid()).isFalse();
      assertThat(Told.by(key)).containsExactly("ENTRY_DELETE x");
    }
  }

  @Test
  void movedFromThatComesWhileTheWatchIsBeingPlaced_isReleasedAsWell() throws Exception {
    ScriptedLibC kernel = new ScriptedLibC();
    try (INotifyWatchService slow = slowService(kernel)) {
      WatchKey key = slow.register(root, ALL);
      assertThat(slow.poll(10, TimeUnit.SECONDS)).isSameAs(key);
      assertThat(Told.by(key)).containsExactly("ENTRY_DELETE x");
    }
  }

  @Test
  @SuppressWarnings("NullAway") // On purpose.
  void aRenameWithoutAName_isRefused() {
    Path name = Path.of("x");
    assertThatNullPointerException().isThrownBy(() -> new Rename(null, name)).withMessage("from");
    assertThatNullPointerException().isThrownBy(() -> new Rename(name, null)).withMessage("to");
  }

  /** A service whose kernel has an event read before the call that places the watch returns. */
  private static INotifyWatchService slowService(ScriptedLibC kernel) throws Exception {
    LibC slow =
        (LibC)
            Proxy.newProxyInstance(
                LibC.class.getClassLoader(),
                new Class<?>[] {LibC.class},
                (proxy, method, arguments) -> {
                  try {
                    Object result = method.invoke(kernel, arguments);
                    // But not one that marks a place.
                    if (method.getName().equals("inotifyAddWatch")
                        && !new String((byte[]) arguments[1], UTF_8).startsWith("/proc/")) {
                      kernel.deliver(
                          EventRecord.of((int) result, Flag.MOVED_FROM.bit()).named("x").cookie(1));
                      Awaitility.await().until(() -> kernel.calls(ScriptedLibC.Call.READ) == 2);
                    }
                    return result;
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return INotifyWatchService.open(Hubs.open(slow, ScriptedINotify.openForHub(slow)));
  }
}
