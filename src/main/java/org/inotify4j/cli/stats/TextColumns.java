package org.inotify4j.cli.stats;

/**
 * How many columns of a terminal a text takes. Where terminals differ it is the larger number: a
 * line that is cut too late would take two.
 */
final class TextColumns {

  /** First and last of what takes two columns, by Unicode's East Asian Width (UAX 11), roughly. */
  private static final int[] WIDE = {
    0x1100, 0x115F, // Hangul Jamo that begin a syllable
    0x231A, 0x231B, // a watch, an hourglass
    0x2329, 0x232A, // angle brackets
    0x23E9, 0x23F3, // signs of players and clocks
    0x25FD, 0x25FE, // squares
    0x2600, 0x27BF, // symbols and dingbats, of which some are wide
    0x2B1B, 0x2B1C, // squares
    0x2B50, 0x2B55, // a star, a circle
    0x2E80, 0x303E, // radicals, punctuation of Chinese, Japanese and Korean
    0x3041, 0xA4CF, // Hiragana to ideographs and Yi
    0xA960, 0xA97C, // more Hangul Jamo
    0xAC00, 0xD7A3, // Hangul syllables
    0xF900, 0xFAFF, // compatibility ideographs
    0xFE10, 0xFE19, // vertical forms
    0xFE30, 0xFE6F, // compatibility forms, small forms
    0xFF01, 0xFF60, // full-width forms
    0xFFE0, 0xFFE6, // full-width signs
    0x16FE0, 0x18DFF, // Tangut, Khitan
    0x1AFF0, 0x1B2FF, // more Kana, Nushu
    0x1F000, 0x1FAFF, // tiles, cards, pictures, faces, of which most are wide
    0x20000, 0x3FFFD // more ideographs
  };

  private TextColumns() {}

  /** The beginning of a text that takes so many columns at most. */
  static String cut(String text, int columns) {
    int left = columns;
    int end = 0;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      left -= width(c);
      if (left < 0) {
        break;
      }
      end += Character.charCount(c);
    }
    return text.substring(0, end);
  }

  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    for (int i = 0; i < WIDE.length && c >= WIDE[i]; i += 2) {
      if (c <= WIDE[i + 1]) {
        return 2;
      }
    }
    return 1;
  }
}
