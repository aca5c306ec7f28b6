package org.inotify4j.cli.regex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a search ends soon whatever the text is, and finds what Java's finds. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RegexSearchTest {

  @Test
  void aPathOfDeepDirectories_needsNoStack() {
    String directories = ("/" + "a".repeat(250)).repeat(12);

    assertThat(isFound("^([a-z]|[./_])*\\.bak$", directories)).isFalse();
    assertThat(isFound("^([a-z]|[./_])*\\.bak$", directories + ".bak")).isTrue();
  }

  @Test
  void aNameThatNearlyMatches_takesNoTime() {
    assertThat(isFound("(([a-z]|[a-f])+)+\\.bak$", "a".repeat(40) + "_")).isFalse();
    assertThat(isFound("(([a-z]|[a-f])+)+\\.bak$", "a".repeat(40) + ".bak")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(a*)*b$",
        "^(a|a)*b$",
        "^(a|aa)+b$",
        "^(a|b|ab)*c?b$",
        "(.*)(.*)(.*)(.*)(.*)b$",
        "(a?){500}a{500}b$",
        "((a{0,10}){0,10}){10}b$",
        "(()|a|\\b)*b$",
      })
  void theLongestPath_isLookedThroughOnce(String regex) {
    assertThat(isFound(regex, "a".repeat(4095))).isFalse();
    assertThat(isFound(regex, "a".repeat(4095) + "b")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "^(|a)$, \"\", true",
        "^(|a)$, a, true",
        "^(a||b)c$, c, true",
        "^(a|)+$, aaa, true",
        "^()*$, a, false",
        "a|, b, true",
        "^(a||b)c$, dc, false",
        "^(ab){0}c$, c, true",
        "^(ab){0}c$, abc, false",
        "x^a|b$c, xa, false",
        "(x|^)a($|y), a, true",
        "(x|^)a($|y), bxayb, true",
        "(x|^)a($|y), bay, false",
        "\\<a\\>, b a-b, true",
        "\\<a\\>, ba ab, false",
        "\\`a\\'|\\Bb\\B, a, true",
        "\\`a\\'|\\Bb\\B, abc, true",
        "\\`a\\'|\\Bb\\B, b, false",
      })
  void emptyWaysAndPlaces_mayStandAnywhere(String regex, String text, boolean isFound) {
    assertThat(isFound(regex, text)).isEqualTo(isFound);
  }

  @Test
  void intervals_multiply() {
    String regex = "^((a{2}b{0,1}){2,3}c){1,}$";

    assertThat(isFound(regex, "aabaac" + "aaaaaabc")).isTrue();
    assertThat(isFound(regex, "aabc")).isFalse();
    assertThat(isFound(regex, "aaaaaaaac")).isFalse();
    assertThat(isFound("^a{2}{3}$", "a".repeat(6))).isTrue();
    assertThat(isFound("^a{2}{3}$", "a".repeat(7))).isFalse();
    assertThat(isFound("^a{0,32767}$", "a".repeat(32767))).isTrue();
    assertThat(isFound("^a{0,32767}$", "a".repeat(32768))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"((a{100}){100}){100}", "(abcd){32767}", "((a{99}){0,99}){99,}"})
  void intervalsThatMakeTooMuch_areRefused(String regex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExtendedRegex.compile(regex, false))
        .withMessage(
            "'%s' is too large: with its intervals written out it has more than 100000 steps",
            regex);
  }

  @Test
  void repetitionsOfRepetitions_doNotMultiply() {
    assertThat(isFound("^a" + "+".repeat(1000) + "$", "aaa")).isTrue();
    assertThat(isFound("^" + "(".repeat(400) + "a" + ")+".repeat(400) + "$", "aaa")).isTrue();
  }

  @Test
  void parenthesesWithoutEnd_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExtendedRegex.compile("(".repeat(100_000), false))
        .withMessageEndingWith(": more than 500 parentheses are open at once");
  }

  @Test
  void anyRegex_isFoundWhereJavaFindsIt() {
    Random random = new Random(815);
    int found = 0;
    for (int i = 0; i < 20_000; i++) {
      Both both = Both.random(random, 3);
      String text = text(random);
      boolean ignoresCase = random.nextBoolean();
      boolean isFound =
          Pattern.compile(both.java, ignoresCase ? Pattern.CASE_INSENSITIVE : 0)
              .matcher(text)
              .find();

      assertThat(RegexSearch.finds(ExtendedRegex.compile(both.posix, ignoresCase), bytes(text)))
          .as("'%s' in '%s', ignoring case: %s", both.posix, text, ignoresCase)
          .isEqualTo(isFound);
      found += isFound ? 1 : 0;
    }
    assertThat(found).isBetween(4_000, 16_000);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      text.append("aaabbBc-_".charAt(random.nextInt(9)));
    }
    return text.toString();
  }

  private static boolean isFound(String regex, String text) {
    return RegexSearch.finds(ExtendedRegex.compile(regex, false), bytes(text));
  }

  private static byte[] bytes(String latin1) {
    return latin1.getBytes(ISO_8859_1);
  }

  /** An expression in the words of both. */
  private record Both(String posix, String java) {

    private static final String[] ATOMS = {"a", "b", "B", "-", ".", "[ab]", "[^a]", "\\w", "\\W"};
    private static final String[] REPETITIONS = {"*", "+", "?", "{2}", "{1,2}", "{0,1}", "{2,}"};
    private static final Both[] PLACES = {
      new Both("^", "^"),
      new Both("$", "\\z"),
      new Both("\\b", "(?:(?<!\\w)(?=\\w)|(?<=\\w)(?!\\w))"),
      new Both("\\B", "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))"),
      new Both("\\<", "(?<!\\w)(?=\\w)"),
      new Both("\\>", "(?<=\\w)(?!\\w)"),
      new Both("()", "(?:)"),
    };

    static Both random(Random random, int depth) {
      int kind = depth == 0 ? random.nextInt(3) : random.nextInt(9);
      return switch (kind) {
        case 0, 1 -> same(ATOMS[random.nextInt(ATOMS.length)]);
        case 2 -> PLACES[random.nextInt(PLACES.length)];
        case 3, 4 -> random(random, depth - 1).group().then(repetition(random));
        case 5 -> random(random, depth - 1).then(same("|")).then(random(random, depth - 1)).group();
        default -> random(random, depth - 1).then(random(random, depth - 1));
      };
    }

    private static Both repetition(Random random) {
      return same(REPETITIONS[random.nextInt(REPETITIONS.length)]);
    }

    private static Both same(String both) {
      return new Both(both, both);
    }

    private Both then(Both other) {
      return new Both(posix + other.posix, java + other.java);
    }

    private Both group() {
      return new Both("(" + posix + ")", "(?:" + java + ")");
    }
  }
}
