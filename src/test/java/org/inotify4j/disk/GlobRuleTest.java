package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.ignore.FastIgnoreRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns as people know them from a {@code .gitignore}. */
final class GlobRuleTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = true,
      textBlock =
          """
          # pattern      | matches                         | does not match
          *.tmp          | a.tmp a/b.tmp .tmp d.tmp/       | a.tmpx tmp
          target/        | target/ a/target/               | target a/target targets/
          **/target/     | target/ a/target/               | target a/target
          [z-a]          | z                               | a -
          **/target      | target target/ a/target a/b/target | targets a/targets
          /target        | target target/                  | a/target
          a/b            | a/b a/b/                        | x/a/b a/b/c ab
          docs/*.html    | docs/a.html docs/.html          | docs/a/b.html a/docs/b.html
          cache/**       | cache/a cache/a/b cache/a/      | cache cache/ x/cache/a
          a/**/b         | a/b a/x/b a/x/y/b               | ab a/bx b
          **/logs/old    | logs/old a/logs/old a/b/logs/old | logs old logs/x/old
          **             | a a/b a/                        |
          a**/b          | a/b ax/b                        | a/x/b axb
          x?z            | xyz a/xyz                       | xz xyyz
          größ*          | größe a/größ                    | gross
          [a-c]1         | a1 c1 d/b1                      | d1 ab1
          [!a-c]1        | d1 -1                           | a1
          [^a]1          | b1                              | a1
          []a]1          | ]1 a1                           | b1
          [a-]1          | -1 a1                           | b1
          [[:digit:]]x   | 0x 9x                           | ax
          \\#a           | #a                              | a
          \\!a           | !a                              | a
          a\\*           | a*                              | ab a
          a\\?b          | a?b                             | axb
          a\\ b          | "a b"                           | ab
          .git           | .git a/.git .git/               | .gitignore git
          foo/*/bar/     | foo/x/bar/                      | foo/x/bar foo/bar/ foo/x/y/bar/
          /**            | a a/b                           |
          /*.c           | a.c                             | x/a.c
          """)
  void isAsInGit(String pattern, String matches, String matchesNot) {
    GlobRule rule = rule(pattern.replace("\\\\", "\\"));
    for (String path : paths(matches)) {
      assertThat(isMatch(rule, path)).as("%s matches %s", pattern, path).isTrue();
    }
    for (String path : paths(matchesNot)) {
      assertThat(isMatch(rule, path)).as("%s matches %s", pattern, path).isFalse();
    }
  }

  private static List<String> paths(String cell) {
    if (cell == null) {
      return List.of();
    }
    return cell.contains("a b") ? List.of("a b") : List.of(cell.split(" "));
  }

  @Test
  void spacesAtTheEnd_areNoPartOfIt_unlessABackslashSaysSo() {
    assertThat(isMatch(rule("a  "), "a")).isTrue();
    assertThat(isMatch(rule("a\\ "), "a ")).isTrue();
    assertThat(isMatch(rule("a\\ "), "a")).isFalse();
    assertThat(isMatch(rule(" a"), " a")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "# comment",
        "/",
        "!",
        "!/",
        "//",
        "a//b",
        "./a",
        "../a",
        "a/.",
        "[a",
        "[[:letter:]]",
        "a\\"
      })
  void whatCannotMatchAnything_isRefused_withTheReason(String pattern) {
    assertThatThrownBy(() -> rule(pattern))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the pattern '" + pattern + "' cannot match anything: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          #x   | it is empty or a comment: write \\# for a name that begins with #
          !    | it names nothing: what is registered cannot be excluded itself
          !//  | it names nothing: what is registered cannot be excluded itself
          a//b | two slashes follow one another
          a/.. | no path has '..' in it: begin with a slash for the directory itself
          a\\  | it ends with a backslash: write two for one
          """)
  void theReason_isInTheMessage(String pattern, String reason) {
    assertThatThrownBy(() -> rule(pattern))
        .hasMessage("the pattern '" + pattern + "' cannot match anything: " + reason);
  }

  @ParameterizedTest
  @CsvSource({
    "a, false, false",
    "a/, false, false",
    "/a, true, false",
    "a/b, true, false",
    "!a, false, true",
    "!/a, true, true",
    "**/a, true, false"
  })
  void whetherItsPlaceMatters_andWhetherItIsNegated(
      String pattern, boolean isPositional, boolean isNegated) {
    assertThat(rule(pattern).isPositional()).isEqualTo(isPositional);
    assertThat(rule(pattern).isNegated()).isEqualTo(isNegated);
  }

  @Test
  void equality_isThatOfTheBytes() {
    GlobRule rule = rule("a/ü*");
    assertThat(rule)
        .isEqualTo(rule("a/ü*"))
        .hasSameHashCodeAs(rule("a/ü*"))
        .isNotEqualTo(rule("a/u*"))
        .isNotEqualTo("a/ü*")
        .hasToString("a/ü*");
    assertThat(rule.hashCode()).isEqualTo(Arrays.hashCode("a/ü*".getBytes(UTF_8)));
    assertThat(rule.pattern()).isEqualTo("a/ü*".getBytes(UTF_8));
  }

  @Test
  void bytesThatAreNoText_areWhatTheyAre() {
    byte[] name = {'a', (byte) 0xff, '.', 'x'};
    assertThat(new GlobRule(new byte[] {'a', (byte) 0xff, '*'}).matches(name, false)).isTrue();
    assertThat(new GlobRule(new byte[] {'a', (byte) 0xfe, '*'}).matches(name, false)).isFalse();
    assertThat(new GlobRule(new byte[] {'?', '?', '.', 'x'}).matches(name, false)).isTrue();
  }

  @Test
  void manyStars_doNotTakeForEver() {
    GlobRule rule = rule("*a*a*a*a*a*a*a*a*a*a*a*b");
    assertThat(rule.matches("a".repeat(255).getBytes(UTF_8), false)).isFalse();
  }

  /**
   * To JGit a pattern with {@code **} and a slash at its end is about files as well, which git
   * itself denies: the generator makes none of these.
   */
  @Test
  void randomPatterns_areAsJGitHasThem() {
    Random random = new Random(20_000);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String pattern = randomPattern(random);
      GlobRule rule;
      try {
        rule = rule(pattern);
      } catch (IllegalArgumentException e) {
        continue;
      }
      FastIgnoreRule theirs = new FastIgnoreRule(pattern);
      for (int j = 0; j < 20; j++) {
        String path = randomPath(random);
        boolean isDirectory = random.nextBoolean();
        boolean ours = isMatchOrBelow(rule, path, isDirectory);
        if (ours != theirs.isMatch(path, isDirectory, false)) {
          differences.add(pattern + " : " + path + (isDirectory ? "/" : "") + " : " + ours);
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  /** As JGit has it: what is below a directory that matches is ignored as well. */
  private static boolean isMatchOrBelow(GlobRule rule, String path, boolean isDirectory) {
    for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      if (rule.matches(path.substring(0, slash).getBytes(UTF_8), true)) {
        return true;
      }
    }
    return rule.matches(path.getBytes(UTF_8), isDirectory);
  }

  private static String randomPattern(Random random) {
    StringBuilder pattern = new StringBuilder(random.nextInt(4) == 0 ? "/" : "");
    int names = 1 + random.nextInt(3);
    for (int i = 0; i < names; i++) {
      pattern.append(i > 0 ? "/" : "").append(randomGlob(random));
    }
    boolean isOfDirectories = random.nextInt(4) == 0 && pattern.indexOf("**") < 0;
    return pattern.append(isOfDirectories ? "/" : "").toString();
  }

  private static String randomGlob(Random random) {
    if (random.nextInt(4) == 0) {
      return "**";
    }
    String[] pieces = {"a", "b", "ab", "*", "?", "[ab]", "[!a]", "[a-b]", "."};
    StringBuilder glob = new StringBuilder();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      String piece = pieces[random.nextInt(pieces.length)];
      boolean isSecondStar = piece.equals("*") && glob.toString().endsWith("*");
      glob.append(isSecondStar ? "b" : piece);
    }
    return glob.toString();
  }

  private static String randomPath(Random random) {
    String[] names = {"a", "b", "ab", "ba", "aab", "a.b", "c"};
    StringBuilder path = new StringBuilder();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      path.append(i > 0 ? "/" : "").append(names[random.nextInt(names.length)]);
    }
    return path.toString();
  }

  private static GlobRule rule(String pattern) {
    return new GlobRule(pattern.getBytes(UTF_8));
  }

  /** A path with a slash at its end is a directory. */
  private static boolean isMatch(GlobRule rule, String path) {
    boolean isDirectory = path.endsWith("/");
    String name = isDirectory ? path.substring(0, path.length() - 1) : path;
    boolean isMatch = rule.matches(name.getBytes(UTF_8), isDirectory);
    assertThat(rule.matches(Path.of(""), name.getBytes(UTF_8), isDirectory)).isEqualTo(isMatch);
    return isMatch;
  }
}
