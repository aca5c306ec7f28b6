package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;

/**
 * A key that is polled and may overflow has: what changes in silence before it is looked at anew,
 * and after the program has looked for itself, is not lost.
 */
final class SilentBehindOverflowTest extends SilentTreeTest {

  private static final WatchEvent.Kind<?>[] MODIFIED = {ENTRY_MODIFY};
  private static final WatchEvent.Modifier SELDOM = INotifyModifiers.poll(Duration.ofHours(1));

  @Test
  void whatChangesBeforeTheNextLook_isAnOverflowAsWell() throws Exception {
    Path file = Files.createFile(outside.resolve("file"));
    Files.createLink(root.resolve("file"), file);
    WatchKey key = service.register(root, MODIFIED, SELDOM);
    try (Gate gate = new Gate()) {
      holdLooksBehindAnEvent(gate);
      picky.loseEvents();
      touch("lost");
      gate.awaitReached();
      assertThat(Told.by(key)).containsExactly("OVERFLOW");
      key.reset();
      // The program has looked by now.
      Files.writeString(file, "other");
    }
    assertThat(Told.until(key, "OVERFLOW")).containsExactly("OVERFLOW");
  }

  private void holdLooksBehindAnEvent(Gate gate) {
    picky.refuse(
        "getdents64",
        directory -> {
          if (directory.equals(root.toString()) && service.statistics().pendingEvents() > 0) {
            gate.pass();
          }
          return false;
        },
        Errno.EIO.number());
  }
}
