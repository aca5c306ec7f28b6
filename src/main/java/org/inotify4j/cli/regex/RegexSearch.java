package org.inotify4j.cli.regex;

/** Goes through a text once, at all steps of a program at once that a way leads to. */
final class RegexSearch {

  private final RegexProgram program;
  private final byte[] text;

  /** The steps to go on from at this place. */
  private final int[] pending;

  private int pendingCount;

  /** The steps to go on from at the next place. */
  private final int[] next;

  private int nextCount;

  /** At which place, from 1, each step was come to last: it is gone on from once there. */
  private final int[] cameAt;

  private RegexSearch(RegexProgram program, byte[] text) {
    this.program = program;
    this.text = text;
    pending = new int[program.size() + 1];
    next = new int[program.size()];
    cameAt = new int[program.size() + 1];
  }

  /** Whether what a program stands for is anywhere in a text. */
  static boolean finds(RegexProgram program, byte[] text) {
    return new RegexSearch(program, text).comesToTheEnd();
  }

  private boolean comesToTheEnd() {
    for (int at = 0; at <= text.length; at++) {
      // It may begin at each place.
      come(0, at);
      for (int i = 0; i < nextCount; i++) {
        come(next[i], at);
      }
      nextCount = 0;
      if (goOn(at)) {
        return true;
      }
    }
    return false;
  }

  private boolean goOn(int at) {
    int place = place(at);
    int value = at < text.length ? text[at] & 0xFF : -1;
    while (pendingCount > 0) {
      int step = pending[--pendingCount];
      if (step == program.size()) {
        return true;
      }
      int argument = program.argument(step);
      switch (program.kind(step)) {
        case RegexProgram.TAKE -> {
          if (value >= 0 && program.has(argument, value)) {
            next[nextCount++] = step + 1;
          }
        }
        case RegexProgram.AT -> {
          if ((place & argument) != 0) {
            come(step + 1, at);
          }
        }
        case RegexProgram.FORK -> {
          come(step + 1, at);
          come(step + argument, at);
        }
        default -> come(step + argument, at);
      }
    }
    return false;
  }

  private void come(int step, int at) {
    if (cameAt[step] != at + 1) {
      cameAt[step] = at + 1;
      pending[pendingCount++] = step;
    }
  }

  private int place(int at) {
    boolean isAfterWord = at > 0 && RegexProgram.isOfWord(text[at - 1]);
    boolean isBeforeWord = at < text.length && RegexProgram.isOfWord(text[at]);
    int edge = isAfterWord ? RegexProgram.WORD_END : RegexProgram.WORD_BEGIN;
    return (isAfterWord == isBeforeWord ? RegexProgram.NO_WORD_EDGE : edge)
        | (at == 0 ? RegexProgram.BEGIN : 0)
        | (at == text.length ? RegexProgram.END : 0);
  }
}
