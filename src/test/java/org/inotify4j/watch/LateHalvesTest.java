package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.inotify4j.Flag;
import org.inotify4j.base.Logged;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.EventRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both halves of a rename are joined however long the reader is held up between them. */
class LateHalvesTest extends WholeTreeTest {

  /** Longer than halves are waited for. */
  private static final Duration HELD_UP = Duration.ofMillis(60);

  /** So that a read takes one record and no more. */
  private static final String LONG = "n".repeat(250);

  private static final int ONE_RECORD = 272;

  @RegisterExtension private final Logged logged = new Logged();

  @Override
  Hub openHub() throws IOException {
    return kernel.openHub(ONE_RECORD);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ofATree(boolean isDirectory) throws Exception {
    String from = "a/" + LONG + "1";
    String to = "b/" + LONG + "2";
    mkdirs("a");
    mkdirs("b");
    if (isDirectory) {
      mkdirs(from);
    } else {
      touch(from);
    }
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, RENAME);
    Pending.sync(service);
    try (Gate first = kernel.holdReads()) {
      move(from, to);
      first.awaitReached();
      try (Gate second = kernel.holdReads()) {
        first.open();
        second.awaitReached();
        await()
            .during(HELD_UP)
            .atMost(Duration.ofSeconds(5))
            .until(() -> key.pollEvents().isEmpty());
      }
    }
    assertThat(told(key)).containsExactly("RENAME " + from + " -> " + to);
  }

  @Test
  void ofAPlainKey_whoseReaderIsHeldUpAfterTheFirst() throws Exception {
    try (ScriptedService scripted = ScriptedService.open();
        Gate logging = new Gate()) {
      logged.delayBy(logging::pass);
      Path watched = Path.of("/a");
      WatchKey key = scripted.register(watched, ENTRY_CREATE, ENTRY_DELETE, RENAME);
      scripted.register(Path.of("/b"), ENTRY_CREATE);
      // A record that no kernel writes: that is logged, by the reader, after what it has read.
      EventRecord impossible =
          EventRecord.of(scripted.wd(Path.of("/b")), Flag.CREATE.bit()).named("a/b");
      EventRecord from = scripted.record(watched, Flag.MOVED_FROM, "x").cookie(7);
      EventRecord to = scripted.record(watched, Flag.MOVED_TO, "y").cookie(7);
      scripted.kernel().deliver(from, impossible);
      // Of another read, and in the queue before the mark that the first half waits for.
      scripted.kernel().deliver(to);
      logging.awaitReached();
      await().pollDelay(HELD_UP).until(() -> true);
      logging.open();
      scripted.sync();
      assertThat(Told.by(key)).containsExactly("RENAME x -> y");
    }
  }

  @Test
  void halfWithoutItsOther_isToldSoon_whateverElseIsDueLater() throws Exception {
    mkdirs("d");
    touch("d/f");
    kernel.refuseToWatch("full", org.inotify4j.libc.Errno.ENOSPC);
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, RENAME);
    // It is tried again in a second.
    mkdirs("full");
    assertThat(told(key)).containsExactly("ENTRY_CREATE full");
    key.reset();
    service.poll();
    key.pollEvents();
    key.reset();
    move(root.resolve("d/f"), outside.resolve("f"));
    assertThat(service.poll(500, TimeUnit.MILLISECONDS)).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_DELETE d/f");
    Files.delete(outside.resolve("f"));
  }
}
