package org.inotify4j.cli.regex;

import java.util.BitSet;

/**
 * Reads a POSIX extended regular expression, on texts of bytes.
 *
 * <p>What it means is what regcomp(3) of the GNU C library makes of it in the C locale, which is
 * where inotifywait compiles its patterns: classes are those of ASCII, {@code .} and {@code [^a]}
 * match a newline too, {@code ^} and {@code $} are the ends of the whole text wherever they stand,
 * and a brace that begins no interval is refused, as is whatever has nothing before it to repeat.
 * Where case does not count, a range is one of the bytes as they are written, and taken in both
 * cases. Back references, which POSIX does not have here, are refused as well: so each expression
 * can be looked for in a time that grows as the text does.
 */
public final class ExtendedRegex {

  /** How often an interval may repeat: RE_DUP_MAX. */
  private static final int MOST = 0x7FFF;

  /** How many steps there may be once the intervals are written out. */
  private static final int MOST_STEPS = 100_000;

  /** How many parentheses may be open. */
  private static final int MOST_OPEN = 500;

  private final String source;
  private final boolean ignoresCase;
  private final RegexProgram program = new RegexProgram();
  private int at;

  private ExtendedRegex(String source, boolean ignoresCase) {
    this.source = source;
    this.ignoresCase = ignoresCase;
  }

  /**
   * Compiles an expression.
   *
   * @param latin1 its bytes, one a char
   * @throws IllegalArgumentException if it is none, or too large; the message says why
   */
  public static RegexProgram compile(String latin1, boolean ignoresCase) {
    ExtendedRegex regex = new ExtendedRegex(latin1, ignoresCase);
    regex.alternatives(0);
    return regex.program;
  }

  /** Branches up to the end, or within parentheses to the one that closes. */
  private void alternatives(int depth) {
    int start = program.size();
    branch(depth);
    while (isNext('|')) {
      at++;
      int jump = program.beginAlternative(start);
      branch(depth);
      program.endAlternative(jump);
    }
  }

  private void branch(int depth) {
    while (at < source.length() && !isNext('|') && !(depth > 0 && isNext(')'))) {
      expression(depth);
    }
  }

  private void expression(int depth) {
    char c = source.charAt(at++);
    switch (c) {
      case '^' -> program.at(RegexProgram.BEGIN);
      case '$' -> program.at(RegexProgram.END);
      case '*', '+', '?', '{' -> throw refused("there is nothing before '" + c + "' to repeat");
      case '.' -> take(not(new BitSet()));
      case '(' -> group(depth);
      case '[' -> take(bracket());
      case '\\' -> escape();
      default -> take(literal(c));
    }
  }

  private void group(int depth) {
    if (depth == MOST_OPEN) {
      throw refused("more than " + MOST_OPEN + " parentheses are open at once");
    }
    int start = program.size();
    alternatives(depth + 1);
    if (!isNext(')')) {
      throw refused("a parenthesis is not closed");
    }
    at++;
    repeat(start);
  }

  private BitSet bracket() {
    BracketExpression bracket = new BracketExpression(source, at);
    BitSet members = bracket.parse(ignoresCase);
    at = bracket.end();
    return members;
  }

  private void escape() {
    if (at == source.length()) {
      throw refused("it ends with a lone backslash");
    }
    char c = source.charAt(at++);
    if (c >= '1' && c <= '9') {
      throw refused("there are no back references, such as \\" + c);
    }
    // What the GNU C library has beyond POSIX; an end of a word cannot be repeated.
    switch (c) {
      case 'w' -> take(word());
      case 'W' -> take(not(word()));
      case 's' -> take(space());
      case 'S' -> take(not(space()));
      case '<' -> program.at(RegexProgram.WORD_BEGIN);
      case '>' -> program.at(RegexProgram.WORD_END);
      case 'b' -> program.at(RegexProgram.WORD_BEGIN | RegexProgram.WORD_END);
      case 'B' -> program.at(RegexProgram.NO_WORD_EDGE);
      case '`' -> program.at(RegexProgram.BEGIN);
      case '\'' -> program.at(RegexProgram.END);
      default -> take(literal(c));
    }
  }

  /** A byte of a set, with the repetitions that follow it. */
  private void take(BitSet members) {
    int start = program.size();
    program.take(members);
    repeat(start);
  }

  /** Repeats what begins at a step as the repetitions say that follow it, however many. */
  private void repeat(int start) {
    while (isNext('*') || isNext('+') || isNext('?') || isNext('{')) {
      switch (source.charAt(at++)) {
        case '*' -> program.repeat(start, 0, -1);
        case '+' -> program.repeat(start, 1, -1);
        case '?' -> program.repeat(start, 0, 1);
        default -> interval(start);
      }
    }
  }

  private void interval(int start) {
    int least = number();
    int most = least;
    if (isNext(',')) {
      at++;
      least = Math.max(least, 0);
      most = number();
    }
    if (least < 0 || !isNext('}')) {
      throw refused("'{' begins no interval, such as {2,3}: \\{ is the character");
    }
    at++;
    if (least > MOST || most > MOST || (most >= 0 && most < least)) {
      throw refused("the interval does not go from a number to one as large, up to " + MOST);
    }
    if (program.sizeRepeated(start, least, most) > MOST_STEPS) {
      throw new IllegalArgumentException(
          "'"
              + source
              + "' is too large: with its intervals written out it has more than "
              + MOST_STEPS
              + " steps");
    }
    program.repeat(start, least, most);
  }

  /** The number that is next, or -1 where there is none. */
  private int number() {
    int value = -1;
    while (at < source.length() && Character.digit(source.charAt(at), 10) >= 0) {
      int digit = source.charAt(at++) - '0';
      value = Math.min(Math.max(value, 0) * 10 + digit, MOST + 1);
    }
    return value;
  }

  private boolean isNext(char c) {
    return at < source.length() && source.charAt(at) == c;
  }

  /** A character that stands for itself. */
  private BitSet literal(int c) {
    BitSet members = new BitSet(256);
    members.set(c);
    if (ignoresCase) {
      BracketExpression.addOtherCases(members);
    }
    return members;
  }

  private static BitSet word() {
    BitSet members = new BitSet(256);
    for (int c = 0; c < 256; c++) {
      members.set(c, RegexProgram.isOfWord(c));
    }
    return members;
  }

  private static BitSet space() {
    BitSet members = new BitSet(256);
    members.set(' ');
    members.set('\t', '\r' + 1);
    return members;
  }

  private static BitSet not(BitSet members) {
    members.flip(0, 256);
    return members;
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "'" + source + "' is no extended regular expression: " + why);
  }
}
