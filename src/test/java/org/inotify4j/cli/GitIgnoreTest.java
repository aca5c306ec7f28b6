package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.cli.base.Console;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --gitignore} leaves out of a tree. */
final class GitIgnoreTest {

  @TempDir private Path temp;

  @BeforeEach
  void makeTree() throws IOException {
    for (String name : List.of(".git/info", "src/build", "build/deep", "private", "src/sub")) {
      Files.createDirectories(temp.resolve(name));
    }
    Files.writeString(temp.resolve(".gitignore"), "*.log\nbuild/\n", UTF_8);
    Files.writeString(temp.resolve("src/.gitignore"), "!keep.log\n!build/\n", UTF_8);
    Files.writeString(temp.resolve(".git/info/exclude"), "private\n", UTF_8);
    // No directory, so the rule is not about it.
    Files.createFile(temp.resolve("src/sub/build"));
  }

  @Test
  void watch_neitherWatchesNorPrintsIt() throws Exception {
    try (CommandThread command = watch()) {
      for (String name : List.of(".git/index", "build/deep/f", "private/f", "a.log", "src/b.log")) {
        Files.createFile(temp.resolve(name));
      }
      Files.createFile(temp.resolve("src/build/f"));
      Files.createFile(temp.resolve("src/keep.log"));
      Files.delete(temp.resolve("build/deep/f"));
      Files.delete(temp.resolve("build/deep"));
      Files.delete(temp.resolve("build"));
      Files.delete(temp.resolve("src/sub/build"));
      Files.createFile(temp.resolve("last"));
      await().atMost(CommandThread.PATIENCE).until(() -> command.out().contains("CREATE last"));
      assertThat(command.out())
          .isEqualTo(
              """
              T/src/build/ CREATE f
              T/src/ CREATE keep.log
              T/src/sub/ DELETE build
              T/ CREATE last
              """
                  .replace("T/", temp + "/"));
      assertThat(command.err()).isEqualTo("Watching 4 directories; Ctrl-C ends.\n");
    }
  }

  @Test
  void watch_readsTheRulesOfADirectoryOnce_andPatternsTakeNoneBack() throws Exception {
    try (CommandThread command = watch("--ignore", "*.txt", "--ignore", "!*.log")) {
      Files.createDirectories(temp.resolve("build/more"));
      Path made = Files.createDirectory(temp.resolve("new"));
      await()
          .atMost(CommandThread.PATIENCE)
          .until(() -> command.out().contains("CREATE,ISDIR new"));
      Files.writeString(temp.resolve(".gitignore"), "", UTF_8);
      Files.createFile(made.resolve("a.log"));
      Files.createFile(made.resolve("a.txt"));
      Files.createFile(made.resolve("last"));
      await().atMost(CommandThread.PATIENCE).until(() -> command.out().contains("CREATE last"));
      assertThat(command.out()).isEqualTo(temp + "/ CREATE,ISDIR new\n" + made + "/ CREATE last\n");
    }
  }

  private CommandThread watch(String... more) {
    List<String> all = new ArrayList<>(List.of("watch", "-r", "--gitignore"));
    all.addAll(List.of(more));
    all.addAll(List.of("-e", "create,delete", temp.toString()));
    return CommandThread.start(all.toArray(new String[0])).awaitWatching();
  }

  @Test
  void stats_countsAndListsTheOthers() throws Exception {
    String root = temp.toString();
    try (CommandThread command =
        CommandThread.start(
                "stats", "-r", "-z", "--gitignore", "-e", "create", "--json", "-t", "1", root)
            .awaitWatching()) {
      Files.createFile(temp.resolve("a.log"));
      Files.createFile(temp.resolve("private/f"));
      Files.createFile(temp.resolve("src/f"));
      assertThat(command.exitCode()).isZero();
      assertThat(command.out().lines())
          .extracting(line -> JsonParser.parseString(line).getAsJsonObject())
          .extracting(row -> row.get("path").getAsString() + " " + row.get("total").getAsLong())
          .containsExactlyInAnyOrder(
              root + "/ 0", root + "/src/ 1", root + "/src/build/ 0", root + "/src/sub/ 0");
    }
  }

  @Test
  void doctor_countsTheOthers() {
    String all = run("doctor", "--json", temp.toString());
    String some = run("doctor", "--json", "--gitignore", "--exclude", "sub/", temp.toString());
    assertThat(List.of(watches(all), watches(some))).containsExactly(9L, 3L);
  }

  private static long watches(String json) {
    return JsonParser.parseString(json)
        .getAsJsonObject()
        .getAsJsonArray("paths")
        .get(0)
        .getAsJsonObject()
        .get("watches")
        .getAsLong();
  }

  private static String run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int unused = Main.run(new Console(out, new ByteArrayOutputStream()), arguments);
    return out.toString(UTF_8);
  }
}
