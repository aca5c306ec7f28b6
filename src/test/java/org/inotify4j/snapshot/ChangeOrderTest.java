package org.inotify4j.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.inotify4j.entries.EntryColumns;
import org.inotify4j.entries.RowPath;
import org.junit.jupiter.api.Test;

/** Changes between trees that no disk has seen can be made one by one, whatever moved where. */
final class ChangeOrderTest {

  private static final int SEEDS = Integer.getInteger("inotify4j.snapshot.trees", 4000);
  private static final int DIRECTORY = 0x41ED;
  private static final int FILE = 0x81A4;

  @Test
  void anyTreeBecomesAnyOther() {
    for (int seed = 0; seed < SEEDS; seed++) {
      check(seed);
    }
  }

  private static void check(int seed) {
    Random random = new Random(seed);
    Inodes inodes = new Inodes(random);
    ChangeModel model = new ChangeModel();
    State before = new State(inodes, random, 0);
    before.table.entriesInto(model, before);
    for (int step = 1; step < 4; step++) {
      State after = new State(inodes, random, step);
      List<String> told = new ArrayList<>();
      try {
        for (SnapshotChange change : after.snapshot().changesSince(before.snapshot())) {
          told.add(change.toString());
          model.apply(change, after.words);
        }
        assertThat(model.paths(after.unreadable::contains)).isEqualTo(after.all());
      } catch (Throwable e) {
        throw new AssertionError(
            "seed "
                + seed
                + " step "
                + step
                + "\n"
                + before.all()
                + "\n"
                + after.all()
                + "\n"
                + told,
            e);
      }
      before = after;
    }
  }

  /** Which inode numbers there are, and of which kind. */
  private static final class Inodes {
    final Map<Integer, Boolean> isDirectory = new HashMap<>();
    final int count;

    Inodes(Random random) {
      count = 2 + random.nextInt(14);
      for (int i = 1; i <= count; i++) {
        isDirectory.put(i, random.nextInt(3) > 0);
      }
    }
  }

  /** A tree of random shape over the same inodes. */
  private static final class State {
    final Table table = new Table();
    final Map<String, String> words = new TreeMap<>();
    final Set<String> unreadable = new HashSet<>();
    private final Random random;

    State(Inodes inodes, Random random, int step) {
      this.random = random;
      List<Integer> directories = new ArrayList<>(List.of(0));
      Set<String> taken = new HashSet<>();
      for (int entry = 0; entry < inodes.count; entry++) {
        int inode = 1 + random.nextInt(inodes.count);
        boolean isDirectory = inodes.isDirectory.getOrDefault(inode, false);
        if (isDirectory && !taken.add("inode " + inode)) {
          continue;
        }
        int parent = directories.get(random.nextInt(directories.size()));
        String name = String.valueOf((char) ('a' + random.nextInt(4)));
        if (taken.add(parent + "/" + name)) {
          add(parent, name, inode, isDirectory, directories, step);
        }
      }
    }

    private void add(
        int parent,
        String name,
        int inode,
        boolean isDirectory,
        List<Integer> directories,
        int step) {
      boolean isReadable = random.nextInt(6) > 0;
      int row = table.add(parent, name, inode, isDirectory, isReadable);
      String path = ChangeModel.text(RowPath.of(table.columns, row));
      if (isDirectory && isReadable) {
        directories.add(row);
      } else if (isDirectory) {
        unreadable.add(path);
      } else {
        boolean isWritten = random.nextInt(3) == 0;
        int size = isWritten ? step + 1 : 0;
        table.columns.setRaw(row, inode, size, 0, 0);
        words.put(path, inode + " " + size);
      }
    }

    TreeSnapshot snapshot() {
      return table.snapshot();
    }

    Map<String, String> all() {
      Map<String, String> all = new TreeMap<>();
      for (int row = 1; row < table.columns.size(); row++) {
        String path = ChangeModel.text(RowPath.of(table.columns, row));
        boolean isDirectory = table.columns.isDirectory(row);
        all.put(isDirectory ? path + "/" : path, isDirectory ? "" : words.getOrDefault(path, ""));
      }
      return all;
    }
  }

  /** Rows that are made up. */
  private static final class Table {
    final EntryColumns columns = new EntryColumns(8, 8);

    Table() {
      int unused = add(EntryColumns.NONE, "", 1000, true, true);
    }

    int add(int parent, String name, int inode, boolean isDirectory, boolean isReadable) {
      byte[] bytes = name.getBytes(ISO_8859_1);
      int row = columns.add(parent, bytes, 0, bytes.length);
      int device = columns.devices().index(7);
      columns.setRaw(row, inode, 0, 0, 0);
      columns.setRaw(
          row,
          isDirectory ? DIRECTORY : FILE,
          device,
          isDirectory && !isReadable ? EntryColumns.UNREADABLE : 0);
      return row;
    }

    void entriesInto(ChangeModel model, State state) {
      for (int row = 1; row < columns.size(); row++) {
        byte[] path = RowPath.of(columns, row);
        String word = state.words.getOrDefault(ChangeModel.text(path), "");
        model.put(path, columns.isDirectory(row), word);
      }
    }

    TreeSnapshot snapshot() {
      return new TreeSnapshot(TreeState.of(Path.of("/r"), TreeFilter.EVERYTHING, columns));
    }
  }
}
