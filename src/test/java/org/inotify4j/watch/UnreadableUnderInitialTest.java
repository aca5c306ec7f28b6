package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.inotify4j.ChildJvm;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The state of a tree with a directory that may not be read, as only a user without rights can
 * notice: a program that is run as one says what it is told, and what is in its snapshots.
 */
final class UnreadableUnderInitialTest {

  @TempDir private Path shelf;

  @Test
  void snapshotOfAKey_saysWhatCouldNotBeRead_asOneThatIsTaken() throws Exception {
    assertThat(ChildJvm.of(Program.class).asNobody(shelf).run().output().lines().toList())
        .containsExactly(
            "[EXISTS d, READY ]",
            "unreadable [d] [d]",
            "[ENTRY_CREATE e]",
            "unreadable [d] [d]",
            "[ENTRY_CREATE d/f]",
            "unreadable [] []");
  }

  /** Has a directory listed that is opened later. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Files.createTempDirectory("root");
      Path directory = Files.createDirectory(root.resolve("d"));
      Files.createFile(directory.resolve("f"));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("---------"));
      try (INotifyWatchService service = INotifyWatchService.open()) {
        WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE};
        WatchKey key = service.register(root, kinds, RECURSIVE, INITIAL, RESCAN);
        say(service, key, root);
        Files.createFile(root.resolve("e"));
        say(service, key, root);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        say(service, key, root);
      }
    }

    private static void say(INotifyWatchService service, WatchKey key, Path root) throws Exception {
      if (!service.sync(Duration.ofSeconds(20))) {
        throw new IllegalStateException("not delivered in time");
      }
      System.out.println(Told.by(key));
      List<Path> unreadable = service.snapshot(key).unreadable();
      System.out.println("unreadable " + unreadable + " " + TreeSnapshot.take(root).unreadable());
    }
  }
}
