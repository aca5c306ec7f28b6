package org.inotify4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandProcess.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the command prints the same as inotifywait, option by option, of the same changes. */
class InotifywaitTest {

  @TempDir Path temp;
  private Path dir;

  private static Stream<WatchCase> cases() {
    String files = "mkdir n; : > a.txt; mv a.txt b.TXT; rm b.TXT; rmdir n";
    return Stream.of(
        new WatchCase(
            "-m {d}",
            files,
            """
            {d}/ CREATE,ISDIR n
            {d}/ CREATE a.txt
            {d}/ OPEN a.txt
            {d}/ CLOSE_WRITE,CLOSE a.txt
            {d}/ MOVED_FROM a.txt
            {d}/ MOVED_TO b.TXT
            {d}/ DELETE b.TXT
            {d}/ DELETE,ISDIR n
            """),
        new WatchCase("-m -e create,delete -e move {d}/", files, ofFiles("{d}/ %e %f\n")),
        new WatchCase(
            "--monitor --csv --event create,delete,move {d}",
            files.replace("n;", "'n,\"m';").replace("rmdir n", "rmdir n*"),
            """
            {d}/,"CREATE,ISDIR","n,""m"
            {d}/,CREATE,a.txt
            {d}/,MOVED_FROM,a.txt
            {d}/,MOVED_TO,b.TXT
            {d}/,DELETE,b.TXT
            {d}/,"DELETE,ISDIR","n,""m"
            """),
        new WatchCase(
            "-m --exclude \\.txt$ -e create,delete,move {d}", files, ofFiles("a.txt", "")),
        new WatchCase(
            "-m --excludei \\.TxT$ -e create,delete,move {d}",
            files,
            "{d}/ CREATE,ISDIR n\n{d}/ DELETE,ISDIR n\n"),
        new WatchCase(
            "-m --exclude (([a-z]|[a-f])+)+\\.bak$ -e create {d}",
            ": > " + "a".repeat(40) + ".bak; mkdir " + "a".repeat(40) + "_",
            "{d}/ CREATE,ISDIR " + "a".repeat(40) + "_\n"),
        new WatchCase(
            "-m --include d/[[:alpha:]]\\.txt$ -e create,delete,move {d}",
            files,
            "{d}/ CREATE a.txt\n{d}/ MOVED_FROM a.txt\n"),
        new WatchCase(
            "-m --includei (a|b)\\.txt$ -e create,delete,move {d}", files, ofFiles(" n", "")),
        new WatchCase(
            "-m --format %w|%f|%e|%:e|%% -e create,delete,move {d}",
            files, ofFiles("{d}/|%f|%e|%:e|%\n")),
        new WatchCase(
            "-m --no-newline --format %w%f%0%n -e create {d}", files, "{d}/n\0\n{d}/a.txt\0\n"),
        new WatchCase(
            "-m --timefmt %C%%_%u --format %T|%f -e attrib {d}", "chmod 700 s", "NOW|s\n"),
        new WatchCase(
            "-m -r -e create,delete,move {d}",
            ": > s/f; mv s/f skip/g; rm skip/g",
            "{d}/s/ CREATE f\n{d}/s/ MOVED_FROM f\n{d}/skip/ MOVED_TO g\n{d}/skip/ DELETE g\n"),
        new WatchCase(
            "--recursive -m -e create,delete,move {d} @{d}/skip/",
            ": > skip/f; : > s/f; rm skip/f s/f",
            "{d}/s/ CREATE f\n{d}/s/ DELETE f\n"),
        new WatchCase(
            "-m -r -e create,delete --fromfile {t}/list",
            ": > skip/f; : > s/f; rm skip/f s/f",
            "{d}/s/ CREATE f\n{d}/s/ DELETE f\n"),
        new WatchCase("-m -e attrib {t}/link/", "chmod 700 s", "{t}/link/ ATTRIB,ISDIR s\n"),
        new WatchCase(
            "-m -P -e attrib {t}/link", "chmod 700 s; touch -h ../link", "{t}/link ATTRIB \n"),
        new WatchCase("-m -e modify {d}/file", "echo 1 >> file", "{d}/file MODIFY \n"),
        new WatchCase("-m -e delete_self {d}/file", "rm file", "{d}/file DELETE_SELF \n"),
        new WatchCase(
            "-m -e delete_self,move_self {d}/file",
            ": > other; mv other file",
            "{d}/file DELETE_SELF \n"),
        new WatchCase("-m -e move_self {d}/file", "mv file other", "{d}/file MOVE_SELF \n"),
        new WatchCase("-m -I -e attrib {d}", "chmod 700 s", "{d}/ ATTRIB,ISDIR s\n"));
  }

