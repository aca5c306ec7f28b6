package org.inotify4j.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.inotify4j.UsedMemory;
import org.inotify4j.entries.EntryColumns;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a snapshot takes of the heap. */
final class SnapshotMemoryTest {

  private static final int FILES = 5000;
  private static final int SNAPSHOTS = 15;

  /** Of each name, with the NUL behind it. */
  private static final int NAME = "file-1000".length() + 1;

  @TempDir private Path root;

  @Test
  void anEntryTakesAtMost48BytesBesideItsName() throws Exception {
    for (int i = 0; i < FILES; i++) {
      Files.createFile(root.resolve("file-" + (1000 + i)));
    }
    double bytes =
        Double.parseDouble(
            ChildJvm.of(Program.class)
                .options(UsedMemory.EXACT)
                .run(root.toString())
                .output()
                .strip());
    System.out.println("an entry of a snapshot takes " + bytes + " bytes with its name");
    assertThat(bytes - NAME).isBetween(40.0, 48.0);
    assertThat(EntryColumns.ROW_BYTES).isEqualTo(46);
  }

  /** Prints how many bytes an entry takes. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Path.of(arguments[0]);
      TreeSnapshot[] snapshots = new TreeSnapshot[3 * SNAPSHOTS];
      double most = 0;
      long before = 0;
      for (int part = 0; part < 3; part++) {
        for (int i = 0; i < SNAPSHOTS; i++) {
          snapshots[part * SNAPSHOTS + i] = TreeSnapshot.take(root);
        }
        long used = UsedMemory.bytes();
        // With the first part classes are loaded, and what that needs goes at some time.
        if (part > 0) {
          most = Math.max(most, (used - before) / ((double) SNAPSHOTS * snapshots[0].size()));
        }
        before = used;
      }
      System.out.println(most);
      // They are needed up to here.
      if (Stream.of(snapshots).anyMatch(snapshot -> snapshot.size() != snapshots[0].size())) {
        throw new AssertionError("the tree was changed");
      }
    }
  }
}
