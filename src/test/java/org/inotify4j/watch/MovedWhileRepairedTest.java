package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.hub.Hub;
import org.inotify4j.tree.Crawls;
import org.junit.jupiter.api.Test;

/**
 * A directory moves while a tree is gone through again, as records were lost: so far up that it had
 * to be closed, and cannot be opened at its path any more.
 */
final class MovedWhileRepairedTest extends WholeTreeTest {

  private static final int QUEUE = 64;

  /** More than are kept open. */
  private static final int LEVELS = 56;

  /** So many of them have others beside the next one. */
  private static final int WIDE = 6;

  @Override
  Hub openHub() throws IOException {
    return SmallQueue.of(QUEUE, kernel::openHub);
  }

  @Test
  void whatWasYetToBeRead_isReadWhereItIsByNow() throws Exception {
    Crawls.areAsUsual();
    List<String> beside = new ArrayList<>();
    String path = "a";
    for (int i = 0; i < LEVELS; i++) {
      // Whichever comes first, most of the time another one waits.
      Stream<String> others = i < WIDE ? Stream.of("/beside", "/other") : Stream.empty();
      others.map(path::concat).forEach(beside::add);
      path += "/d" + i;
    }
    mkdirs(path);
    for (String directory : beside) {
      mkdirs(directory + "/known");
    }
    WatchKey key = register(ENTRY_CREATE, INotifyEventKinds.RENAME);
    try (Gate reads = kernel.holdReads();
        Gate gate = kernel.holdListing("d" + (LEVELS - 1))) {
      int made = 0;
      while (made < QUEUE || !reads.isReached()) {
        touch("f" + made++);
      }
      for (String directory : beside) {
        mkdirs(directory + "/lost");
      }
      reads.open();
      await().until(gate::isReached);
      move("a", "b");
      gate.open();
    }
    Pending.sync(service);
    key.pollEvents();
    key.reset();
    List<String> expected = new ArrayList<>();
    for (String directory : beside) {
      String now = "b" + directory.substring(1);
      touch(now + "/known/f");
      touch(now + "/lost/f");
      expected.add("ENTRY_CREATE " + now + "/known/f");
      expected.add("ENTRY_CREATE " + now + "/lost/f");
    }
    assertThat(told(key)).containsExactlyElementsOf(expected);
  }
}
