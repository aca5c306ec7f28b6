package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The code that stands in a page is that of the program which the page links before it. */
final class PagesTest {

  /** A link to a program, or a piece of code. */
  private static final Pattern PART =
      Pattern.compile("]\\(([^)]+\\.java)\\)|```java\n(.*?)\n```", Pattern.DOTALL);

  @ParameterizedTest
  @CsvSource({
    "README.md, 1",
    "src/site/markdown/guide.md, 10",
    "src/site/markdown/watcher.md, 3",
    "src/site/markdown/coming-from.md, 5"
  })
  void code_isThatOfTheProgram(Path page, int atLeast) throws IOException {
    Path program = null;
    int compared = 0;
    Matcher part = PART.matcher(Files.readString(page));
    while (part.find()) {
      if (part.group(1) != null) {
        program = page.resolveSibling(part.group(1)).normalize();
      } else if (program == null) {
        throw new AssertionError("no program is linked before\n" + part.group(2));
      } else {
        assertHas(program, part.group(2));
        program = null;
        compared++;
      }
    }
    assertThat(compared).isGreaterThanOrEqualTo(atLeast);
  }

  /** A line of three points stands for what is left out. */
  private static void assertHas(Path program, String code) throws IOException {
    List<String> lines = stripped(Files.readString(program));
    List<String> piece = new ArrayList<>();
    for (String line : stripped(code + "\n...")) {
      if (!line.equals("...")) {
        piece.add(line);
      } else if (!piece.isEmpty()) {
        assertThat(Collections.indexOfSubList(lines, piece))
            .as("%s has%n%s", program, String.join("\n", piece))
            .isNotNegative();
        piece.clear();
      }
    }
  }

  private static List<String> stripped(String text) {
    return text.lines().map(String::strip).toList();
  }
}
