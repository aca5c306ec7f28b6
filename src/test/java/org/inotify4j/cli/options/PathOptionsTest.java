package org.inotify4j.cli.options;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inotify4j.cli.CommandThread;
import org.inotify4j.cli.roots.TreeOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left out of a tree, in which words. */
class PathOptionsTest {

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "d, d/skip, /skip",
    "d/, d/skip/, /skip",
    "d, d/a/b, /a/b",
    "/, /proc, /proc",
    "d, 'd/a *?[x]', '/a\\ \\*\\?\\[x]'",
    "d, d/!x, /!x",
    "d, e/skip, ",
    "d, d, ",
    "d, d/, ",
    "d, dd/x, ",
    "d, d//x, ",
    "d, d/../x, ",
  })
  void anExcludedPath_isAPatternBelowItsRoot(String root, String excluded, String pattern) {
    TreeOptions options =
        new TreeOptions(
            true, true, List.of(), false, List.of(excluded.getBytes(ISO_8859_1)), List.of());

    assertThat(options.patterns(root.getBytes(ISO_8859_1)))
        .extracting(bytes -> new String(bytes, ISO_8859_1))
        .isEqualTo(pattern == null ? List.of() : List.of(pattern));
  }

  @Test
  void anIgnoreFile_isReadAsAGitignore_andTheCommandLineDecides() throws Exception {
    Path dir = Files.createDirectories(temp.resolve("d"));
    for (String name : List.of("a", "b", "c")) {
      Files.createDirectory(dir.resolve(name));
    }
    Path file =
        Files.writeString(temp.resolve("ignore"), "\uFEFF!first\n# a comment\n\n*\r\n!b\n", UTF_8);
    try (CommandThread command =
        CommandThread.start(
            "watch",
            "-r",
            "--initial",
            "-e",
            "create",
            "--ignore-file",
            file.toString(),
            "--ignore",
            "!c",
            dir.toString())) {
      command.awaitWatching();
      await().atMost(CommandThread.PATIENCE).until(() -> command.out().contains("READY"));
      assertThat(command.out())
          .isEqualTo(dir + "/ EXISTS,ISDIR b\n" + dir + "/ EXISTS,ISDIR c\n" + dir + "/ READY \n");
    }
  }

  @Test
  void aPatternOfAFileThatMatchesNothing_isNamedWithItsLine() throws Exception {
    Path file = Files.writeString(temp.resolve("ignore"), "a\n[\n");
    CommandThread command =
        CommandThread.start("watch", "-r", "--ignore-file", file.toString(), temp.toString());

    assertThat(command.exitCode()).isEqualTo(1);
    assertThat(command.err()).startsWith("inotify4j: --ignore-file: " + file + ", line 2: ");
  }
}
