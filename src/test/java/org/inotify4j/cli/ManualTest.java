package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.doctor.DoctorCommand;
import org.inotify4j.cli.exec.ExecCommand;
import org.inotify4j.cli.snapshot.SnapshotDiffCommand;
import org.inotify4j.cli.snapshot.SnapshotSaveCommand;
import org.inotify4j.cli.stats.StatsCommand;
import org.inotify4j.cli.watch.WatchCommand;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** The manual page, and the completion of bash. */
class ManualTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @TempDir Path temp;

  private String print(String command) {
    assertThat(Main.run(new Console(out, out), command)).isZero();
    return out.toString(UTF_8);
  }

  @Test
  void thePage_hasEachCommandAndOption() {
    assertThat(print("man"))
        .startsWith(".TH INOTIFY4J 1 ")
        .contains("\n.SH \"WATCH\"\n", "\n.SH \"STATS\"\n", "\n.SH \"SNAPSHOT SAVE\"\n")
        .contains("\n\\fB\\-t\\fR, \\fB\\-\\-timeout\\fR \\fISECONDS\\fR\n")
        .contains("\n\\fB\\-\\-poll\\fR[=\\fISECONDS\\fR]\n")
        .contains("\n  %w  the watched path, with a slash at the end of a directory\\(aqs\n")
        .contains("    %n  a newline\n")
        .doesNotContain("%%%", "${", "@|");
  }

  static List<Class<?>> commands() {
    return List.of(
        WatchCommand.class,
        ExecCommand.class,
        StatsCommand.class,
        SnapshotSaveCommand.class,
        SnapshotDiffCommand.class,
        DoctorCommand.class);
  }

  /** A longer one would be broken where it was not meant to be. */
  @ParameterizedTest
  @MethodSource("commands")
  void linesBelowTheOptions_areAsWideAsTheHelp(Class<?> command) {
    assertThat(command.getAnnotation(Command.class).footer())
        .extracting(line -> line.replace("%%", "%"))
        .allMatch(line -> line.length() <= Main.HELP_WIDTH);
  }

  @ParameterizedTest
  @ValueSource(strings = {"man", "completion", "doctor", "--help"})
  void whereItCannotBePrinted_thatIsSaid(String command) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    assertThat(Main.run(new Console(full, err), command)).isNotZero();
    assertThat(err.toString(UTF_8))
        .isEqualTo("inotify4j: standard output: No space left on device\n");
  }

  @Test
  void thePage_isOneForMan() throws Exception {
    if (!CommandProcess.succeeds("command -v groff")) {
      System.out.println("skipped: groff is not installed");
      abort("groff is not installed");
    }
    Path page = Files.writeString(temp.resolve("inotify4j.1"), print("man"));

    String said = CommandProcess.shell(temp, "groff -man -ww -Tascii " + page + " 2>&1 >/dev/null");
    assertThat(said.lines().filter(line -> !line.contains("adjust line"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'inotify4j ', 'completion doctor exec man snapshot stats watch'",
    "'inotify4j snapshot ', 'diff save'",
    "'inotify4j watch --time', '--timefmt --timeout'",
    "'inotify4j watch --color ', ''",
  })
  void bash_completesWords(String line, String expected) throws Exception {
    if (!CommandProcess.succeeds("command -v bash")) {
      System.out.println("skipped: there is no bash");
      abort("there is no bash");
    }
    Path script = Files.writeString(temp.resolve("completion"), print("completion"));
    List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
    String last = words.get(words.size() - 1);
    String program =
        "source "
            + script
            + "; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\";"
            + " _complete_inotify4j; compgen -W \"${COMPREPLY[*]}\" -- '"
            + last
            + "' | sort -u";
    assertThat(bash(program, words))
        .containsExactlyElementsOf(
            expected.isEmpty() ? List.of() : List.of(expected.split(" ", -1)));
  }

  private static List<String> bash(String program, List<String> words)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("bash", "-c", program, "bash"));
    line.addAll(words);
    Process bash = new ProcessBuilder(line).redirectErrorStream(true).start();
    String said = new String(bash.getInputStream().readAllBytes(), UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    return said.lines().filter(word -> !word.contains("compopt: ")).toList();
  }
}
