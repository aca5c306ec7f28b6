package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Something moves between what is heard and what is polled, and what is in it changes where nobody
 * can compare: the program is to know what is there nevertheless.
 */
final class MovedAcrossPolledTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, RENAME
  };

  @RegisterExtension private final PollInterval interval = new PollInterval("1");

  /** Directories of some names are left over, and what is in the tree then was found. */
  private Program registerWhereIsLeftOver(String name, String... files) throws Exception {
    Program program = new Program(service.register(root, KINDS, RECURSIVE), new ContentModel(root));
    program.model().list();
    kernel.refuseToWatch(name, Errno.ENOSPC);
    for (String file : files) {
      Path path = root.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "text");
    }
    awaitKnown(program);
    return program;
  }

  private void awaitKnown(Program program) {
    await()
        .until(
            () -> {
              Pending.sync(service);
              program.model().poll(program.key());
              return program.model().isDisk();
            });
  }

  /** From there on it is heard of, while what is done before that is queued and read later. */
  private void hear(String directory) throws Exception {
    kernel.allow(root.resolve(directory).getFileName().toString());
    String inode = Long.toHexString((Long) Files.getAttribute(root.resolve(directory), "unix:ino"));
    await().until(() -> EventModel.watchedInodes(hub).contains(inode));
  }

  @Test
  void directoryThatMovesToWhereItIsPolled_andIsEmptied_isKnownToBeEmpty() throws Exception {
    mkdirs("a/b");
    Program program = registerWhereIsLeftOver("d", "d/f", "a/g");
    try (Gate gate = kernel.holdReads()) {
      hear("d");
      move("a", "d/a");
      Files.delete(root.resolve("d/a/g"));
      Files.delete(root.resolve("d/a/b"));
      gate.open();
    }
    awaitKnown(program);
  }

  @Test
  void directoryThatMovesToWhereItWasPolledForTheLastTime_isKnownWithAllInIt() throws Exception {
    mkdirs("a/b");
    Program program = registerWhereIsLeftOver("d", "d/f", "a/g");
    try (Gate gate = kernel.holdReads();
        Gate placing = kernel.holdPlacing("d")) {
      kernel.allow("d");
      placing.awaitReached();
      long rounds = service.statistics().pollRounds();
      placing.open();
      await().until(() -> service.statistics().pollRounds() > rounds);
      move("a", "d/a");
      gate.open();
    }
    awaitKnown(program);
  }

  @Test
  void directoryThatIsEmptiedInSilence_andMovesToWhereItIsHeard_isKnownToBeEmpty()
      throws Exception {
    kernel.refuseToWatch("x", Errno.ENOSPC);
    Program program = registerWhereIsLeftOver("d", "d/x/f", "d/f");
    hear("d");
    Files.delete(root.resolve("d/x/f"));
    move("d/x", "y");
    awaitKnown(program);
  }

  @Test
  void directoryThatIsHeardAgain_andMovesAwayBeforeTheLastRound_isKnownWithAllInIt()
      throws Exception {
    Program program = registerWhereIsLeftOver("d", "d/x/y/f", "d/x/g");
    try (Gate gate = kernel.holdReads()) {
      hear("d");
      hear("d/x/y");
      Files.delete(root.resolve("d/x/g"));
      move("d/x", "z");
      gate.open();
    }
    awaitKnown(program);
  }

  @Test
  void fileThatIsWrittenInSilence_andMovesToWhereItIsHeard_isKnownAsItIs() throws Exception {
    Program program = registerWhereIsLeftOver("x", "x/f", "x/g");
    Files.writeString(root.resolve("x/f"), "other text");
    try (Gate gate = kernel.holdReads()) {
      hear("x");
      move("x/f", "f");
      gate.open();
    }
    awaitKnown(program);
  }

  @Test
  void fileThatMovesToWhereItIsPolled_isKnownThere() throws Exception {
    Program program = registerWhereIsLeftOver("d", "d/f", "g");
    try (Gate gate = kernel.holdReads()) {
      hear("d");
      move("g", "d/g");
      gate.open();
    }
    awaitKnown(program);
  }

  /** Who is told of the tree, and what it knows. */
  private record Program(WatchKey key, ContentModel model) {}
}
