package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.inotify4j.pending.PendingBounds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** That something is not watched is told also where the log of its key overflows. */
class UnwatchedAndOverflowTest extends WholeTreeTest {

  private static final int BOUND = 10;

  @Override
  Hub openHub() throws IOException {
    System.setProperty(PendingBounds.EVENTS_PROPERTY, String.valueOf(BOUND));
    return super.openHub();
  }

  @AfterEach
  void forgetTheBound() {
    System.clearProperty(PendingBounds.EVENTS_PROPERTY);
  }

  private void fill(String prefix) throws IOException {
    for (int i = 0; i < 2 * BOUND; i++) {
      touch(prefix + i);
    }
  }

  @Test
  void whatWasToldBefore_isKept() throws Exception {
    kernel.refuseToWatch("full", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    mkdirs("full");
    Pending.sync(service);
    fill("f");
    List<String> told = told(key);
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith("OVERFLOW");
    assertThat(told.get(1)).isEqualTo("UNWATCHED full");
    touch("last");
    assertThat(told(key)).containsExactly("ENTRY_CREATE last");
  }

  @Test
  void itsReason_isKept() throws Exception {
    kernel.refuseToOpen("private", Errno.EACCES);
    kernel.refuseToOpen("broken", Errno.EIO);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    mkdirs("private");
    Pending.sync(service);
    fill("f");
    mkdirs("broken");
    Pending.sync(service);
    assertThat(key.pollEvents().stream().map(event -> ((INotifyWatchEvent<?>) event).reason()))
        .containsExactly(
            Optional.empty(),
            Optional.of("permission denied (EACCES)"),
            Optional.of("input/output error (EIO)"));
  }

  @Test
  void whatIsToldAfterwards_isKept_onceEach() throws Exception {
    kernel.refuseToWatch("full", Errno.EACCES);
    kernel.refuseToWatch("other", Errno.EACCES);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    mkdirs("other");
    Pending.sync(service);
    fill("f");
    mkdirs("full");
    Pending.sync(service);
    Files.delete(root.resolve("full"));
    mkdirs("full");
    fill("g");
    List<String> told = told(key);
    assertThat(told.get(0)).startsWith("OVERFLOW");
    assertThat(told.subList(1, told.size())).containsExactly("UNWATCHED other", "UNWATCHED full");
  }

  /** Who is never told of an overflow is not for that either. */
  @Test
  void isToldWhereThereIsNoRoomForMore_andTakesNothingElse() throws Exception {
    kernel.refuseToWatch("full", Errno.EACCES);
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, UNWATCHED};
    WatchKey key =
        service.register(root, kinds, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN);
    fill("f");
    await().until(() -> service.statistics().pendingEvents() == BOUND);
    mkdirs("full");
    await().until(() -> service.statistics().pendingEvents() > BOUND);
    assertThat(service.statistics().pendingEvents()).isEqualTo(BOUND + 1);
    List<String> told = new ArrayList<>();
    while (!service.sync(Duration.ofMillis(10))) {
      told.addAll(Told.by(key));
    }
    told.addAll(Told.by(key));
    List<String> expected = new ArrayList<>(List.of("ENTRY_CREATE full", "UNWATCHED full"));
    for (int i = 0; i < 2 * BOUND; i++) {
      expected.add("ENTRY_CREATE f" + i);
    }
    assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
  }
}
