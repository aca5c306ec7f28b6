package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes a pair of brackets stands for, of all that there are. */
final class NameGlobTest {

  /** All bytes that a pattern of one name stands for, in their order. */
  private static String matched(String pattern) {
    NameGlob glob = NameGlob.of(pattern.getBytes(ISO_8859_1));
    StringBuilder all = new StringBuilder();
    for (int b = 1; b < 256; b++) {
      if (glob.matches(new byte[] {(byte) b}, 0, 1)) {
        all.append((char) b);
      }
    }
    return all.toString();
  }

  /** All from one byte to another. */
  private static String range(int first, int last) {
    StringBuilder all = new StringBuilder();
    for (int b = first; b <= last; b++) {
      all.append((char) b);
    }
    return all.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "digit, 0-9",
    "lower, a-z",
    "upper, A-Z",
    "alpha, A-Za-z",
    "alnum, 0-9A-Za-z",
    "xdigit, 0-9A-Fa-f",
    "graph, !-~",
  })
  void classes(String name, String ranges) {
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < ranges.length(); i += 3) {
      expected.append(range(ranges.charAt(i), ranges.charAt(i + 2)));
    }
    assertThat(matched("[[:" + name + ":]]")).isEqualTo(expected.toString());
  }

  @Test
  void classes_ofWhatIsNoLetter() {
    assertThat(matched("[[:blank:]]")).isEqualTo("\t ");
    assertThat(matched("[[:space:]]")).isEqualTo("\t\n\u000B\f\r ");
    assertThat(matched("[[:cntrl:]]")).isEqualTo(range(1, 31) + "\u007F");
    assertThat(matched("[[:print:]]")).isEqualTo(range(' ', '~'));
    assertThat(matched("[[:punct:]]"))
        .isEqualTo(range('!', '/') + range(':', '@') + range('[', '`') + range('{', '~'));
    assertThat(matched("[^[:print:]]")).isEqualTo(range(1, 31) + range(127, 255));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "[abc], abc",
        "[a-c], abc",
        "[a-cx], abcx",
        "[a-c-e], -abce",
        "[c-a], c",
        "[-a], -a",
        "[a-], -a",
        "[]a], ]a",
        "[\\]a], ]a",
        "[a\\-c], -ac",
        "[\\a-c], abc",
        "[a-\\c], abc",
        "[[a], [a",
        "[[:], :[",
        "[[:x], :[x",
        "[[:digit:][:x], 0123456789:[x",
        "[[:digit:][:xdigit:]x], 0123456789ABCDEFabcdefx",
        "[\\[:alpha:], :[ahlp",
        "[\\--0], -./0",
        "[[:digit:]-a], -0123456789a",
        "[[-\\]], [\\]",
        "[a[], [a",
      })
  void brackets(String pattern, String expected) {
    assertThat(matched(pattern)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[!a-c]", "[^a-c]"})
  void brackets_ofAllOthers(String pattern) {
    assertThat(matched(pattern)).isEqualTo(range(1, '`') + range('d', 255));
    assertThat(matched("[!-]")).isEqualTo(range(1, ',') + range('.', 255));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[!", "[]", "[a", "[a-", "[\\", "[[:alpha", "[[:alpha:]"})
  void brackets_thatDoNotEnd(String pattern) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NameGlob.of(pattern.getBytes(ISO_8859_1)))
        .withMessage("a '[' has no ']': write \\[ for the character");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "Alpha"})
  void classes_thatAreNone(String name) {
    String pattern = "[[:" + name + ":]]";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NameGlob.of(pattern.getBytes(ISO_8859_1)))
        .withMessage("there is no class [:" + name + ":] of characters");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void brackets_ofMuchThatCouldBeAClass_takeTimeInProportion() {
    assertThat(matched("[" + "[:".repeat(2_000_000) + "x]")).isEqualTo(":[x");
  }

  @ParameterizedTest
  @CsvSource({
    "*, abc, true",
    "*c, abc, true",
    "a*, abc, true",
    "*b, abc, false",
    "a*c*, abc, true",
    "**, abc, true",
    "*, '', true",
    "a, '', false",
    "'', '', true",
    "'', a, false",
    "*bc*, abbc, true",
    "*a*b, aab, true",
    "a?, a, false",
    "??*, a, false"
  })
  void stars(String pattern, String name, boolean isMatch) {
    byte[] path = ("x/" + name + "/x").getBytes(ISO_8859_1);
    NameGlob glob = NameGlob.of(pattern.getBytes(ISO_8859_1));
    assertThat(glob.matches(path, 2, 2 + name.length())).isEqualTo(isMatch);
  }
}
