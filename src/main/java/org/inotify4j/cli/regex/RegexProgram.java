package org.inotify4j.cli.regex;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What an extended regular expression is compiled to: the steps of an automaton, as Thompson has
 * it. It is found where a way through them ends behind the last one.
 *
 * <p>A step may go on at two others. A search is at all steps at once that a way leads to, and goes
 * through the text a single time. So it takes no longer than the length of the text by the number
 * of steps, and no more memory than the steps, whatever the text is: names are made by others.
 *
 * <p>A step says how far it is to the other one, so that a row of steps may be moved, and copied.
 * It is a number: what it does in the lower two bits, and its argument above.
 */
public final class RegexProgram {

  /** Where the text begins. */
  static final int BEGIN = 1;

  /** Where the text ends. */
  static final int END = 2;

  /** Where a word begins. */
  static final int WORD_BEGIN = 4;

  /** Where a word ends. */
  static final int WORD_END = 8;

  /** Where a word neither begins nor ends. */
  static final int NO_WORD_EDGE = 16;

  /** Takes a byte of the set with a number. */
  static final int TAKE = 0;

  /** Goes on at places of some kinds only. */
  static final int AT = 1;

  /** Goes on at the next step, and at one so far away. */
  static final int FORK = 2;

  /** Goes on at a step so far away. */
  static final int JUMP = 3;

  private static final int KIND_BITS = 2;
  private static final int WORDS_OF_A_SET = 256 / Long.SIZE;

  private int[] steps = new int[16];
  private int size;

  /** The sets of bytes, each in so many numbers. */
  private long[] sets = new long[8 * WORDS_OF_A_SET];

  private int setCount;

  /** How many steps there are. */
  int size() {
    return size;
  }

  /** What a step does. */
  int kind(int step) {
    return steps[step] & ((1 << KIND_BITS) - 1);
  }

  /** What a step does it with. */
  int argument(int step) {
    return steps[step] >> KIND_BITS;
  }

  /** Whether a byte is in a set. */
  boolean has(int set, int value) {
    return (sets[set * WORDS_OF_A_SET + value / Long.SIZE] >>> value & 1) != 0;
  }

  /** Whether a byte is one of a word. */
  static boolean isOfWord(int value) {
    return (value >= 'a' && value <= 'z')
        || (value >= 'A' && value <= 'Z')
        || (value >= '0' && value <= '9')
        || value == '_';
  }

  /** Goes on with any byte of a set. */
  void take(BitSet members) {
    int start = setCount * WORDS_OF_A_SET;
    if (start == sets.length) {
      sets = Arrays.copyOf(sets, 2 * start);
    }
    long[] words = members.toLongArray();
    System.arraycopy(words, 0, sets, start, words.length);
    add(TAKE, setCount++);
  }

  /** Goes on at places of these kinds only. */
  void at(int places) {
    add(AT, places);
  }

  /**
   * Begins another way beside the steps from one on, which goes on with what is added next.
   *
   * @return for {@link #endAlternative}
   */
  int beginAlternative(int from) {
    int[] first = cut(from);
    add(FORK, first.length + 2);
    addAll(first);
    add(JUMP, 0);
    return size - 1;
  }

  /** Ends it: both ways go on here. */
  void endAlternative(int jump) {
    steps[jump] = step(JUMP, size - jump);
  }

  /**
   * How many steps there are once some are repeated.
   *
   * @see #repeat
   */
  long sizeRepeated(int from, int least, int most) {
    long length = (long) size - from;
    long endless = least == 0 ? length + 2 : 1;
    return from + least * length + (most < 0 ? endless : (most - least) * (length + 1));
  }

  /**
   * Repeats the steps from one on.
   *
   * @param most how often at most; negative for any number
   */
  void repeat(int from, int least, int most) {
    int[] part = cut(from);
    for (int i = 0; i < least; i++) {
      addAll(part);
    }
    if (most < 0 && least > 0) {
      add(FORK, -part.length);
    } else if (most < 0) {
      add(FORK, part.length + 2);
      addAll(part);
      add(JUMP, -part.length - 1);
    }
    for (int left = most - least; left > 0; left--) {
      // Who does not take this one goes behind the last.
      add(FORK, left * (part.length + 1));
      addAll(part);
    }
  }

  private int[] cut(int from) {
    int[] part = Arrays.copyOfRange(steps, from, size);
    size = from;
    return part;
  }

  private void addAll(int[] part) {
    makeRoom(part.length);
    System.arraycopy(part, 0, steps, size, part.length);
    size += part.length;
  }

  private void add(int kind, int argument) {
    makeRoom(1);
    steps[size++] = step(kind, argument);
  }

  private void makeRoom(int more) {
    if (size + more > steps.length) {
      steps = Arrays.copyOf(steps, Math.max(size + more, 2 * steps.length));
    }
  }

  private static int step(int kind, int argument) {
    return argument << KIND_BITS | kind;
  }
}
