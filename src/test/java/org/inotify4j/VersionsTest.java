package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The pages and the changelog name the version that the build has. */
final class VersionsTest {

  private static final Path CHANGELOG = Path.of("CHANGELOG.md");
  private static final Pattern SECTION = Pattern.compile("(?m)^## \\[(.+)](.*)$");
  private static final Pattern DEPENDENCY =
      Pattern.compile("<artifactId>inotify4j</artifactId>\\s*<version>(.*)</version>");

  @Test
  void theChangelog_beginsWithWhatIsUnreleased() throws IOException {
    assertThat(sections().get(0).group()).isEqualTo("## [Unreleased]");
  }

  @Test
  void theChangelog_hasTheVersion_unlessThatIsYetToBe() throws IOException {
    MatchResult newest = sections().get(1);
    assertThat(newest.group(2)).matches(" - \\d{4}-\\d{2}-\\d{2}");
    String version = version();
    if (!version.endsWith("-SNAPSHOT")) {
      assertThat(newest.group(1)).isEqualTo(version);
    }
  }

  @Test
  void theReadme_hasTheNewestVersion() throws IOException {
    String newest = sections().get(1).group(1);
    assertThat(DEPENDENCY.matcher(Files.readString(Path.of("README.md"))).results())
        .singleElement()
        .satisfies(dependency -> assertThat(dependency.group(1)).isEqualTo(newest));
  }

  private static List<MatchResult> sections() throws IOException {
    return SECTION.matcher(Files.readString(CHANGELOG)).results().toList();
  }

  /** As the build has put it into the command. */
  private static String version() throws IOException {
    Properties properties = new Properties();
    try (InputStream file =
        VersionsTest.class.getResourceAsStream("/org/inotify4j/cli/version.properties")) {
      properties.load(file);
    }
    return properties.getProperty("version");
  }
}
