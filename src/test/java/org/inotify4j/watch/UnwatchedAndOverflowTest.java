package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.WatchKey;
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
}
