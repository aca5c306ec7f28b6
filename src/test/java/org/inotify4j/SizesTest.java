package org.inotify4j;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a source file may be: so that each can be read at one sitting, and has one job. */
final class SizesTest {

  private static final long MOST_LINES = 400;

  @ParameterizedTest
  @ValueSource(strings = {"src/main", "src/test", "src/bench"})
  void filesAreShort(String under) throws IOException {
    assertThat(lines(under))
        .isNotEmpty()
        .allSatisfy((file, lines) -> assertThat(lines).isLessThanOrEqualTo(MOST_LINES));
  }

  private static Map<Path, Long> lines(String under) throws IOException {
    try (Stream<Path> all = Files.walk(Path.of(under))) {
      return all.filter(file -> file.toString().endsWith(".java"))
          .collect(toMap(file -> file, SizesTest::count));
    }
  }

  private static long count(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
