package org.inotify4j.cli;

import java.util.regex.Pattern;

/**
 * Makes a POSIX extended regular expression one of Java's, on strings with one char a byte.
 *
 * <p>What it means is what regcomp(3) of the GNU C library makes of it in the C locale, which is
 * where inotifywait compiles its patterns: classes are those of ASCII, {@code .} and {@code [^a]}
 * match a newline too, {@code ^} and {@code $} are the ends of the whole text wherever they stand,
 * and a brace that begins no interval is refused, as is whatever has nothing before it to repeat.
 * Back references, which POSIX does not have here, are refused as well.
 *
 * <p>Each atom becomes a group of its own and each character that is no letter or digit its number,
 * so that nothing of the text can mean to Java what it does not mean to POSIX.
 */
final class ExtendedRegex {

  /** How often an interval may repeat: RE_DUP_MAX. */
  private static final int MOST = 0x7FFF;

  private static final String WORD = "[A-Za-z0-9_]";

  private final String source;
  private final boolean ignoresCase;
  private int at;

  private ExtendedRegex(String source, boolean ignoresCase) {
    this.source = source;
    this.ignoresCase = ignoresCase;
  }

  /**
   * Compiles an expression.
   *
   * @param latin1 its bytes, one a char
   * @throws IllegalArgumentException if it is none; the message says why
   */
  static Pattern compile(String latin1, boolean ignoresCase) {
    String java = new ExtendedRegex(latin1, ignoresCase).alternatives(0);
    return Pattern.compile(java, Pattern.DOTALL | (ignoresCase ? Pattern.CASE_INSENSITIVE : 0));
  }

  /** Branches up to the end, or within parentheses to the one that closes. */
  private String alternatives(int depth) {
    StringBuilder all = new StringBuilder();
    while (true) {
      while (at < source.length() && !isNext('|') && !(depth > 0 && isNext(')'))) {
        all.append(expression(depth));
      }
      if (!isNext('|')) {
        return all.toString();
      }
      all.append('|');
      at++;
    }
  }

  private String expression(int depth) {
    char c = source.charAt(at++);
    return switch (c) {
      case '^' -> "^";
      case '$' -> "\\z";
      case '*', '+', '?', '{' -> throw refused("there is nothing before '" + c + "' to repeat");
      case '.' -> repeated(".");
      case '(' -> repeated(group(depth));
      case '[' -> repeated(bracket());
      case '\\' -> escape();
      default -> repeated(literal(c));
    };
  }

  private String group(int depth) {
    String inner = alternatives(depth + 1);
    if (!isNext(')')) {
      throw refused("a parenthesis is not closed");
    }
    at++;
    return "(?:" + inner + ")";
  }

  private String bracket() {
    BracketExpression bracket = new BracketExpression(source, at);
    String set = bracket.parse(ignoresCase);
    at = bracket.end();
    return set;
  }

  private String escape() {
    if (at == source.length()) {
      throw refused("it ends with a lone backslash");
    }
    char c = source.charAt(at++);
    if (c >= '1' && c <= '9') {
      throw refused("there are no back references, such as \\" + c);
    }
    String before = "(?<=" + WORD + ")";
    String notBefore = "(?<!" + WORD + ")";
    String after = "(?=" + WORD + ")";
    String notAfter = "(?!" + WORD + ")";
    String begins = notBefore + after;
    String ends = before + notAfter;
    // What the GNU C library has beyond POSIX; an end of a word cannot be repeated.
    return switch (c) {
      case 'w' -> repeated(WORD);
      case 'W' -> repeated("[^A-Za-z0-9_]");
      case 's' -> repeated("[ \\t-\\r]");
      case 'S' -> repeated("[^ \\t-\\r]");
      case '<' -> begins;
      case '>' -> ends;
      case 'b' -> "(?:" + begins + "|" + ends + ")";
      case 'B' -> "(?:" + before + after + "|" + notBefore + notAfter + ")";
      case '`' -> "^";
      case '\'' -> "\\z";
      default -> repeated(literal(c));
    };
  }

  /** An atom with the repetitions that follow it, however many. */
  private String repeated(String atom) {
    String all = atom;
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '*' || c == '+' || c == '?') {
        at++;
        all = "(?:" + all + ")" + c;
      } else if (c == '{') {
        at++;
        all = "(?:" + all + ")" + interval();
      } else {
        break;
      }
    }
    return all;
  }

  private String interval() {
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
    return "{" + least + "," + (most < 0 ? "" : Integer.toString(most)) + "}";
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
  private static String literal(int c) {
    boolean isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return isPlain ? Character.toString(c) : String.format("\\x%02x", c);
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "'" + source + "' is no extended regular expression: " + why);
  }
}
