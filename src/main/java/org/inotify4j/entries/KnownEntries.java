package org.inotify4j.entries;

import java.util.List;
import org.inotify4j.disk.EntryFilter;

/**
 * What somebody was told of a tree: it changes with each event that is told, and in no other way.
 *
 * <p>A row stays where it is when its entry moves, so what is below moves with it. The rows below
 * one that is taken away are nowhere, as their directory is: they are swept out when there is no
 * room for more. It takes 60 bytes for each entry beside its name.
 *
 * <p><b>Looks.</b> An entry that an event was told of is not as it was seen, so it is
 * <em>uncertain</em>: in a comparison it counts as modified. It is looked at again in time ({@link
 * KnownLooks}). What the look has seen may be more than was told; so it counts from when that is
 * {@link #confirm confirmed}, and only if the entry was not told of since. An entry that was seen
 * so soon after a change that its times might not show another one is uncertain as well; where it
 * then is other and no event has told of it, the kernel is silent there, and the difference
 * remains. Of a file that has only moved another one that is seen there is yet to be told ({@link
 * MovedRows}).
 *
 * <p>One thread at a time uses it.
 */
public final class KnownEntries {

  /** So many bytes of names are not worth a sweep. */
  private static final int FEW_BYTES = 4096;

  private static final int NONE = EntryColumns.NONE;
  private static final int ROOT = EntryColumns.ROOT;

  private EntryColumns rows;
  private NameIndex names;
  private UncertainRows uncertain = new UncertainRows();
  private final FreshRows fresh = new FreshRows();

  /** How many bytes the names take that entries had before, since the last sweep. */
  private int formerNames;

  /** How many rows were taken away since the last sweep. */
  private int removed;

  /** Nothing is known but that there is a root. */
  public KnownEntries() {
    this(rootOnly());
  }

  private KnownEntries(EntryColumns rows) {
    adopt(rows);
  }

  private static EntryColumns rootOnly() {
    EntryColumns rows = new EntryColumns(1, 1);
    rows.setUnlooked(rows.add(NONE, new byte[0], 0, 0), true);
    return rows;
  }

  /** What was found is known. The scan is nobody else's any more. */
  public static KnownEntries of(Scan scan) {
    KnownEntries known = new KnownEntries();
    known.fresh.addAll();
    known.replace(scan);
    return known;
  }

  /**
   * What others know, as far as it is not left out.
   *
   * @param isFlat whether only what is in the root counts
   */
  public static KnownEntries of(EntryColumns others, EntryFilter filter, boolean isFlat) {
    return new KnownEntries(Orders.selected(others, filter, isFlat));
  }

  /**
   * What is known here, as far as it is not left out, for somebody else to go on with: also of what
   * was told lately.
   *
   * @param isFlat whether only what is in the root counts
   */
  public KnownEntries selected(EntryFilter filter, boolean isFlat) {
    KnownEntries selected = of(columns(), filter, isFlat);
    selected.uncertain.takeOver(uncertain, rows, selected.names);
    selected.fresh.addAll(fresh.paths(rows), selected.names);
    return selected;
  }

  /** All of it, for somebody else to change. */
  public KnownEntries copy() {
    KnownEntries copy = new KnownEntries(columns());
    copy.uncertain.takeOver(uncertain, rows, copy.names);
    return copy;
  }

  /** All that is known, in a table of its own: a directory before what is in it. */
  public EntryColumns columns() {
    return Orders.parentsFirst(rows);
  }

  private void adopt(EntryColumns newer) {
    rows = newer;
    rows.growSlowly();
    names = new NameIndex(rows);
    removed = 0;
    formerNames = 0;
    fresh.clear();
    uncertain.begin(rows);
  }

  // What is known.

  /** Whether there is an entry at a path; the root has none. */
  public boolean has(byte[] path) {
    return row(path) != NONE;
  }

  /** Whether there is a directory at a path. */
  public boolean isDirectory(byte[] path) {
    int row = row(path);
    return row != NONE && rows.isDirectory(row);
  }

  /** Whether the directory of a path is known, so that there may be an entry. */
  public boolean mayHave(byte[] path) {
    return parent(path, RowPath.nameStart(path)) != NONE;
  }

