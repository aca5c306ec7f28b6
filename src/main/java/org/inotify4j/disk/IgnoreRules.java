package org.inotify4j.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The lines of a file that says what git leaves out: see gitignore(5). */
final class IgnoreRules {

  static final IgnoreRules NONE = new IgnoreRules(List.of());

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final GlobRule[] rules;

  private IgnoreRules(List<GlobRule> rules) {
    this.rules = rules.toArray(GlobRule[]::new);
  }

  /** What a file says. As git does, it passes over lines that can match nothing. */
  static IgnoreRules of(byte[] text) {
    List<GlobRule> rules = new ArrayList<>();
    int start = 0;
    if (Arrays.mismatch(text, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length) {
      start = BYTE_ORDER_MARK.length;
    }
    for (int at = start; at <= text.length; at++) {
      if (at == text.length || text[at] == '\n') {
        int end = at > start && text[at - 1] == '\r' ? at - 1 : at;
        addLine(Arrays.copyOfRange(text, start, end), rules);
        start = at + 1;
      }
    }
    return rules.isEmpty() ? NONE : new IgnoreRules(rules);
  }

  private static void addLine(byte[] line, List<GlobRule> rules) {
    if (line.length > 0 && line[0] != '#') {
      try {
        rules.add(new GlobRule(line));
      } catch (IllegalArgumentException e) {
        // A program would be told; whoever wrote a file is not there.
      }
    }
  }

  /** Whether another file says the same, line by line. */
  boolean saysAs(IgnoreRules other) {
    return Arrays.equals(rules, other.rules);
  }

  /** What is said of an entry. */
  enum Verdict {
    /** It is left out. */
    OUT,
    /** It is not left out, whatever is said elsewhere of less weight. */
    IN,
    /** Nothing. */
    NONE
  }

  /**
   * What is said of an entry: the last line that is about it decides.
   *
   * @param start where its path begins that is relative to the directory of the file
   */
  Verdict verdict(byte[] path, int start, boolean isDirectory) {
    if (rules.length == 0) {
      return Verdict.NONE;
    }
    byte[] relative = start == 0 ? path : Arrays.copyOfRange(path, start, path.length);
    for (int i = rules.length - 1; i >= 0; i--) {
      if (rules[i].matches(relative, isDirectory)) {
        return rules[i].isNegated() ? Verdict.IN : Verdict.OUT;
      }
    }
    return Verdict.NONE;
  }
}
