package org.inotify4j.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * Writes names so that they can neither steer a terminal nor forge a line, and no two names look
 * the same.
 *
 * <p>A backslash becomes {@code \\}, a newline {@code \n}, a tab {@code \t}, any other ASCII
 * control character and any byte that is not UTF-8 {@code \xNN}, and a code point that is not for
 * the eye (other controls, formatting, line and paragraph separators, unassigned) {@code \}{@code
 * u{NNNN}}.
 */
public final class Escaping {

  private Escaping() {}

  /** A name's bytes as text that is safe to be shown. */
  public static String escape(byte[] name) {
    return escape(name, Escaping::appendEscaped);
  }

  /** As {@link #escape(byte[])}, of a text: backslashes stay, as in {@link #line(String)}. */
  public static String line(byte[] text) {
    return escape(text, Escaping::appendToLine);
  }

  private static String escape(byte[] name, Appender appender) {
    StringBuilder escaped = new StringBuilder(name.length);
    ByteBuffer bytes = ByteBuffer.wrap(name);
    CharBuffer chars = CharBuffer.allocate(name.length);
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    while (true) {
      CoderResult result = decoder.decode(bytes, chars, true);
      String decoded = chars.flip().toString();
      for (int i = 0, c; i < decoded.length(); i += Character.charCount(c)) {
        c = decoded.codePointAt(i);
        appender.append(c, escaped);
      }
      chars.clear();
      if (!result.isError()) {
        return escaped.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        escaped.append(String.format("\\x%02X", bytes.get()));
      }
    }
  }

  /** Text as text that is safe to be shown. */
  public static String escape(String text) {
    return escape(text.getBytes(UTF_8));
  }

  /**
   * Text as one line that is safe to be shown. Backslashes stay: names in it may be escaped
   * already.
   */
  static String line(String text) {
    if (text.codePoints().noneMatch(Escaping::isUnsafe)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> appendToLine(c, line));
    return line.toString();
  }

  /** Whether a code point must not reach a terminal as it is. */
  public static boolean isUnsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          true;
      default -> false;
    };
  }

  private static void appendToLine(int codePoint, StringBuilder line) {
    if (codePoint == '\\') {
      line.append('\\');
    } else {
      appendEscaped(codePoint, line);
    }
  }

  private static void appendEscaped(int codePoint, StringBuilder escaped) {
    switch (codePoint) {
      case '\\' -> escaped.append("\\\\");
      case '\n' -> escaped.append("\\n");
      case '\t' -> escaped.append("\\t");
      default -> {
        if (!isUnsafe(codePoint)) {
          escaped.appendCodePoint(codePoint);
        } else if (codePoint < 0x80) {
          escaped.append(String.format("\\x%02X", codePoint));
        } else {
          escaped.append(String.format("\\u{%04X}", codePoint));
        }
      }
    }
  }

  /** Writes a code point, so that it is safe to be shown. */
  private interface Appender {
    void append(int codePoint, StringBuilder text);
  }
}