  /** Whether an entry was that inode when it was looked at, if it was. */
  boolean mayBe(byte[] path, long device, long inode) {
    int row = row(path);
    return row != NONE
        && (rows.isUnknown(row) || (rows.inode(row) == inode && rows.device(row) == device));
  }

  /** Whether an entry was looked at and found to be what is seen now. */
  boolean isSame(byte[] path, EntryColumns seen, long born) {
    int row = row(path);
    return row != NONE
        && !rows.isUnknown(row)
        && rows.isDirectory(row) == seen.isDirectory(ROOT)
        && UncertainRows.isSame(rows, row, seen, born);
  }

  private int row(byte[] path) {
    return names.find(path, 0, path.length);
  }

  /** Has a visitor get all that is below a directory. */
  public void forEachBelow(byte[] path, EntryVisitor visitor) {
    int top = row(path);
    if (top != NONE) {
      Orders.forEachBelow(
          rows, top, row -> visitor.entry(RowPath.of(rows, row), rows.isDirectory(row)));
    }
  }

  /** How many bytes of heap it takes, but for looks that are under way. */
  long heapBytes() {
    return rows.heapBytes() + names.heapBytes() + uncertain.heapBytes();
  }

  /** How many of these are names. */
  int nameBytes() {
    return rows.usedBytes();
  }

  // What is told.

  /** An entry came; false if it is known already, or its directory is not. */
  public boolean add(byte[] path, boolean isDirectory) {
    int row = add(path);
    if (row != NONE) {
      rows.setUnlooked(row, isDirectory);
    }
    return row != NONE;
  }

  /**
   * An entry is not gone after all: whatever is there is told as another one, and where nothing is,
   * its end.
   */
  public void restore(byte[] path, boolean isDirectory) {
    int row = add(path);
    if (row != NONE) {
      rows.setFormer(row, isDirectory);
    }
  }

  /** Adds a row of which nothing is said yet; none where there is one, or no directory for it. */
  private int add(byte[] path) {
    int start = RowPath.nameStart(path);
    int parent = parent(path, start);
    if (parent == NONE || names.find(parent, path, start, path.length) != NONE) {
      return NONE;
    }
    if (rows.isFull() && removed > 0) {
      sweep();
      parent = parent(path, start);
    }
    int row = rows.add(parent, path, start, path.length);
    rows.setReadable(parent); // Else nobody could tell of it.
    names.add(row);
    isToldOf(row);
    return row;
  }

  /** An entry went, with all below; false if it is not known. */
  public boolean remove(byte[] path) {
    int row = row(path);
    if (row == NONE || row == ROOT) {
      return false;
    }
    take(row);
    return true;
  }

  private void take(int row) {
    names.remove(row);
    rows.remove(row);
    uncertain.remove(row);
    fresh.remove(row);
    removed++;
  }

  /**
   * An entry is elsewhere, with all below, in the place of what is there; false if it is not known,
   * or the directory where it is now is not.
   */
  public boolean move(byte[] from, byte[] to) {
    if (!mayMove(from, to)) {
      return false;
    }
    int row = row(from);
    int start = RowPath.nameStart(to);
    int parent = parent(to, start);
    int there = names.find(parent, to, start, to.length);
    if (there == row) {
      return true;
    }
    if (there != NONE) {
      take(there);
    }
    names.remove(row);
    formerNames += rows.nameEnd(row) - rows.nameStart(row) + 1;
    rows.place(row, parent, to, start, to.length);
    names.add(row);
    fresh.add(row);
    uncertain.moved(rows, row);
    if (rows.isDirectory(row)) {
      // What is below was looked for at its old place, where another directory may be by now.
      forgetLooks();
    }
    if (formerNames > rows.usedBytes() / 2 && formerNames > FEW_BYTES) {
      sweep();
    }
    return true;
  }

  /** Whether an entry that is known can be elsewhere. */
  public boolean mayMove(byte[] from, byte[] to) {
    int row = row(from);
    int parent = parent(to, RowPath.nameStart(to));
    return row != NONE && row != ROOT && parent != NONE && !rows.isAtOrBelow(parent, row);
  }

