package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inotify4j.cli.HostileNamesTest.Name;
import org.inotify4j.libc.PathBytes;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the command says of a name that somebody has chosen to do harm with it, where it fails. */
final class HostileMessagesTest {

  @TempDir private Path temp;

  @ParameterizedTest
  @EnumSource
  void noMessageIsSteered_orHasALineThatIsForged(Name name) throws Exception {
    Path directory = Files.createDirectory(PathBytes.resolve(temp, name.bytes()));
    Files.writeString(directory.resolve("file"), "text");
    Path link = temp.resolve("link");
    Path gone = Files.createDirectory(temp.resolve("gone"));
    Files.createSymbolicLink(link, PathBytes.resolve(gone, name.bytes()));
    String hostile = temp + "/" + name.latin1;
    String missing = hostile + "/none";
    String below = hostile + "/file/none";
    String plain = temp.toString();
    String command = name.latin1.substring(0, Math.min(100, name.latin1.length())) + "x";

    Map<String, String> steered = new TreeMap<>();
    for (List<String> arguments :
        List.of(
            List.of("watch", "-t", "0.01", missing),
            List.of("watch", "-r", "-t", "0.01", missing),
            List.of("watch", "-t", "0.01", below),
            List.of("watch", "--fromfile", missing),
            List.of("watch", "-o", hostile, plain),
            List.of("watch", "-r", "--ignore-file", missing, plain),
            List.of("watch", "-e", name.latin1, plain),
            List.of("watch", "--" + name.latin1, plain),
            List.of("stats", "-t", "0.01", missing),
            List.of("stats", "-d", name.latin1, plain),
            List.of("exec", plain, "--", command),
            List.of("exec", "--exclude", "a/" + name.latin1 + "/../b", plain, "--", "true"),
            List.of("snapshot", "save", missing, temp + "/saved"),
            List.of("snapshot", "save", plain, hostile),
            List.of("snapshot", "save", plain, below),
            List.of("snapshot", "diff", plain, missing),
            List.of("snapshot", "diff", plain, hostile + "/file"),
            List.of("snapshot", command),
            List.of("doctor", missing, below, link.toString()),
            List.of("doctor", "--json", missing, below, link.toString()),
            List.of("doctor", "--probe", hostile, hostile + "/file"),
            List.of(command))) {
      CommandThread run = CommandThread.start(arguments.toArray(String[]::new));
      int exitCode = run.exitCode();
      String said = run.outAsLatin1() + run.errAsLatin1();
      if (said.isEmpty() || !isPlain(said) || said.contains("unexpected failure")) {
        steered.put(String.join(" ", arguments), exitCode + ": " + said);
      }
    }
    assertThat(steered).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EXCLUDE,
      names = {"OF_AN_OPTION", "OF_A_SHELLS_WORDS"})
  void aNameThatIsNotEscaped_wouldBeFound(Name name) {
    assertThat(isPlain("a " + name.latin1)).isFalse();
    assertThat(isPlain("a " + name.shown)).isTrue();
  }

  /**
   * Whether it is text, no character of it steers a terminal, hides or turns others round, and no
   * line is forged.
   *
   * @param said one char a byte
   */
  static boolean isPlain(String said) {
    byte[] bytes = said.getBytes(ISO_8859_1);
    String text = new String(bytes, UTF_8);
    return Arrays.equals(text.getBytes(UTF_8), bytes)
        && text.lines().noneMatch(line -> line.startsWith("FORGED"))
        && text.codePoints().allMatch(c -> c == '\n' || !isUnsafe(c));
  }

  private static boolean isUnsafe(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT;
  }
}
