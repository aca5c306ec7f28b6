package org.inotify4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandProcess.shell;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes that inotifywait and the command see at the same time, and what both print of them.
 *
 * @param options of both commands, with a space between them; {d} stands for the directory, {t} for
 *     what it is in
 * @param script what is done in the directory
 * @param expected what both print
 */
record WatchCase(String options, String script, String expected) {

  @Override
  public String toString() {
    return options;
  }

  /** The options as arguments. */
  List<String> arguments(Path temp) {
    List<String> arguments = new ArrayList<>();
    for (String option : options.split(" ", -1)) {
      arguments.add(in(option, temp));
    }
    return arguments;
  }

  static String in(String text, Path temp) {
    return text.replace("{d}", temp.resolve("d").toString()).replace("{t}", temp.toString());
  }

  /** Skips a test where inotifywait is not installed. */
  static void findInotifywait() throws Exception {
    if (!CommandProcess.succeeds("command -v inotifywait")) {
      System.out.println("skipped: inotifywait is not installed");
      abort("inotifywait is not installed");
    }
  }

  /**
   * What there is before the changes: a directory d with others in it, a link to it, and a list.
   */
  static void makeFiles(Path temp) throws IOException {
    Path dir = Files.createDirectory(temp.resolve("d"));
    Files.createDirectories(dir.resolve("s"));
    Files.createDirectories(dir.resolve("skip"));
    Files.writeString(dir.resolve("file"), "text");
    Files.createSymbolicLink(temp.resolve("link"), dir);
    Files.writeString(temp.resolve("list"), in("{d}\n\n@{d}/skip\n", temp));
  }

  /** Has both watch, makes the changes, and compares what they print. */
  void compare(Path temp) throws Exception {
    compare(temp, "");
  }

  /** The same, with something at the standard input of both. */
  void compare(Path temp, String input) throws Exception {
    List<String> arguments = arguments(temp);
    String printed = in(expected, temp);
    try (Inotifywait theirs = Inotifywait.start(temp, "inotifywait", arguments, input)) {
      theirs.awaitWatching();
      try (CommandThread ours = ours(arguments, input).awaitWatching()) {
        shell(temp.resolve("d"), script);
        await()
            .atMost(CommandThread.PATIENCE)
            .pollInterval(Duration.ofMillis(5))
            .untilAsserted(
                () -> {
                  assertThat(theirs.out()).isEqualTo(printed);
                  assertThat(ours.out()).isEqualTo(printed);
                });
      } finally {
        shell(temp, "rm -r d");
      }
    }
  }

  static CommandThread ours(List<String> arguments) {
    return ours(arguments, "");
  }

  static CommandThread ours(List<String> arguments, String input) {
    List<String> all = new ArrayList<>(List.of("watch"));
    all.addAll(arguments);
    return CommandThread.withInput(input, all.toArray(new String[0]));
  }
}
