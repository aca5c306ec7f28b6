package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and paths as bytes, here one char each, whatever they are and whatever is there. */
final class PathBytesTest {

  @TempDir private Path directory;

  private static String of(Path path) {
    String terminated = new String(PathBytes.of(path), ISO_8859_1);
    assertThat(terminated).endsWith("\0");
    return terminated.substring(0, terminated.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "\u00C3\u00A9", "\u00FF\u00FE", "\u00EF\u00BF\u00BD", "%FF", "\u00FF \n+%?#"})
  void areExact(String name) throws Exception {
    byte[] bytes = name.getBytes(ISO_8859_1);
    Path relative = PathBytes.resolve(Path.of(""), bytes);
    assertThat(of(relative)).isEqualTo(name);
    assertThat(of(Path.of("..").resolve(relative).resolve("b"))).isEqualTo("../" + name + "/b");
    assertThat(PathBytes.nameOf(relative)).isEqualTo(bytes);
    Path absolute = PathBytes.resolve(directory, bytes);
    assertThat(of(absolute)).isEqualTo(of(directory) + "/" + name);
    assertThat(of(Files.createDirectory(absolute))).isEqualTo(of(directory) + "/" + name);
    assertThat(PathBytes.nameOf(absolute)).isEqualTo(bytes);
  }
}
