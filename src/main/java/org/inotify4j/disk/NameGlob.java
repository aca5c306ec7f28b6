package org.inotify4j.disk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern for one name, on bytes: {@code *} is any bytes or none, {@code ?} is one byte, brackets
 * are one of several, and a backslash takes from what follows any meaning of its own.
 */
final class NameGlob {

  private static final int ANY = -1;
  private static final int STAR = -2;

  /** Brackets are numbered from here down. */
  private static final int FIRST_BRACKET = -3;

  /** Bytes as they are, {@link #ANY}, {@link #STAR}, and brackets. */
  private final int[] tokens;

  private final BitSet[] brackets;

  private NameGlob(int[] tokens, BitSet[] brackets) {
    this.tokens = tokens;
    this.brackets = brackets;
  }

  /**
   * Compiles a pattern.
   *
   * @throws IllegalArgumentException if nothing can match it; the message says why
   */
  static NameGlob of(byte[] pattern) {
    return new Compiler(pattern).compile();
  }

  /** Whether a name matches as a whole. */
  boolean matches(byte[] path, int start, int end) {
    int at = start;
    int token = 0;
    // Where the last star was, and what it has taken so far.
    int star = -1;
    int taken = start;
    while (at < end || token < tokens.length) {
      if (token < tokens.length && tokens[token] == STAR) {
        star = token++;
        taken = at;
      } else if (at < end && token < tokens.length && matches(tokens[token], path[at])) {
        at++;
        token++;
      } else if (star >= 0 && taken < end) {
        at = ++taken;
        token = star + 1;
      } else {
        return false;
      }
    }
    return true;
  }

  private boolean matches(int token, byte b) {
    int value = Byte.toUnsignedInt(b);
    return token == ANY
        || token == value
        || (token <= FIRST_BRACKET && brackets[FIRST_BRACKET - token].get(value));
  }

  /** Goes through the bytes of a pattern once. */
  private static final class Compiler {
    private final byte[] pattern;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<BitSet> brackets = new ArrayList<>();
    private int at;

    /** Where the first {@code ]} is behind the last place that one was looked for from. */
    private int closing;

    /** Whether the last element between brackets was, so that it is no more than a byte. */
    private boolean isEscaped;

    Compiler(byte[] pattern) {
      this.pattern = pattern;
    }

    NameGlob compile() {
      while (at < pattern.length) {
        int value = next();
        switch (value) {
          case '*' -> tokens.add(STAR);
          case '?' -> tokens.add(ANY);
          case '[' -> {
            tokens.add(FIRST_BRACKET - brackets.size());
            brackets.add(bracket());
          }
          case '\\' -> tokens.add(escaped());
          default -> tokens.add(value);
        }
      }
      return new NameGlob(
          tokens.stream().mapToInt(Integer::intValue).toArray(), brackets.toArray(BitSet[]::new));
    }

    private int next() {
      return Byte.toUnsignedInt(pattern[at++]);
    }

    private int escaped() {
      if (at == pattern.length) {
        throw new IllegalArgumentException("it ends with a backslash: write two for one");
      }
      return next();
    }

    /** What is between brackets, the first of which is behind. */
    private BitSet bracket() {
      BitSet bytes = new BitSet(256);
      boolean isNegated = at < pattern.length && (pattern[at] == '!' || pattern[at] == '^');
      at += isNegated ? 1 : 0;
      // The one before, for a range that may begin with it.
      int previous = 0;
      boolean isFirst = true;
      while (isFirst || peek() != ']') {
        isFirst = false;
        int value = element();
        if (value == '-' && !isEscaped && previous != 0 && peek() != ']') {
          int last = element();
          for (int b = previous; b <= last; b++) {
            bytes.set(b);
          }
          previous = 0;
        } else if (value == '[' && !isEscaped && peek() == ':') {
          previous = addClass(bytes) ? 0 : '[';
        } else {
          bytes.set(value);
          previous = value;
        }
      }
      at++;
      if (isNegated) {
        bytes.flip(0, 256);
      }
      return bytes;
    }

    private int peek() {
      if (at == pattern.length) {
        throw unclosed();
      }
      return Byte.toUnsignedInt(pattern[at]);
    }

    private static IllegalArgumentException unclosed() {
      return new IllegalArgumentException("a '[' has no ']': write \\[ for the character");
    }

    /** One byte between brackets, which may be escaped. */
    private int element() {
      int value = peek();
      at++;
      isEscaped = value == '\\';
      if (isEscaped) {
        value = peek();
        at++;
      }
      return value;
    }

    /** Adds a class such as {@code [:alpha:]}, of which the colon comes; false if it is none. */
    private boolean addClass(BitSet bytes) {
      int start = at + 1;
      // Where many of these follow one another, it is the same for all up to there.
      closing = Math.max(closing, start);
      while (closing < pattern.length && pattern[closing] != ']') {
        closing++;
      }
      int end = closing;
      if (end == pattern.length) {
        throw unclosed();
      }
      if (end - 1 < start || pattern[end - 1] != ':') {
        // No class: a bracket that stands for itself.
        bytes.set('[');
        return false;
      }
      String name =
          new String(Arrays.copyOfRange(pattern, start, end - 1), StandardCharsets.US_ASCII);
      for (int b = 0; b < 128; b++) {
        if (isOf(name, b)) {
          bytes.set(b);
        }
      }
      at = end + 1;
      return true;
    }

    private static boolean isOf(String name, int b) {
      return switch (name) {
        case "alnum" -> isOf("alpha", b) || isOf("digit", b);
        case "alpha" -> isOf("lower", b) || isOf("upper", b);
        case "blank" -> b == ' ' || b == '\t';
        case "cntrl" -> b < ' ' || b == 127;
        case "digit" -> b >= '0' && b <= '9';
        case "graph" -> b > ' ' && b < 127;
        case "lower" -> b >= 'a' && b <= 'z';
        case "print" -> b >= ' ' && b < 127;
        case "punct" -> isOf("graph", b) && !isOf("alnum", b);
        case "space" -> b == ' ' || (b >= '\t' && b <= '\r');
        case "upper" -> b >= 'A' && b <= 'Z';
        case "xdigit" -> isOf("digit", b) || (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
        default ->
            throw new IllegalArgumentException("there is no class [:" + name + ":] of characters");
      };
    }
  }
}
