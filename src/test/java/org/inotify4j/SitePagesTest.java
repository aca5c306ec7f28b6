package org.inotify4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The README and the pages of the site: their links lead somewhere, their code is that of programs.
 */
final class SitePagesTest {

  private static final Path README = Path.of("README.md");
  private static final Path PAGES = Path.of("src/site/markdown");
  private static final Path RESOURCES = Path.of("src/site/resources");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path MENU = Path.of("src/site/site.xml");

  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern EXAMPLE = Pattern.compile("\\]\\(([^)\\s]+\\.java)\\)");
  private static final Pattern ITEM = Pattern.compile("href=\"([^\":/]+)\\.html\"");

  /** Where the javadoc plugin puts it. */
  private static final String JAVADOC = "href=\"apidocs/index.html\"";

  private static final int FEWEST_EXAMPLES = 20;

  /** A test, and perhaps a method of it. */
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  private static final int FEWEST_TESTS = 50;

  @Test
  void everyLink_leadsToAFileAndAHeading() throws Exception {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page).replaceAll("(?s)```.*?```", ""));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !leadsSomewhere(page, target)) {
          broken.add(page + ": " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void everyPage_isInTheMenu() throws Exception {
    Set<Path> inMenu = new HashSet<>();
    Matcher item = ITEM.matcher(Files.readString(MENU));
    while (item.find()) {
      inMenu.add(PAGES.resolve(item.group(1) + ".md"));
    }
    List<Path> pages = new ArrayList<>(pages());
    pages.remove(README);
    assertThat(inMenu).containsExactlyInAnyOrderElementsOf(pages);
    assertThat(Files.readString(MENU)).contains(JAVADOC);
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<goal>javadoc-no-fork</goal>", "src/build/SiteLinks.java");
  }

  /** Java stands behind a paragraph that links to its program, and is a part of that. */
  @Test
  void everyCode_isAPartOfAProgram() throws Exception {
    List<String> others = new ArrayList<>();
    int count = 0;
    for (Path page : pages()) {
      String paragraph = "";
      for (String part : Files.readString(page).split("\n\n(?=\\S)", -1)) {
        if (part.startsWith("```java\n")) {
          count++;
          Matcher example = EXAMPLE.matcher(paragraph);
          if (!example.find() || !isPartOf(directory(page).resolve(example.group(1)), part)) {
            others.add(page + ": " + part);
          }
        }
        paragraph = part;
      }
    }
    assertThat(others).isEmpty();
    assertThat(count).isGreaterThanOrEqualTo(FEWEST_EXAMPLES);
  }

  /** A page says by which test something is shown. */
  @Test
  void everyTestThatIsNamed_isThere() throws Exception {
    Map<String, String> tests = new HashMap<>();
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        tests.put(file.getFileName().toString(), Files.readString(file, ISO_8859_1));
      }
    }
    List<String> others = new ArrayList<>();
    int count = 0;
    for (Path page : pages()) {
      for (MatchResult test : TEST.matcher(Files.readString(page)).results().toList()) {
        count++;
        String code = tests.getOrDefault(test.group(1) + ".java", "");
        String method = test.group(2) == null ? "class " + test.group(1) : test.group(2) + "(";
        if (!code.contains(method)) {
          others.add(page + ": " + test.group());
        }
      }
    }
    assertThat(others).isEmpty();
    assertThat(count).isGreaterThanOrEqualTo(FEWEST_TESTS);
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(PAGES)) {
      return Stream.concat(Stream.of(README), files.sorted()).toList();
    }
  }

  private static Path directory(Path page) {
    return page.equals(README) ? Path.of("") : PAGES;
  }

  private static boolean leadsSomewhere(Path page, String target) throws IOException {
    int hash = target.indexOf('#');
    String name = hash < 0 ? target : target.substring(0, hash);
    Path file = name.isEmpty() ? page : directory(page).resolve(name).normalize();
    if (!Files.exists(file)) {
      // What the site has beside its pages.
      return !page.equals(README) && hash < 0 && Files.exists(RESOURCES.resolve(name));
    }
    return hash < 0 || anchors(file).contains(target.substring(hash + 1));
  }

  /** The anchors of a page's headings, as those who show Markdown make them. */
  private static Set<String> anchors(Path page) throws IOException {
    Set<String> anchors = new HashSet<>();
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("#")) {
        String heading = line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT);
        anchors.add(heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
      }
    }
    return anchors;
  }

  /** Whether a program has this code; three dots alone in a line stand for what is left out. */
  private static boolean isPartOf(Path program, String shown) throws IOException {
    String code = code(Files.readString(program));
    int from = 0;
    for (String piece : shown.replace("```java\n", "").split("(?m)^ *\\.\\.\\.\n", -1)) {
      String lines = code(piece);
      int at = code.indexOf(lines, from);
      if (at < 0) {
        return false;
      }
      from = at + lines.length() - 1;
    }
    return true;
  }

  /** The lines of code, without what is only layout. */
  private static String code(String text) {
    StringBuilder lines = new StringBuilder("\n");
    for (String line : text.split("\n", -1)) {
      if (line.equals("```")) {
        break;
      }
      if (!line.isBlank()) {
        lines.append(line.strip()).append('\n');
      }
    }
    return lines.toString();
  }
}
