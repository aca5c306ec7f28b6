package org.inotify4j.cli.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Locale;
import org.inotify4j.base.Escaping;

/**
 * Writes a path so that a shell takes it for one word, whatever is in it, and a person can read it.
 */
final class ShellWord {

  /** What means nothing else to a shell. */
  private static final String PLAIN = "[A-Za-z0-9_@%+:,./][A-Za-z0-9_@%+=:,./-]*";

  private ShellWord() {}

  /** As it is where that will do, else in quotes: {@code '...'}, or {@code $'...'} with escapes. */
  static String of(byte[] path) {
    String text = text(path);
    if (text.matches(PLAIN)) {
      return text;
    }
    // A program would take it for an option.
    String begin = path.length > 0 && path[0] == '-' ? "./" : "";
    boolean isEscaped = text.isEmpty() ? path.length > 0 : needsEscapes(text);
    return isEscaped ? "$'" + begin + escaped(path) + "'" : "'" + begin + text + "'";
  }

  /** The bytes as text; empty where they are none. */
  private static String text(byte[] path) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(path)).toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }

  private static boolean needsEscapes(String text) {
    return text.indexOf('\'') >= 0 || text.codePoints().anyMatch(Escaping::isUnsafe);
  }

  /** Byte for byte where it is not ASCII: so no character can be meant that is not shown. */
  private static String escaped(byte[] path) {
    StringBuilder word = new StringBuilder();
    for (byte next : path) {
      switch (next) {
        case '\'', '\\' -> word.append('\\').append((char) next);
        case '\n' -> word.append("\\n");
        case '\t' -> word.append("\\t");
        default -> {
          if (next >= ' ' && next < 0x7F) {
            word.append((char) next);
          } else {
            word.append(String.format(Locale.ROOT, "\\x%02X", next));
          }
        }
      }
    }
    return word.toString();
  }
}
