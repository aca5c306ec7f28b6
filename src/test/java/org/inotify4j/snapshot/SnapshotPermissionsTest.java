package org.inotify4j.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may not be read, as only a user without rights can notice: a program is run as one. */
final class SnapshotPermissionsTest {

  @TempDir private Path shelf;

  @Test
  void whatMayNotBeRead_isKept_andSaid() throws Exception {
    List<String> told = ChildJvm.of(Program.class).asNobody(shelf).run().output().lines().toList();
    assertThat(told)
        .containsExactly(
            "rwxr-xr-x 3 [] []",
            // Neither listed nor searched; searched only; listed only.
            "--------- 1 [d] [MODIFIED d]",
            "--x------ 1 [d] []",
            "r-------- 3 [d/e, d/f] [DELETED d, CREATED d, CREATED d/e, CREATED d/f]",
            "rwx------ 3 [] [DELETED d/e, CREATED d/e, MODIFIED d/f]",
            "java.nio.file.AccessDeniedException: root");
  }

  /** Where the directory may not be read it cannot be synced, which is known before. */
  @Test
  void fileInAClosedDirectory_isNotWritten_andNotReadAsIfItWereMissing() throws Exception {
    List<String> told = ChildJvm.of(Closed.class).asNobody(shelf).run().output().lines().toList();
    assertThat(told)
        .containsExactly(
            "java.nio.file.AccessDeniedException: closed/there",
            "java.nio.file.AccessDeniedException: closed/there",
            "text [there]");
  }

  /** Saves to a directory that may not be read, and loads from one that may not be searched. */
  static final class Closed {

    private Closed() {}

    public static void main(String[] arguments) throws Exception {
      Path closed = Files.createTempDirectory("closed");
      TreeSnapshot snapshot = TreeSnapshot.take(closed);
      Path there = Files.writeString(closed.resolve("there"), "text");
      try {
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("-wx------"));
        snapshot.save(there);
      } catch (AccessDeniedException e) {
        System.out.println(e.toString().replace(closed.toString(), "closed"));
      }
      try {
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rw-------"));
        System.out.println(TreeSnapshot.load(there));
      } catch (FileSystemException e) {
        System.out.println(e.toString().replace(closed.toString(), "closed"));
      }
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
      try (Stream<Path> left = Files.list(closed)) {
        System.out.println(Files.readString(there) + " " + left.map(Path::getFileName).toList());
      }
    }
  }

  /** Takes permissions away, and says what a snapshot has then. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Files.createTempDirectory("root");
      Path directory = Files.createDirectories(root.resolve("d/e")).getParent();
      Files.createFile(root.resolve("d/f"));
      AlteredKernel kernel = new AlteredKernel();
      // Nothing was changed just now.
      kernel.alter(
          "clockGettime",
          (asked, result) -> {
            AlteredKernel.filled(asked).putLong(0, AlteredKernel.filled(asked).getLong(0) + 60);
            return result;
          });
      TreeSnapshot before = TreeSnapshot.take(kernel.libC, root, TreeFilter.EVERYTHING, 1);
      for (String permissions :
          List.of("rwxr-xr-x", "---------", "--x------", "r--------", "rwx------")) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(permissions));
        TreeSnapshot now = TreeSnapshot.take(kernel.libC, root, TreeFilter.EVERYTHING, 1);
        System.out.println(
            permissions
                + " "
                + now.size()
                + " "
                + now.unreadable().stream().sorted().toList()
                + " "
                + sorted(now.changesSince(before)));
        before = now;
      }
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("-wx------"));
      try {
        System.out.println(TreeSnapshot.take(root));
      } catch (AccessDeniedException e) {
        System.out.println(e.toString().replace(root.toString(), "root"));
      }
    }

    /** The entries of a directory come in any order. */
    private static List<String> sorted(List<SnapshotChange> changes) {
      return changes.stream()
          .map(SnapshotChange::toString)
          .sorted(
              Comparator.comparing((String it) -> !it.startsWith("DELETED"))
                  .thenComparing(it -> it))
          .toList();
    }
  }
}
