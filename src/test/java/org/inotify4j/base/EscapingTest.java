package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EscapingTest {

  @ParameterizedTest
  @CsvSource({
    "0x61, a",
    "0x5C, \\\\",
    "0x0A, \\n",
    "0x09, \\t",
    "0x0D, \\x0D",
    "0x1B, \\x1B",
    "0x7F, \\x7F",
    "0x80, \\u{0080}",
    "0x9B, \\u{009B}",
    "0xE9, é",
    "0x200B, \\u{200B}",
    "0x2028, \\u{2028}",
    "0x2029, \\u{2029}",
    "0x202E, \\u{202E}",
    "0x378, \\u{0378}",
    "0x1F600, \uD83D\uDE00",
    "0xE0001, \\u{E0001}",
  })
  void escape_ofACodePoint(int codePoint, String expected) {
    assertThat(Escaping.escape(Character.toString(codePoint))).isEqualTo(expected);
  }

  @Test
  void escape_ofWhatIsNotUtf8_keepsEveryByte() {
    assertThat(Escaping.escape(bytes(0xFF, 0xFE))).isEqualTo("\\xFF\\xFE");
    assertThat(Escaping.escape(bytes('a', 0xC3, 'b'))).isEqualTo("a\\xC3b");
    assertThat(Escaping.escape(bytes(0xC3))).isEqualTo("\\xC3");
    assertThat(Escaping.escape(bytes(0xED, 0xA0, 0x80))).isEqualTo("\\xED\\xA0\\x80");
    assertThat(Escaping.escape(bytes(0xC0, 0xAF))).isEqualTo("\\xC0\\xAF");
    assertThat(Escaping.escape(bytes(0xF0, 0x9F, 0x98))).isEqualTo("\\xF0\\x9F\\x98");
  }

  @Test
  void escape_ofNothing_isNothing() {
    assertThat(Escaping.escape(new byte[0])).isEmpty();
  }

  @Test
  void line_keepsWhatIsEscapedAlready_andForgesNoOther() {
    assertThat(Escaping.line("a \\x1B \u00E9")).isEqualTo("a \\x1B \u00E9");
    assertThat(Escaping.line("a \\x1B\nb\u001B")).isEqualTo("a \\x1B\\nb\\x1B");
    assertThat(Escaping.line(bytes('\\', 0xFF, '\n'))).isEqualTo("\\\\xFF\\n");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