  /** What the usual changes are, but for the opening and closing. */
  private static String ofFiles(String format) {
    StringBuilder all = new StringBuilder();
    for (String event :
        List.of(
            "CREATE,ISDIR n",
            "CREATE a.txt",
            "MOVED_FROM a.txt",
            "MOVED_TO b.TXT",
            "DELETE b.TXT",
            "DELETE,ISDIR n")) {
      String[] parts = event.split(" ", -1);
      all.append(
          format
              .replace("%f", parts[1])
              .replace("%e", parts[0])
              .replace("%:e", parts[0].replace(',', ':')));
    }
    return all.toString();
  }

  /** The same without the lines that end so. */
  private static String ofFiles(String end, String begin) {
    StringBuilder rest = new StringBuilder();
    ofFiles("{d}/ %e %f\n")
        .lines()
        .filter(line -> !line.endsWith(end) && line.startsWith(begin))
        .forEach(line -> rest.append(line).append('\n'));
    return rest.toString();
  }

  @BeforeAll
  static void findIt() throws Exception {
    WatchCase.findInotifywait();
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    WatchCase.makeFiles(temp);
    dir = temp.resolve("d");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theSameIsPrinted(WatchCase of) throws Exception {
    new WatchCase(of.options(), of.script(), of.expected().replace("NOW", now())).compare(temp);
  }

  /** The day of the week, as the case writes it. */
  private static String now() throws Exception {
    return shell(Path.of("/"), "date +%C%%_%u").trim();
  }

  @Test
  void oneEvent_isEnough() throws Exception {
    List<String> arguments = List.of("-q", "-e", "create", dir.toString());
    try (Inotifywait theirs = Inotifywait.start(temp, arguments)) {
      theirs.awaitWatches();
      CommandThread ours = CommandThread.start("watch", "--once", "-e", "create", dir.toString());
      ours.awaitWatching();
      shell(dir, "mkdir one; mkdir two");

      assertThat(theirs.exitCode()).isEqualTo(ours.exitCode()).isZero();
      assertThat(theirs.out()).isEqualTo(ours.out()).isEqualTo(dir + "/ CREATE,ISDIR one\n");
    }
  }

  @Test
  void twiceQuiet_printsNothing_andNoEventInTimeIs2() throws Exception {
    for (String options : List.of("-qq -t 1", "-m -q --timeout 1 -e delete")) {
      List<String> arguments = new ArrayList<>(List.of(options.split(" ", -1)));
      arguments.add(dir.toString());
      try (Inotifywait theirs = Inotifywait.start(temp, arguments)) {
        CommandThread ours = WatchCase.ours(arguments);
        assertThat(theirs.exitCode()).isEqualTo(ours.exitCode()).isEqualTo(2);
        assertThat(theirs.out() + theirs.err() + ours.out() + ours.err()).isEmpty();
      }
    }
  }

  @Test
  void outfile_isAppendedTo() throws Exception {
    Path theirFile = Files.writeString(temp.resolve("theirs"), "before\n");
    Path ourFile = Files.writeString(temp.resolve("ours"), "before\n");
    String[] options = {"-m", "-e", "create", dir.toString(), "-o"};
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add(theirFile.toString());
    try (Inotifywait theirs = Inotifywait.start(temp, arguments)) {
      theirs.awaitWatching();
      arguments.set(options.length, ourFile.toString());
      CommandThread ours = WatchCase.ours(arguments).awaitWatching();
      shell(dir, "mkdir one");
      String expected = "before\n" + dir + "/ CREATE,ISDIR one\n";
      await()
          .atMost(CommandThread.PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .untilAsserted(
              () -> {
                assertThat(theirFile).hasContent(expected);
                assertThat(ourFile).hasContent(expected);
              });
      assertThat(theirs.out() + ours.out()).isEmpty();
      shell(temp, "rm -r d");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nonsense {d}",
        "-e nonsense {d}",
        "--exclude ( {d}",
        "--include *x {d}",
        "--exclude a --excludei b {d}",
        "--csv --format %w {d}",
        "--timefmt %s {d}",
        "--format %T {d}",
        "--no-newline {d}",
        "-d {d}",
        "-t x {d}",
        "@{d}",
      })
  void wrongUse_is1(String options) throws Exception {
    List<String> arguments = new WatchCase(options, "", "").arguments(temp);
    try (Inotifywait theirs = Inotifywait.start(temp, arguments)) {
      assertThat(theirs.exitCode()).isEqualTo(WatchCase.ours(arguments).exitCode()).isEqualTo(1);
    }
  }
}
