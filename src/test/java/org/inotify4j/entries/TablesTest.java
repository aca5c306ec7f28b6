package org.inotify4j.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.inotify4j.entries.Entries.bytes;
import static org.inotify4j.entries.Entries.text;
import static org.inotify4j.entries.Entries.texts;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The columns of entries, and what finds rows in them. */
final class TablesTest {

  private final Entries tree =
      new Entries().directory("d", 2).directory("d/e", 3).file("d/e/f", 4).file("g", 5);

  // Columns.

  @Test
  void columns_haveWhatIsSet() {
    EntryColumns rows = new EntryColumns(1, 1);
    int row = rows.add(EntryColumns.NONE, bytes("xname"), 1, 5);
    rows.setRaw(row, 1, 2, 3, 4);
    rows.setRaw(row, 0xC1FF, rows.devices().index(77), 0xFFFE);
    assertThat(rows.size()).isOne();
    assertThat(rows.parent(row)).isEqualTo(EntryColumns.NONE);
    assertThat(rows.inode(row)).isEqualTo(1);
    assertThat(rows.size(row)).isEqualTo(2);
    assertThat(rows.modified(row)).isEqualTo(3);
    assertThat(rows.changed(row)).isEqualTo(4);
    assertThat(rows.mode(row)).isEqualTo(0xC1FF);
    assertThat(rows.type(row)).isEqualTo(0xC000);
    assertThat(rows.device(row)).isEqualTo(77);
    assertThat(rows.rawMarks(row)).isEqualTo(0xFFFE);
    assertThat(rows.birth(row)).isEqualTo(0x3FFF);
    assertThat(rows.isUncertain(row)).isFalse();
    assertThat(rows.isUnreadable(row)).isTrue();
    assertThat(rows.nameEnd(row) - rows.nameStart(row)).isEqualTo(4);
    assertThat(rows.usedBytes()).isEqualTo(5);
    rows.setReadable(row);
    rows.setUncertain(row);
    assertThat(rows.rawMarks(row)).isEqualTo(0xFFFD);
    rows.setUnreadable(row);
    rows.setCertain(row);
    assertThat(rows.rawMarks(row)).isEqualTo(0xFFFE);
    rows.keepTypeOnly(row);
    assertThat(rows.mode(row)).isEqualTo(0xC000);
  }

  @Test
  void columns_unknown_isWhatNoLookHasTold() {
    EntryColumns rows = tree.rows;
    int row = tree.row("g");
    assertThat(rows.isUnknown(row)).isFalse();
    rows.setUnlooked(row, false);
    assertThat(rows.isUnknown(row)).isTrue();
    assertThat(rows.isUncertain(row)).isTrue();
    assertThat(rows.isUnreadable(row)).isFalse();
    assertThat(rows.mode(row)).isEqualTo(Entries.FILE);
    rows.setUnlooked(row, true);
    assertThat(rows.mode(row)).isEqualTo(Entries.DIRECTORY);
    rows.setRaw(row, 1, 2, 3, 4);
    rows.setUnknown(row, Entries.FILE);
    assertThat(rows.isUnknown(row)).isTrue();
    assertThat(rows.isUnreadable(row)).isTrue();
    assertThat(rows.isUncertain(row)).isFalse();
    assertThat(rows.size(row)).isZero();
    assertThat(rows.modified(row)).isZero();
    assertThat(rows.changed(row)).isZero();
    assertThat(rows.device(row)).isZero();
    rows.setReadable(row);
    assertThat(rows.isUnknown(row)).as("a file system without inodes").isFalse();
  }

  @Test
  void columns_former_isOfNoTypeThatThereIs() {
    EntryColumns rows = tree.rows;
    int row = tree.row("g");
    assertThat(rows.isFormer(row)).isFalse();
    rows.setFormer(row, false);
    assertThat(rows.isFormer(row)).isTrue();
    assertThat(rows.isDirectory(row)).isFalse();
    assertThat(rows.isUncertain(row)).isTrue();
    assertThat(rows.isUnreadable(row)).isFalse();
    rows.setFormer(row, true);
    assertThat(rows.isFormer(row)).isTrue();
    assertThat(rows.isDirectory(row)).isTrue();
  }

