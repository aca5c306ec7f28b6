package org.inotify4j.pending;

import static org.inotify4j.pending.KindBits.AS_CREATE;
import static org.inotify4j.pending.KindBits.AS_DELETE;
import static org.inotify4j.pending.KindBits.AS_EXISTS;
import static org.inotify4j.pending.KindBits.AS_MODIFY;
import static org.inotify4j.pending.KindBits.AS_READY;
import static org.inotify4j.pending.KindBits.AS_SYNTHETIC;
import static org.inotify4j.pending.KindBits.AS_UNWATCHED;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.base.NameBytes;

/**
 * The pending events of one key as bytes, coalesced as they come.
 *
 * <p>An entry is
 *
 * <pre>
 * offset  0  int   mask
 *         4  int   cookie
 *         8  int   count
 *        12  short the length of the first name
 *        14  short the length of the second name: of a rename, else 0
 *        16  byte  as which kinds it is delivered ({@link KindBits})
 *        17  the first name, the second name
 * </pre>
 *
 * <p>Entries lie one after the other in chunks, and none spans two. A position is the index of the
 * chunk with the offset in it.
 *
 * <p>Coalescing is the JDK's: an event of the same kind and name as the last entry raises its
 * count, and so does a modification whose name has a modification pending with no other event of
 * that name since. Events that are delivered as more than one standard kind coalesce only with an
 * equal last entry. At the bound everything is dropped, and what comes until the log is drained is
 * only counted. What says that a directory is not watched is kept even then, once each, and drops
 * nothing for itself: no look at the disk could tell the program so. And so is what there was at
 * first, up to the last of it that is pending: it was held back until there was room, so it must
 * not go for what came later.
 *
 * <p>Not safe for use by several threads: the service's lock guards the logs of its keys.
 */
public final class PendingLog {

  private static final int COOKIE = 4;
  private static final int COUNT = 8;
  private static final int FIRST_LENGTH = 12;
  private static final int SECOND_LENGTH = 14;
  private static final int AS = 16;
  private static final int HEADER = 17;

  private static final int OFFSET_BITS = 16;
  private static final int FIRST_CHUNK = 256;
  private static final int MAX_CHUNK = 1 << OFFSET_BITS;

  /** The most bytes that the names of an entry can have; a short can say that. */
  private static final int LONGEST = MAX_CHUNK - HEADER;

  private static final int NONE = -1;
  private static final int STANDARD = AS_CREATE | AS_DELETE | AS_MODIFY;

  private final int bound;
  private final ByteBudget budget;
  private final List<Chunk> chunks = new ArrayList<>(1);
  private int size;
  private int last = NONE;
  private long reserved;
  private int overflows;

  /** How many entries there are up to the last one of what there was at first, and their bytes. */
  private int listed;

  private int listedChunks;
  private int listedBytes;

  /** How many events were pending when that was asked for last. */
  private int known;

  /** Whether there was one event too many since that was asked for last. */
  private boolean isOverBound;

  /** Whether one of the entries says that something is not watched. */
  private boolean hasUnwatched;

  /** What is not watched, by its path, where there was no room for that. */
  private final Map<ByteBuffer, Unwatched> unwatched = new LinkedHashMap<>(0);

  private final ModifyIndex modifications = new ModifyIndex(this);

