package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandThread.PATIENCE;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.libc.PathBytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each output of the command makes of a name that somebody has chosen to do harm with it. */
final class HostileNamesTest {

  @TempDir private Path temp;

  /** A name; its bytes with one char each, how people see it, and whether CSV quotes it. */
  enum Name {
    OF_TWO_LINES("x\nFORGED y", "x\\nFORGED y", true),
    OF_AN_ESCAPE("\033]0;x\007\033[2J", "\\x1B]0;x\\x07\\x1B[2J", false),
    OF_255_BYTES("\302\233".repeat(127) + "n", "\\u{009B}".repeat(127) + "n", false),
    OF_NO_TEXT("\377\033%s\376", "\\xFF\\x1B%s\\xFE", false),
    OF_A_CONTROL_BYTE("\233" + "2J", "\\x9B2J", false),
    OF_TEXT_TURNED_ROUND("a\342\200\256gpj.exe", "a\\u{202E}gpj.exe", false),
    OF_A_SHELLS_WORDS("$(id)`id`;\"'", "$(id)`id`;\"'", true),
    OF_AN_OPTION("--help", "--help", false);

    final String latin1;
    final String shown;
    final boolean isQuoted;

    Name(String latin1, String shown, boolean isQuoted) {
      this.latin1 = latin1;
      this.shown = shown;
      this.isQuoted = isQuoted;
    }

    byte[] bytes() {
      return latin1.getBytes(ISO_8859_1);
    }

    String csv(String field) {
      return isQuoted ? "\"" + field.replace("\"", "\"\"") + "\"" : field;
    }
  }

  @ParameterizedTest
  @EnumSource
  void noOutputIsSteered_orHasALineThatIsForged(Name name) throws Exception {
    Path directory = Files.createDirectory(PathBytes.resolve(temp, name.bytes()));
    String argument = temp + "/" + name.latin1;
    String shown = temp + "/" + name.shown + "/";
    Path saved = temp.resolve("saved");
    assertThat(end("snapshot", "save", argument, saved.toString()).out()).isEmpty();
    List<CommandThread> watching =
        Stream.of("watch", "watch --json", "watch --csv", "stats", "stats --json")
            .map(words -> start(words + " -e create", argument))
            .toList();
    CommandThread exec = exec(argument);

    Files.createFile(PathBytes.resolve(directory, name.bytes()));

    String handed = argument + "/" + name.latin1;
    await().until(() -> read("handed"), (handed + "\0" + handed + "\n1\n")::equals);
    assertThat(exec.out()).isEmpty();
    String line = shown + " CREATE " + name.shown + "\n";
    assertThat(end("snapshot", "diff", argument, saved.toString()).out()).isEqualTo(line);
    assertPath(json(end("snapshot", "diff", "--json", argument, saved.toString())), handed);
    assertThat(end("doctor", argument).out()).contains("\n" + chopped(shown) + ": directory\n");
    JsonObject doctor = json(end("doctor", "--json", argument));
    assertPath(doctor.getAsJsonArray("paths").get(0).getAsJsonObject(), argument);

    Files.delete(PathBytes.resolve(directory, name.bytes()));
    Files.delete(directory);

    await()
        .atMost(PATIENCE)
        .until(() -> exec.err().contains("\ninotify4j: " + chopped(shown) + ": "));
    exec.close();
    assertThat(exec.exitCode()).isEqualTo(1);
    assertThat(HostileMessagesTest.isPlain(exec.errAsLatin1())).as(exec.err()).isTrue();
    assertThat(ended(watching.get(0)).out()).isEqualTo(line + shown + " IGNORED \n");
    assertPath(json(watching.get(1)), handed);
    assertThat(ended(watching.get(2)).outAsLatin1())
        .startsWith(name.csv(argument + "/") + ",CREATE," + name.csv(name.latin1) + "\n");
    assertThat(ended(watching.get(3)).out())
        .isEqualTo("total  create  filename\n1      1       " + shown + "\n");
    assertPath(json(watching.get(4)), argument + "/");
  }

  private static CommandThread start(String words, String path) {
    String[] arguments =
        Stream.concat(Stream.of(words.split(" ")), Stream.of(path)).toArray(String[]::new);
    return CommandThread.start(arguments).awaitWatching();
  }

  /** Runs a command for each batch that writes down what it is handed, in three ways. */
  private CommandThread exec(String argument) {
    String script =
        "{ cat; printf '%s\\n%s\\n' \"$INOTIFY4J_PATHS\" $INOTIFY4J_COUNT; } > \"$1\".new && mv \"$1\".new \"$1\"";
    return CommandThread.start(
            "exec", "--stdin", "-0", argument, "--", "sh", "-c", script, "sh", temp + "/handed")
        .awaitWatching();
  }

  private String read(String name) throws IOException {
    Path file = temp.resolve(name);
    return Files.exists(file) ? new String(Files.readAllBytes(file), ISO_8859_1) : "";
  }

  private static CommandThread end(String... arguments) throws Exception {
    return ended(CommandThread.start(arguments));
  }

  /** One that has ended, and has nothing to say that steers a terminal. */
  private static CommandThread ended(CommandThread command) throws Exception {
    assertThat(command.exitCode()).isBetween(0, 1);
    assertThat(HostileMessagesTest.isPlain(command.errAsLatin1())).as(command.err()).isTrue();
    return command;
  }

  /** The first line, of which nothing steers a terminal. */
  private static JsonObject json(CommandThread command) throws Exception {
    String line = ended(command).out().lines().findFirst().orElseThrow();
    assertThat(HostileMessagesTest.isPlain(RawArguments.latin1(line))).as(line).isTrue();
    return JsonParser.parseString(line).getAsJsonObject();
  }

  private static void assertPath(JsonObject json, String latin1) {
    byte[] bytes = latin1.getBytes(ISO_8859_1);
    String text = new String(bytes, UTF_8);
    assertThat(json.get("path").getAsString()).isEqualTo(text);
    if (text.indexOf('\uFFFD') < 0) {
      assertThat(json.has("pathBase64")).isFalse();
    } else {
      assertThat(Base64.getDecoder().decode(json.get("pathBase64").getAsString())).isEqualTo(bytes);
    }
  }

  private static String chopped(String path) {
    return path.substring(0, path.length() - 1);
  }
}