  @Test
  void columns_growAndShrink() {
    EntryColumns rows = new EntryColumns(0, 0);
    for (int i = 0; i < 100; i++) {
      int row = rows.add(i == 0 ? EntryColumns.NONE : 0, bytes("n" + i), 0, 2);
      rows.setRaw(row, i, i, i, i);
      rows.setRaw(row, i, rows.devices().index(i), i);
    }
    // 16, and half as many and 16 more each time: 40, 76, 130, and so on; the same of bytes.
    assertThat(rows.heapBytes()).isEqualTo(130 * 46 + 332);
    assertThat(rows.isFull()).isFalse();
    for (int i = 0; i < 100; i++) {
      assertThat(rows.inode(i)).isEqualTo(i);
      assertThat(rows.mode(i)).isEqualTo(i);
      assertThat(rows.device(i)).isEqualTo(i);
      assertThat(rows.rawMarks(i)).isEqualTo(i);
      assertThat(rows.changed(i)).isEqualTo(i);
    }
    rows.truncate(200);
    assertThat(rows.size()).isEqualTo(100);
    rows.truncate(50);
    assertThat(rows.size()).isEqualTo(50);
    assertThat(rows.usedBytes()).isEqualTo(150);
    rows.trim();
    assertThat(rows.heapBytes()).isEqualTo(50 * 46 + 150);
    assertThat(rows.isFull()).isTrue();
    rows.growSlowly();
    int unused = rows.add(0, bytes("n"), 0, 1);
    assertThat(rows.heapBytes()).isEqualTo(67 * 46 + 170);
  }

  @Test
  void columns_names() {
    Entries other = new Entries().file("g", 9).file("gg", 10).file("f", 11).file("", 12);
    EntryColumns rows = tree.rows;
    int row = tree.row("g");
    assertThat(rows.hasSameName(row, other.rows, other.row("g"))).isTrue();
    assertThat(rows.hasSameName(row, other.rows, other.row("gg"))).isFalse();
    assertThat(rows.hasSameName(row, other.rows, other.row("f"))).isFalse();
    assertThat(other.rows.hasSameName(other.row("gg"), rows, row)).isFalse();
    assertThat(rows.hasSameName(EntryColumns.ROOT, other.rows, EntryColumns.ROOT)).isTrue();
  }

  @Test
  void columns_atOrBelow() {
    EntryColumns rows = tree.rows;
    assertThat(rows.isAtOrBelow(tree.row("d/e/f"), tree.row("d"))).isTrue();
    assertThat(rows.isAtOrBelow(tree.row("d"), tree.row("d"))).isTrue();
    assertThat(rows.isAtOrBelow(tree.row("g"), tree.row("d"))).isFalse();
    assertThat(rows.isAtOrBelow(tree.row("g"), EntryColumns.ROOT)).isTrue();
    rows.remove(tree.row("d"));
    assertThat(rows.isAtOrBelow(tree.row("d/e/f"), EntryColumns.ROOT)).isFalse();
  }