  public PendingLog(int bound, ByteBudget budget) {
    this.bound = bound;
    this.budget = budget;
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** Whether an OVERFLOW is pending. */
  public boolean isOverflowed() {
    return overflows > 0;
  }

  /** How many events are pending, each as many kinds as it matches, or the one OVERFLOW. */
  public int size() {
    return (overflows > 0 ? size + 1 : size) + unwatched.size();
  }

  /** Appends an event of the kernel, or adds it to one that is pending. */
  public void append(int as, int mask, int cookie, byte[] name, int length) {
    if (overflows > 0) {
      lost(as, mask, cookie, name, 0, length);
    } else if (continuesLast(as, mask, cookie, name, length)) {
      raise(last, mask);
    } else {
      int pending = as == AS_MODIFY ? modifications.find(name, length) : NONE;
      if (pending != NONE) {
        raise(pending, mask);
      } else if (add(as, mask, cookie, name, length, 0)) {
        if (as == AS_MODIFY) {
          modifications.put(last);
        } else {
          modifications.remove(name, length);
        }
      }
    }
  }

  /**
   * Appends both ends of a move as one event.
   *
   * @param as AS_RENAME, and what goes with it
   */
  public void appendRename(int as, int mask, int cookie, byte[] from, byte[] to, int toLength) {
    if (overflows > 0) {
      count();
    } else {
      byte[] both = Arrays.copyOf(from, from.length + toLength);
      System.arraycopy(to, 0, both, from.length, toLength);
      if (add(as, mask, cookie, both, both.length, toLength)) {
        modifications.remove(from, from.length);
        modifications.remove(to, toLength);
      }
    }
  }

  /** Drops everything that came later than what there was at first, or counts another one. */
  public void overflow() {
    if (hasUnwatched) {
      for (int i = Math.max(0, listedChunks - 1); i < chunks.size(); i++) {
        read(chunks.get(i), i == listedChunks - 1 ? listedBytes : 0, this::keepUnwatched);
      }
      hasUnwatched = false;
    }
    while (chunks.size() > listedChunks) {
      int bytes = chunks.remove(chunks.size() - 1).bytes.length;
      budget.release(bytes);
      reserved -= bytes;
    }
    if (listed > 0) {
      chunks.get(listedChunks - 1).used = listedBytes;
    }
    size = listed;
    last = NONE;
    modifications.clear();
    count();
  }

  /** How many more events are pending than at the last call. */
  public int takeGrowth() {
    int growth = size() - known;
    known += growth;
    return growth;
  }

  /** Whether there was one event too many since the last call. */
  public boolean takeOverflow() {
    boolean was = isOverBound;
    isOverBound = false;
    return was;
  }

  private void keepUnwatched(
      int as, int mask, int cookie, int count, byte[] names, int start, int first, int second) {
    if (isUnwatched(as)) {
      ByteBuffer path = ByteBuffer.wrap(Arrays.copyOfRange(names, start, start + first));
      unwatched.put(path, new Unwatched(mask, cookie));
    }
  }

  private static boolean isUnwatched(int as) {
    return (as & AS_READY) == AS_UNWATCHED;
  }

  /**
   * Makes sure that the next event does not overflow the log.
   *
   * @param length of all its names together
   * @return false if there is no room for it, and nothing was changed
   */
  public boolean makeRoomFor(int length) {
    return overflows == 0 && size < bound && length <= LONGEST && makeRoom(HEADER + length);
  }

  /** An event that there is no room for. */
  private void lost(int as, int mask, int cookie, byte[] names, int start, int length) {
    keepUnwatched(as, mask, cookie, 1, names, start, length, 0);
    count();
  }

  private void count() {
    overflows = oneMore(overflows);
  }

  /** Counts one more, up to what a count can say. */
  static int oneMore(int count) {
    return count == Integer.MAX_VALUE ? count : count + 1;
  }

  /** Gives back what was reserved of the service's budget: when the log is done with. */
  public void release() {
    budget.release(reserved);
    reserved = 0;
  }

  /** What is pending, in order. */
  public void forEach(PendingReader reader) {
    forEachEntry(reader);
    if (overflows > 0) {
      reader.overflow(overflows);
    }
    int as = AS_UNWATCHED | AS_SYNTHETIC;
    unwatched.forEach(
        (path, kept) -> {
          byte[] bytes = new byte[path.remaining()];
          path.get(0, bytes);
          reader.entry(as, kept.mask(), kept.errno(), 1, bytes, 0, bytes.length, 0);
        });
  }

  /** What is pending, in order, which stays; but for an overflow. */
  public void look(EntryReader reader) {
    chunks.forEach(chunk -> read(chunk, 0, reader));
  }

  private void forEachEntry(EntryReader reader) {
    for (int i = 0; i < chunks.size(); i++) {
      // What has been read is garbage already while the rest is read.
      read(chunks.set(i, Chunk.EMPTY), 0, reader);
    }
  }

  private static void read(Chunk read, int start, EntryReader reader) {
    byte[] chunk = read.bytes;
    ByteBuffer numbers = read.numbers;
    for (int at = start; at < read.used; ) {
      int first = length(numbers, at, FIRST_LENGTH);
      int second = length(numbers, at, SECOND_LENGTH);
      int names = at + HEADER;
      reader.entry(
          chunk[at + AS] & 0xFF,
          numbers.getInt(at),
          numbers.getInt(at + COOKIE),
          numbers.getInt(at + COUNT),
          chunk,
          names,
          first,
          second);
      at = names + first + second;
    }
  }

  /** Whether the entry at a position has the given first name. */
  boolean hasName(int position, byte[] name, int length) {
    Chunk chunk = chunk(position);
    int at = offset(position);
    int start = at + HEADER;
    int end = start + length(chunk.numbers, at, FIRST_LENGTH);
    return Arrays.equals(chunk.bytes, start, end, name, 0, length);
  }

  /** The hash of the first name of the entry at a position. */
  int nameHash(int position) {
    Chunk chunk = chunk(position);
    int at = offset(position);
    return NameBytes.hash(chunk.bytes, at + HEADER, length(chunk.numbers, at, FIRST_LENGTH));
  }

  private boolean continuesLast(int as, int mask, int cookie, byte[] name, int length) {
    if (last == NONE) {
      return false;
    }
    Chunk chunk = chunk(last);
    int at = offset(last);
    if (chunk.bytes[at + AS] != (byte) as || !hasName(last, name, length)) {
      return false;
    }
    boolean isOneStandardKind = (as & ~STANDARD) == 0;
    return isOneStandardKind
        || (chunk.numbers.getInt(at) == mask && chunk.numbers.getInt(at + COOKIE) == cookie);
  }

  private void raise(int position, int mask) {
    ByteBuffer numbers = chunk(position).numbers;
    int at = offset(position);
    numbers.putInt(at, numbers.getInt(at) | mask);
    numbers.putInt(at + COUNT, oneMore(numbers.getInt(at + COUNT)));
  }

  /** Adds an entry. Where there is no room for it, that is the overflow, but for what is kept. */
  private boolean add(int as, int mask, int cookie, byte[] names, int length, int secondLength) {
    if (length > LONGEST || size == bound || !makeRoom(HEADER + length)) {
      if (!isUnwatched(as)) {
        overflow();
        isOverBound = true;
      }
      keepUnwatched(as, mask, cookie, 1, names, 0, length, 0);
      return false;
    }
    Chunk current = chunks.get(chunks.size() - 1);
    ByteBuffer numbers = current.numbers;
    int at = current.used;
    numbers.putInt(at, mask);
    numbers.putInt(at + COOKIE, cookie);
    numbers.putInt(at + COUNT, 1);
    numbers.putShort(at + FIRST_LENGTH, (short) (length - secondLength));
    numbers.putShort(at + SECOND_LENGTH, (short) secondLength);
    current.bytes[at + AS] = (byte) as;
    System.arraycopy(names, 0, current.bytes, at + HEADER, length);
    last = ((chunks.size() - 1) << OFFSET_BITS) | at;
    current.used = at + HEADER + length;
    size++;
    hasUnwatched |= isUnwatched(as);
    if ((as & AS_EXISTS) != 0) {
      listed = size;
      listedChunks = chunks.size();
      listedBytes = current.used;
    }
    return true;
  }

  private boolean makeRoom(int bytes) {
    Chunk current = chunks.isEmpty() ? Chunk.EMPTY : chunks.get(chunks.size() - 1);
    int capacity = current.bytes.length;
    if (capacity - current.used >= bytes) {
      return true;
    }
    int next = Math.max(bytes, Math.min(MAX_CHUNK, Math.max(FIRST_CHUNK, 4 * capacity)));
    if (!budget.tryReserve(next)) {
      return false;
    }
    reserved += next;
    chunks.add(new Chunk(next));
    return true;
  }

  private Chunk chunk(int position) {
    return chunks.get(position >>> OFFSET_BITS);
  }

  private static int offset(int position) {
    return position & (MAX_CHUNK - 1);
  }

  private static int length(ByteBuffer numbers, int at, int field) {
    return Short.toUnsignedInt(numbers.getShort(at + field));
  }

  /** A piece of memory, used from its start. */
  private static final class Chunk {
    static final Chunk EMPTY = new Chunk(0);

    final byte[] bytes;

    /** The same bytes, as numbers. */
    final ByteBuffer numbers;

    int used;

    Chunk(int capacity) {
      bytes = new byte[capacity];
      numbers = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }
  }

  /** That something is not watched, and why. */
  private record Unwatched(int mask, int errno) {}
}
