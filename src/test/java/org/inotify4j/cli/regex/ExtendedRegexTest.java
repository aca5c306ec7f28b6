package org.inotify4j.cli.regex;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an extended regular expression means; where there is a bash, by its word. */
class ExtendedRegexTest {

  private static final String PIECES =
      "a a b B . * + ? | ( ) ^ $ { } {1} {,2} {2,} {1,2} {0} [ab] [^a] [[:upper:]] [^[:space:]]"
          + " []a] [a-] [+--] [b-a] [[.a.]] [[=b=]] \\. \\( \\w \\W \\b \\B \\< \\> \\s \\S \\`"
          + " \\' - 1 / [ ] \\ \\n";

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\\.txt$, d/a.txt, true",
        "\\.txt$, d/a.txt~, false",
        "^d/(a|b)+$, d/abba, true",
        "^d/[[:alpha:]_]+[0-9]{2}$, d/x_y42, true",
        "^d/[[:alpha:]_]+[0-9]{2}$, d/x_y4, false",
        "a**, b, true",
        "x}, ax}, true",
        "a)b, a)b, true",
        "[\\.]q, \\q, true",
        "a\\{1\\}, a{1}, true",
        "a\\d, ad, true",
        "a\\d, a1, false",
        "(?i)a, A, false",
        "a&&b, a&&b, true",
        "[a&&b], &, true",
        "[a[b], [, true",
        "\\Qa\\E, QaE, true",
      })
  void aRegex_isFoundWhereItMatches(String regex, String text, boolean isFound) {
    if (regex.startsWith("(?i)")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ExtendedRegex.compile(regex, false))
          .withMessageContaining("nothing before '?'");
      return;
    }
    assertThat(isFound(regex, false, text)).isEqualTo(isFound);
  }

  @Test
  void case_isOfAsciiOnly_andCountsInSetsToo() {
    assertThat(isFound("readme", true, "README")).isTrue();
    assertThat(isFound("^[^a]$", true, "A")).isFalse();
    assertThat(isFound("^[[:upper:]]$", true, "a")).isTrue();
    assertThat(isFound("\u00E9", true, "\u00C9")).isFalse();
  }

  @Test
  void bytesThatAreNoText_areBytes() {
    assertThat(isFound("^\u00C3.$", false, "\u00C3\u00A9")).isTrue();
    assertThat(isFound("^[\u0080-\u00FF]+$", false, "\u0080\u00FF")).isTrue();
    assertThat(isFound("\\w", false, "\u00E9")).isFalse();
    assertThat(isFound("^\\W$", false, "\u00E9")).isTrue();
  }

  @Test
  void theWholeText_isTheOneLine() {
    assertThat(isFound("a$", false, "a\n")).isFalse();
    assertThat(isFound("^b", false, "a\nb")).isFalse();
    assertThat(isFound("a.b", false, "a\nb")).isTrue();
    assertThat(isFound("a[^x]b", false, "a\nb")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "*a; there is nothing before '*' to repeat",
        "(; a parenthesis is not closed",
        "(a; a parenthesis is not closed",
        "a{; '{' begins no interval, such as {2,3}: \\{ is the character",
        "a{x}; '{' begins no interval, such as {2,3}: \\{ is the character",
        "{1}; there is nothing before '{' to repeat",
        "a{2,1}; the interval does not go from a number to one as large, up to 32767",
        "a{40000}; the interval does not go from a number to one as large, up to 32767",
        "[a; a bracket is not closed",
        "[z-a]; a range must go from a character to a later one",
        "[[:no:]]; there is no class [:no:]",
        "[[.no.]]; there is no character of the name 'no'",
        "a\\; it ends with a lone backslash",
        "(a)\\1; there are no back references, such as \\1",
        "^*; there is nothing before '*' to repeat",
        "\\b+; there is nothing before '+' to repeat",
        "[a-c-e]; a '-' that is no range must be the first or the last in it",
        "[[:a]; '[:' is not closed",
      })
  void whatIsNone_isRefusedWithItsText(String regex, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExtendedRegex.compile(regex, false))
        .withMessage("'" + regex + "' is no extended regular expression: " + why);
  }

  @Test
  void anyRegex_meansWhatBashTakesItFor() throws Exception {
    Random random = new Random(4711);
    List<String> regexes = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      regexes.add(regex(random));
      texts.add(text(random));
    }
    for (boolean ignoresCase : new boolean[] {false, true}) {
      List<String> verdicts = verdicts(regexes, texts, ignoresCase);
      for (int i = 0; i < regexes.size(); i++) {
        String regex = regexes.get(i);
        assertThat(verdict(regex, texts.get(i), ignoresCase))
            .as("'%s' in '%s', ignoring case: %s", regex, texts.get(i), ignoresCase)
            .isEqualTo(verdicts.get(i));
      }
      assertThat(verdicts).contains("0", "1", "2");
    }
  }

  private static String regex(Random random) {
    String[] pieces = PIECES.split(" ", -1);
    StringBuilder regex = new StringBuilder();
    for (int i = 1 + random.nextInt(7); i > 0; i--) {
      String piece = pieces[random.nextInt(pieces.length)];
      boolean isBackReference = piece.equals("1") && regex.toString().endsWith("\\");
      regex.append(isBackReference ? "a" : piece);
    }
    return regex.toString();
  }

  private static String text(Random random) {
    String characters = "aaabbB .-+1/(){}[]\\\u00FF";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(7); i > 0; i--) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }

  private static boolean isFound(String regex, boolean ignoresCase, String text) {
    return RegexSearch.finds(ExtendedRegex.compile(regex, ignoresCase), text.getBytes(ISO_8859_1));
  }

  /** As bash says it: 0 found, 1 not, 2 no regular expression. */
  private static String verdict(String regex, String text, boolean ignoresCase) {
    try {
      return isFound(regex, ignoresCase, text) ? "0" : "1";
    } catch (IllegalArgumentException e) {
      return "2";
    }
  }

  private static List<String> verdicts(
      List<String> regexes, List<String> texts, boolean ignoresCase) throws Exception {
    String script =
        (ignoresCase ? "shopt -s nocasematch; " : "")
            + "while IFS= read -r regex && IFS= read -r text; do"
            + " [[ $text =~ $regex ]]; echo $?; done";
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", script);
    builder.environment().put("LC_ALL", "C");
    Process bash;
    try {
      bash = builder.start();
    } catch (IOException e) {
      System.out.println("skipped: there is no bash");
      return abort("there is no bash");
    }
    StringBuilder input = new StringBuilder();
    for (int i = 0; i < regexes.size(); i++) {
      input.append(regexes.get(i)).append('\n').append(texts.get(i)).append('\n');
    }
    return answers(bash, input.toString());
  }

  private static List<String> answers(Process process, String input) throws Exception {
    Thread writer =
        new Thread(
            () -> {
              try (var in = process.getOutputStream()) {
                in.write(input.getBytes(ISO_8859_1));
              } catch (IOException e) {
                // Then there are too few answers.
              }
            });
    writer.start();
    List<String> answers =
        new String(process.getInputStream().readAllBytes(), ISO_8859_1).lines().toList();
    writer.join();
    return answers;
  }
}