  @Test
  void devices_haveNumbersOnce() {
    Devices devices = new Devices();
    for (long device = 0; device < 50; device++) {
      assertThat(devices.index(device)).isEqualTo((int) device);
      assertThat(devices.index(device)).isEqualTo((int) device);
    }
    assertThat(devices.index(7)).isEqualTo(7);
    assertThat(devices.index(0)).isZero();
    assertThat(devices.count()).isEqualTo(50);
    assertThat(devices.number(49)).isEqualTo(49);
    for (long device = 50; device < Devices.MOST; device++) {
      int unused = devices.index(device);
    }
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> devices.index(-1))
        .withMessage("a snapshot has room for 65536 file systems");
    assertThat(devices.index(Devices.MOST - 1L)).isEqualTo(Devices.MOST - 1);
  }

  // Paths.

  @Test
  void paths_ofRows() {
    assertThat(text(RowPath.of(tree.rows, tree.row("d/e/f")))).isEqualTo("d/e/f");
    assertThat(text(RowPath.of(tree.rows, tree.row("g")))).isEqualTo("g");
    assertThat(RowPath.of(tree.rows, EntryColumns.ROOT)).isEmpty();
    byte[] elsewhere = bytes("x/y");
    assertThat(text(RowPath.below(tree.rows, tree.row("d/e/f"), tree.row("d"), elsewhere)))
        .isEqualTo("x/y/e/f");
    assertThat(text(RowPath.below(tree.rows, tree.row("d"), tree.row("d"), elsewhere)))
        .isEqualTo("x/y");
    assertThat(RowPath.nameStart(bytes("a/bc"))).isEqualTo(2);
    assertThat(RowPath.nameStart(bytes("abc"))).isZero();
    assertThat(RowPath.nameStart(bytes(""))).isZero();
  }

  @Test
  void sharedPaths_areGivenOnce_whateverIsAbove() {
    SharedPaths paths = new SharedPaths();
    SharedPaths.OfTable ofTree = paths.new OfTable(tree.rows);
    int file = ofTree.add(tree.row("d/e/f"));
    assertThat(text(paths.path(file))).isEqualTo("d/e/f");
    assertThat(ofTree.add(tree.row("d/e/f"))).isEqualTo(file);
    assertThat(text(paths.path(ofTree.add(tree.row("d"))))).isEqualTo("d");
    assertThat(ofTree.add(EntryColumns.ROOT)).isZero();
    int elsewhere = paths.add(bytes("x/y"));
    int moved = ofTree.add(tree.row("d/e/f"), tree.row("d"), elsewhere);
    assertThat(text(paths.path(moved))).isEqualTo("x/y/e/f");
    assertThat(ofTree.add(tree.row("d"), tree.row("d"), elsewhere)).isEqualTo(elsewhere);
    assertThat(ofTree.add(tree.row("d/e/f"), tree.row("d"), elsewhere)).isEqualTo(moved);
    assertThat(paths.add(bytes(""))).isZero();
    assertThat(paths.path(0)).isEmpty();
  }

  @Test
  void sharedPaths_deeperThanUsual() {
    Entries deep = new Entries();
    String path = "";
    for (int i = 0; i < 100; i++) {
      path += (i == 0 ? "" : "/") + i;
      deep.directory(path, 2 + i);
    }
    SharedPaths paths = new SharedPaths();
    assertThat(text(paths.path(paths.new OfTable(deep.rows).add(deep.row(path))))).isEqualTo(path);
  }

  // Indexes.

  private static int find(NameIndex names, int parent, String name) {
    byte[] bytes = bytes("[" + name + "]");
    return names.find(parent, bytes, 1, bytes.length - 1);
  }

  private static int find(NameIndex names, String path) {
    byte[] bytes = bytes("[" + path + "]");
    return names.find(bytes, 1, bytes.length - 1);
  }

  @Test
  void names_areFoundInTheirDirectory() {
    NameIndex names = new NameIndex(tree.rows);
    assertThat(find(names, EntryColumns.ROOT, "d")).isEqualTo(tree.row("d"));
    assertThat(find(names, tree.row("d"), "d")).isEqualTo(EntryColumns.NONE);
    assertThat(find(names, tree.row("d"), "e")).isEqualTo(tree.row("d/e"));
    assertThat(find(names, "d/e/f")).isEqualTo(tree.row("d/e/f"));
    assertThat(find(names, "d/x/f")).isEqualTo(EntryColumns.NONE);
    assertThat(find(names, "")).isEqualTo(EntryColumns.ROOT);
    assertThat(names.find(Path.of("d/e/f"))).isEqualTo(tree.row("d/e/f"));
    assertThat(names.find(Path.of("d/./e"))).isEqualTo(tree.row("d/e"));
    assertThat(names.find(Path.of(""))).isEqualTo(EntryColumns.ROOT);
    assertThat(names.find(Path.of("x/e"))).isEqualTo(EntryColumns.NONE);
    assertThat(names.heapBytes()).isEqualTo(8 * 4);
  }

  @Test
  void names_ofRowsThatAreNowhere_areNotFound() {
    tree.rows.remove(tree.row("d/e"));
    NameIndex names = new NameIndex(tree.rows);
    assertThat(find(names, "d/e")).isEqualTo(EntryColumns.NONE);
    assertThat(find(names, "d")).isEqualTo(tree.row("d"));
  }

  @Test
  void names_comeAndGo_inAnyOrder() {
    EntryColumns rows = new EntryColumns(1, 1);
    int unused = rows.add(EntryColumns.NONE, bytes(""), 0, 0);
    NameIndex names = new NameIndex(rows);
    Random random = new Random(1);
    List<Integer> there = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      if (there.isEmpty() || random.nextInt(5) > 1) {
        byte[] name = bytes("n" + i);
        int row = rows.add(EntryColumns.ROOT, name, 0, name.length);
        names.add(row);
        names.add(row);
        there.add(row);
      } else {
        int at = random.nextInt(there.size());
        int row = there.get(at);
        there.subList(at, at + 1).clear();
        assertThat(find(names, nameOf(rows, row))).isEqualTo(row);
        names.remove(row);
        rows.remove(row);
        assertThat(find(names, nameOf(rows, row))).isEqualTo(EntryColumns.NONE);
      }
    }
    for (int row : there) {
      assertThat(find(names, nameOf(rows, row))).isEqualTo(row);
    }
    // Two slots in three at most, and a power of two.
    assertThat(names.heapBytes()).isEqualTo(1024 * 4);
  }

  static String nameOf(EntryColumns rows, int row) {
    return text(Arrays.copyOfRange(rows.bytes(), rows.nameStart(row), rows.nameEnd(row)));
  }

  @Test
  void names_capacityIsSoThatTwoSlotsInThreeAreTaken() {
    assertThat(NameIndex.capacity(0)).isEqualTo(8);
    assertThat(NameIndex.capacity(5)).isEqualTo(8);
    assertThat(NameIndex.capacity(6)).isEqualTo(16);
    assertThat(NameIndex.capacity(11)).isEqualTo(16);
    assertThat(NameIndex.capacity(1000)).isEqualTo(2048);
    assertThat(NameIndex.capacity(1 << 30)).isEqualTo(1 << 30);
    assertThat(NameIndex.capacity(Integer.MAX_VALUE)).isEqualTo(8);
  }

  @Test
  void inodes_areFoundWithAllTheirNames() {
    Entries names = new Entries().file("a", 2).file("b", 3).file("c", 2).file("d", 2);
    names.file("e", 2).device(8).file("f", 0).uncertain();
    InodeIndex inodes = new InodeIndex(names.rows, new int[] {4, 5});
    assertThat(inodes.first(4, 2)).isEqualTo(names.row("a"));
    assertThat(inodes.next(names.row("a"))).isEqualTo(names.row("c"));
    assertThat(inodes.next(names.row("c"))).isEqualTo(names.row("d"));
    assertThat(inodes.next(names.row("d"))).isEqualTo(EntryColumns.NONE);
    assertThat(inodes.first(4, 3)).isEqualTo(names.row("b"));
    assertThat(inodes.next(names.row("b"))).isEqualTo(EntryColumns.NONE);
    assertThat(inodes.first(5, 2)).isEqualTo(names.row("e"));
    assertThat(inodes.first(5, 3)).isEqualTo(EntryColumns.NONE);
    assertThat(inodes.first(4, 1)).as("the root").isEqualTo(EntryColumns.NONE);
    assertThat(inodes.first(4, 0)).as("not looked at").isEqualTo(EntryColumns.NONE);
  }

  @Test
  void inodes_manyOfThem() {
    Entries many = new Entries();
    for (int i = 0; i < 500; i++) {
      many.file("f" + i, 1000 + 64L * i);
    }
    InodeIndex inodes = new InodeIndex(many.rows, new int[] {0});
    for (int i = 0; i < 500; i++) {
      assertThat(inodes.first(0, 1000 + 64L * i)).isEqualTo(many.row("f" + i));
      assertThat(inodes.next(many.row("f" + i))).isEqualTo(EntryColumns.NONE);
    }
  }

  // Others.

  @Test
  void duplicates_whereThereAreNone_changeNothing() {
    List<String> before = texts(tree.rows);
    Duplicates.remove(tree.rows, 1);
    assertThat(texts(tree.rows)).isEqualTo(before);
    Duplicates.remove(tree.rows, tree.rows.size());
    assertThat(texts(tree.rows)).isEqualTo(before);
  }

  @Test
  void runs_haveWhatWasAdded() {
    Runs runs = new Runs();
    for (int i = 0; i < 200; i++) {
      runs.add(i, i + 1, i + 2, i + 3, -i);
    }
    assertThat(runs.size()).isEqualTo(200);
    for (int i = 0; i < 200; i++) {
      assertThat(runs.number(i)).isEqualTo(i);
      assertThat(runs.start(i)).isEqualTo(i + 1);
      assertThat(runs.end(i)).isEqualTo(i + 2);
      assertThat(runs.firstBelow(i)).isEqualTo(i + 3);
      assertThat(runs.result(i)).isEqualTo(-i);
    }
  }

  @Test
  void scan_hasDirectories() {
    Scan scan = tree.scan();
    assertThat(scan.hasDirectories(List.of())).isTrue();
    assertThat(scan.hasDirectories(List.of("d", "d/e"))).isTrue();
    assertThat(scan.hasDirectories(List.of("d", "g"))).isFalse();
    assertThat(scan.hasDirectories(List.of("x"))).isFalse();
    assertThat(scan.size()).isEqualTo(5);
    assertThat(text(scan.path(Scan.FIRST))).isEqualTo("d");
    assertThat(scan.isDirectory(Scan.FIRST)).isTrue();
    assertThat(scan.isDirectory(tree.row("g"))).isFalse();
    assertThat(scan.rootInode()).isOne();
    assertThat(scan.rootDevice()).isEqualTo(Entries.DEVICE);
    assertThat(scan.isTorn()).isFalse();
    assertThat(new Scan(tree.rows, true).isTorn()).isTrue();
  }
}
