package org.inotify4j.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inotify4j.ChildJvm;
import org.inotify4j.entries.EntryColumns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A saved snapshot of so deep a tree that the paths of all its entries fit into no heap. */
final class DeepSnapshotTest {

  private static final String HEAP = "-Xmx48m";

  @TempDir private Path temp;
  private Path root;
  private Path saved;

  @BeforeEach
  void makeTree() throws Exception {
    root = Files.createDirectory(temp.resolve("root"));
    Files.createFile(root.resolve("file"));
    saved = temp.resolve("saved");
  }

  /** Saves the only file of the tree as one that was far below the root. */
  private void save(int depth, int marks) throws Exception {
    TreeSnapshot taken = TreeSnapshot.take(root);
    EntryColumns real = taken.table();
    EntryColumns table = new EntryColumns(depth + 2, 0);
    int device = table.devices().index(real.device(EntryColumns.ROOT));
    byte[] name = {'d'};
    for (int row = 0; row <= depth; row++) {
      int unused = table.add(row - 1, name, 0, row == EntryColumns.ROOT ? 0 : 1);
      table.setRaw(row, row == EntryColumns.ROOT ? real.inode(row) : Long.MAX_VALUE - row, 0, 0, 0);
      table.setRaw(row, real.mode(EntryColumns.ROOT), device, row == EntryColumns.ROOT ? 0 : marks);
    }
    int its = real.size() - 1;
    int row = table.add(depth, real.bytes(), real.nameStart(its), real.nameEnd(its));
    table.setRaw(row, real.inode(its), real.size(its), real.modified(its), real.changed(its));
    table.setRaw(row, real.mode(its), device, real.rawMarks(its) & ~EntryColumns.UNCERTAIN);
    new TreeSnapshot(TreeState.of(root, taken.filter(), table)).save(saved);
  }

  private List<String> run(Class<?> program) throws Exception {
    ChildJvm child = ChildJvm.of(program).options(HEAP);
    return child.run(root.toString(), saved.toString()).output().lines().toList();
  }

  @Test
  void isCompared_withoutAPathForEachEntry() throws Exception {
    save(30_000, 0);
    assertThat(run(Comparing.class))
        .containsExactly(
            "30001 changes",
            "MOVED: 4 bytes from 60004",
            "DELETED: 59999 bytes",
            "DELETED: 59997 bytes",
            "DELETED: 1 bytes");
  }

  @Test
  void isAskedForWhatCouldNotBeRead_withoutAPathForEachEntry() throws Exception {
    save(30_000, EntryColumns.UNREADABLE);
    assertThat(run(Asking.class)).containsExactly("30000 paths", "1 bytes", "59999 bytes");
  }

  @Test
  void isPrintedByTheCommand_lotByLot() throws Exception {
    save(8_000, 0);
    ChildJvm command =
        ChildJvm.launching("org.inotify4j.cli.Main").with(CommandLine.class).options(HEAP);
    Process process = command.start("snapshot", "diff", root.toString(), saved.toString());
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      // Of a move there are two lines.
      assertThat(out.lines().count()).isEqualTo(8_002);
    }
    assertThat(process.waitFor()).isEqualTo(1);
  }

  /** Prints some of what differs. */
  static final class Comparing {

    private Comparing() {}

    public static void main(String[] arguments) throws Exception {
      TreeSnapshot taken = TreeSnapshot.take(Path.of(arguments[0]));
      List<SnapshotChange> changes = taken.changesSince(TreeSnapshot.load(Path.of(arguments[1])));
      System.out.println(changes.size() + " changes");
      for (int i : new int[] {0, 1, 2, changes.size() - 1}) {
        SnapshotChange change = changes.get(i);
        System.out.println(
            change.kind()
                + ": "
                + change.pathBytes().length
                + " bytes"
                + change.fromBytes().map(from -> " from " + from.length).orElse(""));
      }
    }
  }

  /** Prints some of what could not be read. */
  static final class Asking {

    private Asking() {}

    public static void main(String[] arguments) throws Exception {
      List<Path> unreadable = TreeSnapshot.load(Path.of(arguments[1])).unreadable();
      System.out.println(unreadable.size() + " paths");
      for (int i : new int[] {0, unreadable.size() - 1}) {
        System.out.println(unreadable.get(i).toString().length() + " bytes");
      }
    }
  }
}
