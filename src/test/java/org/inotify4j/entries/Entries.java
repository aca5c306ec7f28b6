package org.inotify4j.entries;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.inotify4j.disk.EntryFilter;

/** Makes a table of entries by hand: each comes with a path and an inode, and then what it is. */
final class Entries {

  static final int DIRECTORY = 0x4000;
  static final int FILE = 0x8000;
  static final long DEVICE = 7;

  final EntryColumns rows = new EntryColumns(0, 0);

  private final Map<String, Integer> byPath = new HashMap<>();

  /** The one that was added last. */
  private int last;

  /** A root with the inode 1. */
  Entries() {
    add("", 1, DIRECTORY);
  }

  /** Those that most tests begin with: a directory with a file in it, and another file. */
  static Entries few() {
    return new Entries().directory("d", 2).file("d/f", 3).file("g", 4);
  }

  static byte[] bytes(String path) {
    return path.getBytes(ISO_8859_1);
  }

  static String text(byte[] path) {
    return new String(path, ISO_8859_1);
  }

  Entries directory(String path, long inode) {
    return add(path, inode, DIRECTORY);
  }

  Entries file(String path, long inode) {
    return add(path, inode, FILE);
  }

  private Entries add(String path, long inode, int mode) {
    int slash = path.lastIndexOf('/');
    int parent = path.isEmpty() ? EntryColumns.NONE : row(path.substring(0, Math.max(0, slash)));
    byte[] name = bytes(path.substring(slash + 1));
    last = rows.add(parent, name, 0, name.length);
    byPath.put(path, last);
    rows.setRaw(last, inode, 0, 0, 0);
    rows.setRaw(last, mode, rows.devices().index(DEVICE), 0);
    return this;
  }

  /** What was said last is said of another one from here on. */
  Entries at(String path) {
    last = row(path);
    return this;
  }

  Entries size(long size) {
    rows.setRaw(last, rows.inode(last), size, rows.modified(last), rows.changed(last));
    return this;
  }

  Entries times(long modified, long changed) {
    rows.setRaw(last, rows.inode(last), rows.size(last), modified, changed);
    return this;
  }

  Entries mode(int mode) {
    rows.setRaw(last, mode, rows.deviceIndex(last), rows.rawMarks(last));
    return this;
  }

  Entries device(long device) {
    rows.setRaw(last, rows.mode(last), rows.devices().index(device), rows.rawMarks(last));
    return this;
  }

  /** Some bits of its time of birth. */
  Entries born(int birth) {
    return marks((rows.rawMarks(last) & 3) | (birth << 2));
  }

  Entries uncertain() {
    return marks(rows.rawMarks(last) | EntryColumns.UNCERTAIN);
  }

  Entries unreadable() {
    return marks(rows.rawMarks(last) | EntryColumns.UNREADABLE);
  }

  private Entries marks(int marks) {
    rows.setRaw(last, rows.mode(last), rows.deviceIndex(last), marks);
    return this;
  }

  int row(String path) {
    return Objects.requireNonNull(byPath.get(path), path);
  }

  boolean has(String path) {
    return byPath.containsKey(path);
  }

  /** As somebody finds it who looks. Nothing is added any more. */
  Scan scan() {
    return new Scan(rows, false);
  }

  /** One of the entries, as of {@link KnownLooks#see}. */
  EntryColumns seen(String path) {
    EntryColumns seen = new EntryColumns(1, 1);
    int unused = seen.addCopy(EntryColumns.NONE, rows, row(path));
    return seen;
  }

  /** A filter that leaves out one path. */
  static EntryFilter without(String excluded) {
    return new EntryFilter() {
      @Override
      public boolean excludes(byte[] path, boolean isDirectory) {
        return text(path).equals(excluded);
      }

      @Override
      public boolean isPositional() {
        return true;
      }
    };
  }

  /** The entries as texts: a directory with a slash, then the inode, and marks. */
  static List<String> texts(EntryColumns rows) {
    List<String> texts = new ArrayList<>();
    for (int row = EntryColumns.ROOT + 1; row < rows.size(); row++) {
      texts.add(
          text(RowPath.of(rows, row))
              + (rows.isDirectory(row) ? "/ " : " ")
              + rows.inode(row)
              + (rows.isUncertain(row) ? " uncertain" : "")
              + (rows.isUnreadable(row) ? " unreadable" : ""));
    }
    return texts;
  }

  /** What is told, in order: from where, a directory with a slash, and how much is other. */
  static List<String> told(Differences differences) {
    List<String> told = new ArrayList<>();
    while (differences.next()) {
      String from = text(differences.from());
      told.add(
          differences.type()
              + " "
              + (from.isEmpty() ? "" : from + " > ")
              + text(differences.path())
              + (differences.isDirectory() ? "/" : "")
              + (differences.isAttributesOnly() ? " attributes" : ""));
    }
    return told;
  }

  /** Who knows them all. */
  KnownEntries known() {
    return KnownEntries.of(rows, EntryFilter.NOTHING, false);
  }

  /** What is yet to be told to who knows something, where there are these. */
  static List<String> toTell(KnownEntries known, Entries found) {
    return told(known.differencesTo(found.scan()));
  }

  /** Looks at all that is uncertain, and knows what was seen: how much is certain by that. */
  static int look(KnownEntries known, Entries disk) {
    assertThat(known.look(Integer.MAX_VALUE, disk.look())).isFalse();
    return known.confirm();
  }

  /** Looks at a place here. */
  UncertainRows.Look look() {
    return (path, seen) -> {
      String text = text(path);
      return has(text) ? seen.addCopy(EntryColumns.NONE, rows, row(text)) : EntryColumns.NONE;
    };
  }
}