  /** An entry may be other than it was seen. */
  public void touch(byte[] path) {
    int row = row(path);
    if (row != NONE && row != ROOT) {
      rows.setUncertain(row);
      isToldOf(row);
    }
  }

  /** The same of one that has moved just now, of which nothing else was told. */
  public void touchMoved(byte[] path) {
    int row = row(path);
    if (row != NONE && row != ROOT) {
      rows.setUncertain(row);
      uncertain.toldOfMove(row);
    }
  }

  /**
   * An entry that was told just now was seen like this before: what a look sees later may be more
   * than was told, where the kernel is silent.
   *
   * @param seen a table of one row
   */
  public void wasSeen(byte[] path, EntryColumns seen) {
    int row = row(path);
    if (row != NONE && row != ROOT && rows.isDirectory(row) == seen.isDirectory(ROOT)) {
      rows.setCopy(row, seen, ROOT);
      rows.setUncertain(row);
      uncertain.seenBefore(row);
    }
  }

  private void isToldOf(int row) {
    uncertain.toldOf(row);
    fresh.add(row);
  }

  /** The row of the directory that a name is in. */
  private int parent(byte[] path, int nameStart) {
    int parent = nameStart == 0 ? ROOT : names.find(path, 0, nameStart - 1);
    return parent != NONE && rows.isDirectory(parent) ? parent : NONE;
  }

  /** Takes the rows away that are nowhere. */
  private void sweep() {
    List<byte[]> toldOf = fresh.paths(rows);
    KnownEntries swept = copy();
    adopt(swept.rows);
    uncertain = swept.uncertain;
    fresh.addAll(toldOf, names);
  }

  /** Whether there is an entry that is to be looked at. */
  public boolean hasUncertain() {
    return !uncertain.isEmpty();
  }

  /** Has some entries looked at; whether there are some behind those. */
  boolean look(int most, UncertainRows.Look disk) {
    return uncertain.look(rows, most, disk);
  }

  /**
   * What was seen is what was told: it is known from here on. How many entries are certain now that
   * were not.
   */
  public int confirm() {
    return uncertain.confirm(rows);
  }

  /** Whether another file was seen where one has moved to, of which nothing was told. */
  public boolean hasReplaced() {
    return uncertain.areReplaced();
  }

  /** What is yet to be told of those files. */
  public Differences takeReplaced() {
    return Differences.ofReplaced(uncertain.takeReplaced(rows));
  }

  /** What was seen may be more than was told: it is worth nothing. */
  public void forgetLooks() {
    uncertain.forgetLooks();
  }

  /** All that is there was told, or who is told looks for itself. */
  public void allIsFresh() {
    fresh.addAll();
  }

  /** Whether something was told of so lately that it may be looked at only now. */
  public boolean hasFresh() {
    return !fresh.isEmpty();
  }

  /** Who was told of something has looked at it by now. */
  public void isLookedAt() {
    fresh.clear();
  }

  /** What is yet to be told to know what was found. */
  public Differences differencesTo(Scan scan) {
    fresh.doubt(rows, scan.rows());
    return Differences.between(columns(), scan.rows(), scan.isOfName());
  }

  /**
   * The same of a part only.
   *
   * @param filter leaves out what is not in it, but for the directories on the way to it
   */
  public Differences differencesTo(Scan part, EntryFilter filter) {
    fresh.doubt(rows, part.rows());
    return Differences.between(Orders.selected(columns(), filter, false), part.rows());
  }

  /**
   * What was found has been told. What is in a directory that cannot be read any more was not
   * found, and is known as it was. The scan is nobody else's any more.
   */
  public void replace(Scan scan) {
    EntryColumns newer = scan.rows();
    Orders.keepHidden(rows, names, newer);
    List<byte[]> toldOf = fresh.paths(rows);
    adopt(newer);
    fresh.addAll(toldOf, names);
  }

  /** What was found in a part of all has been told. */
  public void replacePart(Scan part) {
    FoundPart.put(part.rows(), rows, names, uncertain);
  }
}
