package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Directories that are moved while a look goes through the tree: whatever it has seen of them, a
 * key that is told what was lost knows in the end what there is.
 */
final class MovedWhileLookedTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, RENAME
  };

  /** So many levels have more directories that wait than a look keeps open. */
  private static final int LEVELS = 250;

  private static final int BOUND = 60;

  /** What is done while the look is held. */
  private interface Change {
    void run() throws Exception;
  }

  /**
   * Has so much happen that a key has no room for it: when it has, the tree is looked at, and no
   * directory is opened for anything else.
   */
  private void duringALook(
      Gate gate, INotifyWatchService small, WatchKey key, ContentModel model, Change change)
      throws Exception {
    AtomicInteger made = new AtomicInteger();
    await()
        .until(
            () -> {
              if (!gate.isReached()) {
                for (int i = 0; i < 2 * BOUND; i++) {
                  mkdirs("more" + made.incrementAndGet());
                }
                boolean unused = small.sync(Duration.ofMillis(100));
                model.poll(key);
              }
              return gate.isReached();
            });
    change.run();
    gate.open();
  }

  @Test
  void anotherDirectoryInThePlaceOfOne_isNotTakenForThat() throws Exception {
    mkdirs("c/d");
    touch("c/d/f");
    mkdirs("e");
    try (INotifyWatchService small = Bound.of(BOUND, hub)) {
      WatchKey key = small.register(root, KINDS, RECURSIVE, RESCAN);
      ContentModel model = new ContentModel(root);
      model.list();
      try (Gate gate = kernel.holdOpening("c")) {
        duringALook(
            gate,
            small,
            key,
            model,
            () -> {
              move("c", "e/c");
              mkdirs("c");
            });
      }
      model.assertExact(small, key, "the directory has moved, and another one has its place");
    }
  }

  @Test
  void whatIsSeenAtBothPlaces_isNotMovedOnceMore() throws Exception {
    mkdirs("c/d");
    touch("c/d/f");
    mkdirs("e");
    try (INotifyWatchService small = Bound.of(BOUND, hub)) {
      WatchKey key = small.register(root, KINDS, RECURSIVE, RESCAN);
      ContentModel model = new ContentModel(root);
      model.list();
      try (Gate gate = kernel.holdListing("root")) {
        duringALook(
            gate,
            small,
            key,
            model,
            () -> {
              // The look sees the end of it, and the records come then.
              move("c", "e/c");
              mkdirs("c/other");
            });
      }
      model.assertExact(small, key, "the directory has moved, and another one is at its old name");
    }
  }

  @Test
  void whatIsFarBelowADirectoryThatMoves_isNotTakenForGone() throws Exception {
    StringBuilder path = new StringBuilder("a");
    for (int i = 0; i < LEVELS; i++) {
      // Whichever of them comes first, most of the time another one waits.
      mkdirs(path + "/beside");
      mkdirs(path + "/other");
      path.append("/d").append(i);
    }
    mkdirs(path.toString());
    touch(path + "/f");
    try (INotifyWatchService small = Bound.of(BOUND, hub)) {
      WatchKey key = small.register(root, KINDS, RECURSIVE, RESCAN);
      ContentModel model = new ContentModel(root);
      model.list();
      try (Gate gate = kernel.holdListing("d" + (LEVELS - 5))) {
        duringALook(gate, small, key, model, () -> move("a", "b"));
      }
      model.assertExact(small, key, "a directory above has moved");
    }
  }
}
