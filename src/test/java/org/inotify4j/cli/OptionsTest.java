package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.EventNames;
import org.inotify4j.cli.base.RawArguments;
import org.inotify4j.cli.options.TimeoutConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OptionsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void event_isInotifywaitsNameInAnyCase() {
    EventNames names = new EventNames();

    assertThat(names.convert("close_write")).isEqualTo(Flag.CLOSE_WRITE.bit());
    assertThat(names.convert("Close")).isEqualTo(Mask.CLOSE);
    assertThat(names.convert("MOVE")).isEqualTo(Mask.MOVE);
    assertThat(names.convert("unmount")).isEqualTo(Flag.UNMOUNT.bit());
  }

  @Test
  void anUnknownEvent_isNamedWithTheKnownOnes() {
    assertThat(run("watch", "-e", "create,zoo", ".")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo(
            "inotify4j: Invalid value for option '--event' (EVENT[,EVENT...]): no such event: 'zoo' (there"
                + " are: access, attrib, close, close_nowrite, close_write, create, delete,"
                + " delete_self, modify, move, move_self, moved_from, moved_to, open, unmount);"
                + " 'inotify4j watch --help' says what there is\n");
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1000", "0.25, 250", "0.0000001, 1", "1e3, 1000000"})
  void timeout_isInSeconds(String seconds, long millis) {
    assertThat(new TimeoutConverter().convert(seconds)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "x", "", "NaN", "1e999999999"})
  void timeout_thatIsNone_isRefused(String seconds) {
    assertThatThrownBy(() -> new TimeoutConverter().convert(seconds))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "watch",
        "watch --foo .",
        "watch -t x .",
        "watch --format %q .",
        "watch --json --format %w .",
        "watch --no-newline .",
        "watch --ignore .git .",
        "watch --gitignore .",
        "stats --gitignore .",
        "watch -r --ignore [ .",
        "watch -r --ignore !x .",
        "watch --exclude ( .",
        "watch --include a{ .",
        "watch --include a --includei b .",
        "watch --format %T .",
        "watch --timefmt %s .",
        "watch --csv --json .",
        "watch --color=maybe .",
        "watch --once -m .",
        "watch -d .",
        "watch @x",
        "watch --fromfile /no/such/file",
        "watch -r -t 1 --exclude a{1 .",
        "other",
      })
  void wrongUse_isOneLineOnStandardErrorAndExitCode1(String line) {
    assertThat(run(line.split(" "))).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).startsWith("inotify4j: ").containsOnlyOnce("\n").endsWith("\n");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      delimiter = '|',
      value = {
        "wach | no such command: 'wach'",
        "snapshot sav | no such command: 'sav'",
        "watch --exclude a{1 . | \\{ is the character",
        "watch -r --ignore a\\ . | 'a\\'",
        "\"watch -r --ignore !\u00FF\n .\" | '!\\xFF\\n'",
        "watch -r -t 0.1 {t}/n | {t}/n: not there yet; should a directory come, what is in it is not",
        "watch . -o {t}/none/x | --outfile: cannot write to {t}/none/x: no such file or directory",
        "watch . -o {t} | --outfile: cannot write to {t}: Is a directory",
        "watch --fromfile {t}/none | --fromfile: cannot read {t}/none: no such file or directory",
        "watch --fromfile {t} | --fromfile: cannot read {t}: Is a directory",
        "watch -r . --ignore-file {t}/none | --ignore-file: cannot read {t}/none: no such file or",
      })
  void messages_haveTheReason_andWhatWasGiven(String line, String said, @TempDir Path temp) {
    String[] args = line.replace("{t}", temp.toString()).split(" ");
    assertThat(run(args)).isNotZero();
    assertThat(err.toString(UTF_8)).contains(said.replace("{t}", temp.toString()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "watch _",
        "watch -r _",
        "watch --initial _",
        "stats _",
        "doctor _",
        "exec _ -- true",
        "snapshot save _ {t}/f",
        "snapshot save {t} _",
        "snapshot diff _ {t}/f",
        "snapshot diff {t} _"
      })
  void aPathWithoutAName_isRefused(String line, @TempDir Path temp) {
    String[] args = line.replace("{t}", temp.toString()).split(" ");
    Arrays.asList(args).replaceAll(word -> word.equals("_") ? "" : word);

    assertThat(run(args)).isEqualTo(line.matches("(doctor|snapshot).*") ? 2 : 1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).isEqualTo("inotify4j: '': no such file or directory\n");
    assertThat(temp).isEmptyDirectory();
  }

  @Test
  void aPathWithANul_isRefused(@TempDir Path temp) throws Exception {
    Path list = Files.writeString(temp.resolve("list"), "a\0b\n");
    assertThat(run("watch", "--fromfile", list.toString())).isEqualTo(1);
    assertThat(out.toString(UTF_8)).isEmpty();
    assertThat(err.toString(UTF_8)).isEqualTo("inotify4j: a\\x00b: no path can have a NUL in it\n");
  }

  @Test
  void rawArguments_areTheLastOnesOfTheProcess(@TempDir Path temp) throws Exception {
    byte[] line = "java\0-jar\0x.jar\0watch\0\0__\0".getBytes(UTF_8);
    line[line.length - 3] = (byte) 0xFF;
    line[line.length - 2] = (byte) 0xFE;
    Path file = Files.write(temp.resolve("cmdline"), line);

    String[] raw = RawArguments.latin1(new String[] {"watch", "", "\uFFFD\uFFFD"}, file);

    assertThat(raw).containsExactly("watch", "", "\u00FF\u00FE");
    assertThat(RawArguments.bytes(raw[2])).containsExactly(0xFF, 0xFE);
  }

  @Test
  void rawArguments_withoutTheProcessesOwn_areUtf8(@TempDir Path temp) {
    String[] raw = RawArguments.latin1(new String[] {"\u00E9"}, temp.resolve("none"));

    assertThat(RawArguments.text(raw[0])).isEqualTo("\u00E9");
  }

  private int run(String... args) {
    return Main.run(new Console(out, err), args);
  }

  @Test
  void whatFollowsAnOptionWithoutItsValue_isAPath() {
    assertThat(OptionalValues.attach(new String[] {"watch", "--color", "d", "--", "--poll"}))
        .containsExactly("watch", "--color=always", "d", "--", "--poll");
  }
}
