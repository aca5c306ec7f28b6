package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.Told.isTold;

import java.nio.file.Files;
import java.nio.file.WatchKey;
import org.junit.jupiter.api.Test;

/** What is polled of a key at which an OVERFLOW is pending. */
final class PolledBehindOverflowTest extends SilentTreeTest {

  private static final int BOUND = 2;

  /** Who polls the OVERFLOW looks for itself; nothing waits until then. */
  @Test
  void whatIsFoundThen_isPartOfTheOverflow() throws Exception {
    mount(mounted);
    try (INotifyWatchService small = Bound.of(BOUND, hub)) {
      WatchKey key = small.register(root, KINDS, RECURSIVE);
      for (int i = 0; i <= BOUND; i++) {
        touch("f" + i);
      }
      Pending.sync(small);
      Files.createFile(source.resolve("g"));
      Pending.awaitRounds(small, 3);
      Pending.sync(small);
      assertThat(Told.by(key)).singleElement().asString().startsWith("OVERFLOW");
      key.reset();
      Files.createFile(source.resolve("h"));
      isTold(key, "ENTRY_CREATE mounted/h");
    }
  }
}
