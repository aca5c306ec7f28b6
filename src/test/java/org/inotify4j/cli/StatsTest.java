package org.inotify4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.cli.CommandProcess.shell;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of {@code stats}: what is counted, in which order, and that inotifywatch agrees. */
class StatsTest {

  private static final String SCRIPT =
      "for i in 1 2 3 4; do : > a/$i; done; mv b/f b/g; chmod 700 b/g; : > c; rm c";

  @TempDir Path temp;

  @BeforeEach
  void makeTree() throws IOException {
    Files.createDirectories(temp.resolve("d/a"));
    Files.createDirectories(temp.resolve("d/b/empty"));
    Files.createFile(temp.resolve("d/b/f"));
    Files.createSymbolicLink(temp.resolve("link"), temp.resolve("d/a"));
    Files.writeString(temp.resolve("list"), WatchCase.in("{d}\n@{d}/b/empty\n", temp));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-r -e create,move,attrib,delete {d}",
        "-r -e create -e attrib -a create {d}",
        "-r -e create,attrib,moved_to -d total {d}",
        "-r -e create,attrib,move,delete --ascending total {d}",
        "-r -e create,attrib --exclude /b/ {d}",
        "-r -e create,attrib --excludei /B/ {d}",
        "-r -e create,attrib --exclude /a/ --exclude /b/ {d}",
        "-r -e create,attrib --include /a/ {d}",
        "-r -e create,attrib --includei /A/ {d}",
        "-r -z -e create,delete,attrib,modify -d create {d} @{d}/b/empty",
        "-v -e create,delete,close_write {d}",
        "-v -r -r -v -I -I -d create -d delete -t 1 -t 60 -e create,delete {d}",
        "--verbose --recursive --zero --inotify --event create --descending create {d} @{d}/b/empty",
        "-r -e create,move,attrib {d} {d}/b",
        "-r -e create,move,attrib {d}/a {d}",
        "-e create,move,attrib {d}/b {d}/a",
        "-e create,move_self {d}/b {d}/b/f",
        "-P -e attrib,create {t}/link {d}/a",
        "-P -e attrib,create {t}/link/ {d}/b",
        "-r -P -e attrib,create,moved_to {t}/link",
        "--no-dereference -e create {t}/link {d}",
        "--fromfile {t}/list -r -e create,move,attrib,delete",
        "--fromfile {t}/list -e create,delete {d}/a",
        "--fromfile - -e create,delete,attrib -r {d}/a",
      })
  @SuppressWarnings("try") // It is to have ended before what it printed is read.
  void theTable_isThatOfInotifywatch(String options) throws Exception {
    if (!CommandProcess.succeeds("command -v inotifywatch")) {
      System.out.println("skipped: inotifywatch is not installed");
      abort("inotifywatch is not installed");
    }
    List<String> arguments = new WatchCase(options, "", "").arguments(temp);
    String input = temp.resolve("d/b") + "\n";
    try (Inotifywait theirs = Inotifywait.start(temp, "inotifywatch", arguments, input)) {
      theirs.awaitWatching();
      arguments.add(0, "stats");
      try (CommandThread ours =
          CommandThread.withInput(
              options.contains("--fromfile -") ? input : "", arguments.toArray(new String[0]))) {
        ours.awaitWatching();
        shell(temp.resolve("d"), SCRIPT);
        theirs.awaitIdle();
        theirs.interrupt();
        ours.close();

        assertThat(theirs.exitCode()).isEqualTo(ours.exitCode()).isZero();
        assertThat(ours.out()).isEqualTo(theirs.out());
      }
    }
  }

  @Test
  void json_isOneObjectAPath_andATimeEndsIt() throws Exception {
    Path dir = temp.resolve("d");
    CommandThread command =
        CommandThread.start(
            "stats", "-r", "-t", "1", "--json", "-e", "create,delete", dir.toString());
    command.awaitWatching();
    shell(dir, "mkdir a/1 a/2; rmdir a/1");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out())
        .isEqualTo(
            "{\"path\":\"" + dir + "/a/\",\"total\":3,\"events\":{\"create\":2,\"delete\":1}}\n");
    assertThat(command.err()).isEqualTo("Counting; Ctrl-C ends.\n");
  }

  @Test
  void whatIsMissing_isSaid() throws Exception {
    String none = temp.resolve("none").toString();
    CommandThread command = CommandThread.start("stats", "-t", "0.1", none);

    assertThat(command.exitCode()).isZero();
    assertThat(command.err())
        .isEqualTo(none + ": not there yet\nCounting; Ctrl-C ends.\nNo events occurred.\n");
  }

  @ParameterizedTest
  @CsvSource({"a, 1 watch", "b, 2 watches"})
  void verbose_saysHowManyWatchesThereAre(String directory, String watches) throws Exception {
    String path = temp.resolve("d").resolve(directory).toString();
    CommandThread command = CommandThread.start("stats", "-r", "-v", "-t", "0.1", path);

    assertThat(command.exitCode()).isZero();
    assertThat(command.err())
        .isEqualTo("Counting, with " + watches + "; Ctrl-C ends.\nNo events occurred.\n");
  }

  @Test
  void nothing_isSaidSo() throws Exception {
    CommandThread command = CommandThread.start("stats", "-t", "0.1", temp.resolve("d").toString());

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).isEmpty();
    assertThat(command.err()).isEqualTo("Counting; Ctrl-C ends.\nNo events occurred.\n");
  }

  @Test
  void nothing_isNotSaidByQuiet() throws Exception {
    CommandThread command =
        CommandThread.start("stats", "-q", "-t", "0.1", temp.resolve("d").toString());

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).isEmpty();
    assertThat(command.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-a close", "-d move", "-a zoo", "-a create -d delete", "-e delete -a create"})
  void anOrderThatIsNone_isRefused(String options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("stats"));
    arguments.addAll(List.of(options.split(" ")));
    arguments.add(temp.toString());

    assertThat(CommandThread.start(arguments.toArray(new String[0])).exitCode()).isEqualTo(1);
  }
}
