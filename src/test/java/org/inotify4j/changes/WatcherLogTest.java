package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.inotify4j.base.HeldBack;
import org.inotify4j.base.Logged;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a watcher logs where the program does not take its problems. */
final class WatcherLogTest extends WatcherScene {

  @RegisterExtension private final Logged logged = new Logged();

  /** What is logged of this watcher. */
  private List<String> lines() {
    String path = root.toString();
    return logged.lines().stream()
        .filter(line -> line.contains(path))
        .map(line -> line.replace(path, ""))
        .toList();
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
      assertThat(lines()).containsExactly("WARNING UNWATCHED /d0: permission denied (EACCES)");
      HeldBack.tell();
      assertThat(lines()).hasSize(2).last().asString().contains("d19").contains("19");
      closeAll();
    }
  }
}
