package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.inotify4j.base.HeldBack;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a watcher logs where the program does not take its problems. */
final class WatcherLogTest extends WatcherScene {

  private static final Logger LOG = Logger.getLogger("org.inotify4j.watch");

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Handler handler = new Lines();

  /** Keeps what is logged of this watcher. */
  private final class Lines extends Handler {
    @Override
    public void publish(LogRecord line) {
      if (line.getMessage().contains(root.toString())) {
        lines.add(line.getLevel() + " " + line.getMessage().replace(root.toString(), ""));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    HeldBack.tell();
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
  }

  @Test
  void directoriesThatAreNotWatchedForOneReason_areOneLine_andACountLater() throws Exception {
    try (RefusingKernel kernel = new RefusingKernel()) {
      PathWatcher watcher =
          PathWatcher.of(root)
              .settle(LONG, LONG)
              .start(batch -> {}, new CountedDemand(Long.MAX_VALUE), cause -> {}, kernel);
      watchers.add(watcher);
      for (int i = 0; i < 20; i++) {
        kernel.refuseToWatch("d" + i, Errno.EACCES);
        mkdirs("d" + i);
      }
      assertThat(watcher.sync(PATIENCE)).isTrue();
      assertThat(lines).containsExactly("WARNING UNWATCHED /d0: permission denied (EACCES)");
      HeldBack.tell();
      assertThat(lines).hasSize(2).last().asString().contains("d19").contains("19");
      closeAll();
    }
  }
}
