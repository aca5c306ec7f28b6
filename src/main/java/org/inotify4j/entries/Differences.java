package org.inotify4j.entries;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody who knows some entries is to be told to know others, in an order in which it can be
 * told: as bytes, since it may be as much as there are entries. Read once, from the front.
 *
 * <p>Of directories nothing is said but that they come, go and move: what is in them says the rest.
 *
 * <p>An entry is its type, whether it is a directory, whether only its attributes are other, and
 * the numbers of its path and of the one before.
 */
public final class Differences {

  private static final List<Type> TYPES = List.of(Type.values());
  private static final int FIRST_CAPACITY = 256;
  private static final int DIRECTORY = 16;
  private static final int ATTRIBUTES_ONLY = 32;
  private static final int LENGTH = 1 + 2 * Integer.BYTES;
  private static final byte[] NONE = {};

  private SharedPaths paths = new SharedPaths();
  private byte[] bytes = new byte[FIRST_CAPACITY];
  private int used;
  private int next;

  // The one at hand.

  private int head;
  private byte[] path = NONE;
  private byte[] from = NONE;

  private Differences() {}

  /** What is different. */
  public enum Type {
    /** It is there. */
    CREATED,
    /** It is not there any more. */
    DELETED,
    /** Another one is there, at least one of the two no directory, or it is the one name. */
    REPLACED,
    /** It is not as it was, and no directory. */
    MODIFIED,
    /** It is elsewhere, with all below it. */
    MOVED
  }

  /** What is to be told to who knows the older ones. */
  static Differences between(EntryColumns older, EntryColumns newer) {
    return between(older, newer, false);
  }

  /**
   * The same.
   *
   * @param isOfName whether it is all about one name, and so which directory is there as well
   */
  static Differences between(EntryColumns older, EntryColumns newer, boolean isOfName) {
    Differences differences = new Differences();
    ChangeList.tell(older, newer, differences.new Writer(older, newer, isOfName));
    return differences;
  }

  /**
   * The same where nothing that happened was missed: an entry that may be other than it was seen is
   * what was found in its place, since it was told whatever became of it, or will be.
   */
  public static Differences ofAllTold(KnownEntries known, Scan scan) {
    EntryColumns older = known.columns();
    EntryColumns newer = scan.rows();
    OlderNames names = new OlderNames(older);
    int[] oldOf = new int[newer.size()];
    for (int row = EntryColumns.ROOT + 1; row < oldOf.length; row++) {
      int parent = oldOf[newer.parent(row)];
      int old = parent == EntryColumns.NONE ? parent : names.find(parent, newer, row);
      oldOf[row] = old;
      if (old != EntryColumns.NONE && isOnlyUncertain(older, old, newer, row)) {
        older.setCopy(old, newer, row);
        older.setCertain(old);
      }
    }
    return between(older, newer);
  }

  /** That other files are at some paths. */
  static Differences ofReplaced(List<byte[]> paths) {
    Differences differences = new Differences();
    SharedPaths shared = differences.paths;
    int head = TYPES.indexOf(Type.REPLACED);
    paths.forEach(its -> differences.add(head, shared.add(its), EntryColumns.ROOT));
    return differences;
  }

  private static boolean isOnlyUncertain(EntryColumns older, int old, EntryColumns newer, int row) {
    return older.isUncertain(old)
        && !older.isFormer(old)
        && !newer.isUnknown(row)
        && older.isDirectory(old) == newer.isDirectory(row);
  }

  /** Goes on to the next one; false if there is none. */
  public boolean next() {
    if (next == used) {
      bytes = NONE;
      paths = new SharedPaths();
      used = 0;
      next = 0;
      return false;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, next, LENGTH);
    head = buffer.get();
    path = paths.path(buffer.getInt());
    from = paths.path(buffer.getInt());
    next = buffer.position();
    return true;
  }

  public Type type() {
    return TYPES.get(head & (DIRECTORY - 1));
  }

  /** Its path, as bytes. */
  public byte[] path() {
    return path;
  }

  /** Where it was, of what MOVED. */
  public byte[] from() {
    return from;
  }

  public boolean isDirectory() {
    return (head & DIRECTORY) != 0;
  }

  /** Whether its size and the time of its modification are what they were. */
  public boolean isAttributesOnly() {
    return (head & ATTRIBUTES_ONLY) != 0;
  }

  private void add(int first, int itsPath, int itsFormer) {
    if (bytes.length - used < LENGTH) {
      long wanted = (used + (long) LENGTH) * 3 / 2;
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, wanted));
    }
    ByteBuffer.wrap(bytes, used, LENGTH).put((byte) first).putInt(itsPath).putInt(itsFormer);
    used += LENGTH;
  }

  /** Writes what it is told of. */
  private final class Writer implements ChangeList.Changes {
    private final EntryColumns older;
    private final EntryColumns newer;
    private final SharedPaths.OfTable olderPaths;
    private final SharedPaths.OfTable newerPaths;
    private final boolean isOfName;

    Writer(EntryColumns older, EntryColumns newer, boolean isOfName) {
      this.older = older;
      this.newer = newer;
      this.isOfName = isOfName;
      this.olderPaths = paths.new OfTable(older);
      this.newerPaths = paths.new OfTable(newer);
    }

    @Override
    public void created(int row) {
      add(head(Type.CREATED, newer.isDirectory(row)), newerPaths.add(row), EntryColumns.ROOT);
    }

    @Override
    public void deleted(FormerPath its, int old) {
      add(head(Type.DELETED, older.isDirectory(old)), number(its, old), EntryColumns.ROOT);
    }

    @Override
    public void replaced(int old, int row) {
      if (isOfName || !older.isDirectory(old) || !newer.isDirectory(row)) {
        add(head(Type.REPLACED, newer.isDirectory(row)), newerPaths.add(row), EntryColumns.ROOT);
      }
    }

    @Override
    public void modified(int old, int row) {
      if (!newer.isDirectory(row)) {
        boolean isAttributesOnly =
            !older.isUncertain(old)
                && older.size(old) == newer.size(row)
                && older.modified(old) == newer.modified(row);
        int mark = isAttributesOnly ? ATTRIBUTES_ONLY : 0;
        add(head(Type.MODIFIED, false) | mark, newerPaths.add(row), EntryColumns.ROOT);
      }
    }

    @Override
    public void moved(FormerPath former, int old, int row) {
      add(head(Type.MOVED, newer.isDirectory(row)), newerPaths.add(row), number(former, old));
    }

    private int number(FormerPath path, int old) {
      int top = path.movedAbove();
      return olderPaths.add(old, top, newerPaths.add(path.newerOf(top)));
    }

    private int head(Type type, boolean isDirectory) {
      return TYPES.indexOf(type) | (isDirectory ? DIRECTORY : 0);
    }
  }
}
