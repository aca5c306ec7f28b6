package org.inotify4j.cli.exec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandProcess.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.inotify4j.cli.CommandProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged command, as it runs another one when something has changed. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExecCommandIT {

  @TempDir Path temp;
  private Path dir;

  @BeforeEach
  void makeDirectory() throws IOException {
    dir = Files.createDirectory(temp.resolve("d"));
  }

  private CommandProcess exec(String... arguments) throws IOException {
    return exec(Map.of(), arguments);
  }

  private CommandProcess exec(Map<String, String> environment, String... arguments)
      throws IOException {
    return CommandProcess.start(temp, environment, List.of(), CommandProcess.JAR, arguments);
  }

  /** Waits until a file outside of what is watched says something, and returns it. */
  private String awaitText(String name, String expected) {
    Path file = temp.resolve(name);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.exists(file) && text(file).contains(expected));
    return text(file);
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void runsTheCommandAfterEachBatch_withThePathsInTheEnvironment() throws Exception {
    Files.createDirectory(dir.resolve("a"));
    Files.createFile(dir.resolve("old"));
    String script = "printf '%s:%s;' \"$INOTIFY4J_COUNT\" \"$INOTIFY4J_PATHS\"";
    try (CommandProcess command =
        exec("exec", "-r", "d/", "--settle", "50ms", "--", "sh", "-c", script).awaitWatching()) {
      Files.createFile(dir.resolve("a/f"));
      command.awaitOutput("1:d/a/f;");
      Files.delete(dir.resolve("a/f"));
      command.awaitOutput("1:d/a/f;1:d/a/f;");
      Files.move(dir.resolve("old"), dir.resolve("a/new"));
      command.awaitOutput("2:d/old\nd/a/new;");
      assertThat(command.out()).isEqualTo("1:d/a/f;1:d/a/f;2:d/old\nd/a/new;");
      assertThat(command.err()).isEqualTo("Watching 1 path; Ctrl-C ends.\n");
    }
  }

  @Test
  void aPathThatIsNotThere_isNamedWhole() throws Exception {
    Path none = temp.resolve("none");
    try (CommandProcess command = exec("exec", "-r", none.toString(), "--", "true")) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(command.err())
                      .contains("inotify4j: " + none + ": there is nothing\n"));
    }
  }

  @Test
  void namesThatAreNotText_reachTheCommandAsTheyAre_inEachWay() throws Exception {
    String script = "cat > ../stdin; printf '%s' \"$INOTIFY4J_PATHS$1\" > ../env";
    for (String locale : List.of("POSIX", "C.UTF-8")) {
      shell(temp, "rm -rf d env stdin; mkdir d");
      try (CommandProcess command =
          CommandProcess.start(
                  dir,
                  Map.of("LC_ALL", locale),
                  List.of("sh", "-c", "exec \"$@\" \"$(printf '\\303\\251\\377')\"", "sh"),
                  CommandProcess.JAR,
                  "exec",
                  ".",
                  "--stdin",
                  "-0",
                  "--",
                  "sh",
                  "-c",
                  script,
                  "sh")
              .awaitWatching()) {
        shell(temp, ": > \"$(printf 'd/-\\377\\nx%%$(q)')\"");
        assertThat(awaitText("env", "x")).isEqualTo("./-\377\nx%$(q)\303\251\377");
        assertThat(awaitText("stdin", "x")).isEqualTo("./-\377\nx%$(q)\0");
        assertThat(command.out()).isEmpty();
      }
    }
  }

  @Test
  void whatChangesWhileTheCommandRuns_isTheNextBatch() throws Exception {
    shell(temp, "mkfifo gate");
    String script = "echo begin >> ../runs; cat ../gate; cat; echo end >> ../runs";
    try (CommandProcess command =
        CommandProcess.start(dir, "exec", "--stdin", ".", "--", "sh", "-c", script)
            .awaitWatching()) {
      Files.createFile(dir.resolve("a"));
      awaitText("runs", "begin");
      Files.createFile(dir.resolve("b"));
      Files.createFile(dir.resolve("c"));
      shell(temp, "echo first > gate");
      awaitText("runs", "begin\nend\nbegin\n");
      shell(temp, "echo second > gate");
      awaitText("runs", "begin\nend\nbegin\nend\n");
      command.awaitOutput("./c\n");
      assertThat(command.out()).isIn("first\n./a\nsecond\n./b\n./c\n");
    }
  }

  @Test
  void restart_endsTheCommandAndWhatItHasStarted_alsoWhereTheyDoNotWantTo() throws Exception {
    String script =
        "[ $INOTIFY4J_COUNT = 1 ] || trap '' TERM; sleep 1000 & echo \"$$ $! $INOTIFY4J_COUNT;\" >> ../runs; wait; wait";
    try (CommandProcess command =
        CommandProcess.start(
            dir, "exec", "--restart", ".", "--settle", "0.05", "--", "sh", "-c", script)) {
      String[] first = awaitText("runs", " 0;").split("[ ;]+", -1);
      Files.createFile(dir.resolve("a"));
      String second = awaitText("runs", " 1;");
      assertThat(second.lines()).hasSize(2);
      assertThat(Path.of("/proc", first[0])).doesNotExist();
      awaitGone(first[1]);

      CommandProcess.assumeInterruptible();
      String[] last = second.lines().toList().get(1).split("[ ;]+", -1);
      shell(temp, "kill -INT " + command.pid());
      assertThat(command.exitCode()).isEqualTo(130);
      awaitGone(last[0]);
      awaitGone(last[1]);
    }
  }

  private static void awaitGone(String pid) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void finished_waitsForTheWriter_andPatternsChoose() throws Exception {
    try (CommandProcess command =
        exec(
                "exec",
                "-r",
                "--finished",
                "--include",
                "*.csv",
                "--exclude",
                "no/",
                "d",
                "--",
                "sh",
                "-c",
                "cat $INOTIFY4J_PATHS")
            .awaitWatching()) {
      shell(
          temp,
          "mkdir d/no; echo 1 > d/no/a.csv; echo 2 > d/a.txt; exec 3> d/a.csv; echo 3 >&3;"
              + " echo 5 > d/b.csv; sleep 1; echo 4 >&3");
      command.awaitOutput("4\n");
      assertThat(command.out()).isEqualTo("5\n3\n4\n");
    }
  }

  @Test
  void gitignore_leavesOutWhatGitDoes_alsoWhenThatChanges() throws Exception {
    Path rules = Files.writeString(temp.resolve("d/.gitignore"), "*.log\n");
    try (CommandProcess command =
        exec("exec", "-r", "--gitignore", "d", "--", "sh", "-c", "echo $INOTIFY4J_PATHS")
            .awaitWatching()) {
      shell(temp, "touch d/a.log d/one");
      command.awaitOutput("d/one\n");
      Files.writeString(rules, "one\n");
      command.awaitOutput("d/.gitignore");
      shell(temp, "touch d/one d/b.log");
      command.awaitOutput("d/b.log\n");
      assertThat(command.out().lines()).filteredOn(line -> line.contains("d/one")).hasSize(1);
      assertThat(command.out().lines().findFirst()).hasValue("d/one");
    }
  }

  @Test
  void aFailureIsSaid_andTheNextChangeRunsItAgain() throws Exception {
    try (CommandProcess command =
        exec("exec", "d", "--", "sh", "-c", "echo ran; exit 3").awaitWatching()) {
      Files.createFile(dir.resolve("a"));
      command.awaitOutput("ran\n");
      await().until(() -> command.err().contains("exit code"));
      Files.createFile(dir.resolve("b"));
      command.awaitOutput("ran\nran\n");
      assertThat(command.err()).contains("sh: exit code 3\n");
    }
  }

  @Test
  void aCommandThatCannotBeStarted_isAnErrorWithTheReason() throws Exception {
    try (CommandProcess command = exec("exec", "--restart", "-q", "d", "--", "./no-command")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.err())
          .isEqualTo("inotify4j: cannot start ./no-command: No such file or directory\n");
    }
    try (CommandProcess command = exec("exec", "-q", "-r", "d", "--", "./d")) {
      // Starts only when something has changed: which it does until then.
      await()
          .until(
              () -> {
                Files.deleteIfExists(dir.resolve("f"));
                Files.createFile(dir.resolve("f"));
                return !command.err().isEmpty();
              });
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.err()).isEqualTo("inotify4j: cannot start ./d: Permission denied\n");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereThePathsCannotBeWritten_thatIsSaid(boolean startsAtOnce) throws Exception {
    Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=/no/such");
    String way = startsAtOnce ? "--restart" : "--finished";
    try (CommandProcess command =
        exec(environment, "exec", "-q", way, "--stdin", "d", "--", "true")) {
      // It starts only when something has changed: which it does until then.
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                Files.writeString(dir.resolve("f"), "x");
                return command.err().contains(".paths");
              });
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.err())
          .contains("inotify4j: cannot start true: /no/such/inotify4j")
          .endsWith(".paths: no such file or directory\n");
    }
  }

  @Test
  void aCommandThatIsInNoDirectoryOfPath_isAnErrorBeforeAnythingChanges() throws Exception {
    try (CommandProcess command = exec("exec", "d", "--", "no-such-command", "d")) {
      assertThat(command.exitCode()).isEqualTo(127);
      assertThat(command.err())
          .isEqualTo("inotify4j: cannot start no-such-command: it is in no directory of PATH\n");
    }
  }

  @Test
  void aPathThatIsRefused_isNamedAsItWasGiven_withTheWayOut() throws Exception {
    Files.createFile(dir.resolve("f"));
    try (CommandProcess command = exec("exec", "-r", "d/f/x", "--", "true")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.err())
          .isEqualTo("inotify4j: d/f/x: not a directory; a file has nothing below it to watch\n");
    }
  }

  @Test
  void whatIsMissingOrWrong_isSaid() throws Exception {
    for (String[] wrong :
        new String[][] {
          {"exec", "d", "PATH... -- COMMAND are needed"},
          {"exec", "--", "true", "PATH... -- COMMAND are needed"},
          {"exec", "-0", "d", "--", "true", "-0 goes with --stdin only"},
          {"exec", "--settle", "soon", "d", "--", "true", "not a duration: 'soon'"},
          {"exec", "--exclude", "!x", "d", "--", "true", "--exclude: the pattern '!x'"},
        }) {
      int last = wrong.length - 1;
      try (CommandProcess command = exec(Arrays.copyOf(wrong, last))) {
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.err()).contains(wrong[last]);
      }
    }
  }
}
