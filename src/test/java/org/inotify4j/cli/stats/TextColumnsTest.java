package org.inotify4j.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much of a text has room in so many columns of a terminal. */
class TextColumnsTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "abc, 3, abc",
        "abc, 2, ab",
        "\u00E9\u0416\u05D0, 2, \u00E9\u0416",
        "\u6F22\u5B57\u304B, 4, \u6F22\u5B57",
        "\u6F22\u5B57, 3, \u6F22",
        "\u6F22, 1, \"\"",
        "a\uD55C\uFF21b, 5, a\uD55C\uFF21",
        "\uD840\uDC00\uD840\uDC00, 3, \uD840\uDC00",
        "\uD83D\uDE00\uD83D\uDE00, 4, \uD83D\uDE00\uD83D\uDE00",
        "e\u0301e\u0301e, 2, e\u0301e\u0301",
        "a\u20DDb, 1, a\u20DD",
        "\uD835\uDC00x, 1, \uD835\uDC00",
        "\"\", 3, \"\"",
      })
  void text_isCutBeforeWhatHasNoRoom(String text, int columns, String cut) {
    assertThat(TextColumns.cut(text, columns)).isEqualTo(cut);
  }
}
