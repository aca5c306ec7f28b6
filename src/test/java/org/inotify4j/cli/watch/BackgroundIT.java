package org.inotify4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandProcess.shell;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inotify4j.cli.CommandProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command where no terminal is: in the background, and with the system log. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BackgroundIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern PROCESS =
      Pattern.compile("Watching in the background, as process (\\d+)\\.\n");

  @TempDir Path temp;
  private Path log;

  /** A logger(1) that writes to a file, before the system's own. */
  @BeforeEach
  void makeLogger() throws IOException {
    log = temp.resolve("log");
    Path logger = Files.createDirectory(temp.resolve("bin")).resolve("logger");
    Files.writeString(logger, "#!/bin/sh\necho \"$@\" >> " + log + "\nexec cat >> " + log + "\n");
    Files.setPosixFilePermissions(logger, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private CommandProcess start(List<String> prefix, String... arguments) throws IOException {
    String path = temp.resolve("bin") + ":" + System.getenv("PATH");
    return CommandProcess.start(temp, Map.of("PATH", path), prefix, CommandProcess.JAR, arguments);
  }

  @Test
  void daemon_endsWhenItWatches_andGoesOnInASessionOfItsOwn() throws Exception {
    assumeTrue(CommandProcess.succeeds("command -v setsid"), "there is no setsid");
    shell(temp, "mkdir -p d/skip \"$(printf 'e\\377')\"");
    List<String> input =
        List.of("sh", "-c", "printf 'd\\n@d/skip\\ne\\377\\n' | exec \"$@\"", "sh");
    long background;
    try (CommandProcess command =
        start(input, "watch", "-r", "-d", "-o", "out", "-e", "create", "--fromfile", "-")) {
      assertThat(command.exitCode()).isZero();
      Matcher said = PROCESS.matcher(command.err());
      assertThat(said.matches()).as(command.err()).isTrue();
      background = Long.parseLong(said.group(1));
    }
    try {
      // One after the other: what happens in two trees is told in any order.
      shell(temp, "mkdir d/skip/no d/yes");
      awaitContent(temp.resolve("out"), "d/ CREATE,ISDIR yes\n");
      shell(temp, "mkdir \"$(printf 'e\\377')/too\"");
      awaitContent(temp.resolve("out"), "d/ CREATE,ISDIR yes\ne\\xFF/ CREATE,ISDIR too\n");
      assertThat(Files.getPosixFilePermissions(temp.resolve("out")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      String tag = "-t inotify4j[" + background + "] -p daemon.info\n";
      awaitContent(log, tag + "Watching 2 directories.\n");
      assertThat(shell(temp, "ps -o sid= -p " + background).trim())
          .isEqualTo(Long.toString(background));
      assertThat(shell(temp, "readlink /proc/" + background + "/fd/2")).isEqualTo("/dev/null\n");
    } finally {
      shell(temp, "kill " + background);
    }
  }

  @Test
  void daemon_writesIntoItsFileWhatThatOfInotifywaitDoes() throws Exception {
    assumeTrue(CommandProcess.succeeds("command -v setsid"), "there is no setsid");
    assumeTrue(CommandProcess.succeeds("command -v inotifywait"), "inotifywait is not installed");
    shell(temp, "mkdir d d/s; : > theirs");
    String[] ours = {
      "watch", "-d", "-r", "-c", "-e", "create,delete", "-o", temp + "/ours", temp + "/d"
    };
    String theirs = startInotifywait("-d -r -c -e create,delete -o $PWD/theirs $PWD/d");
    String started = theirs;
    try (CommandProcess command = start(List.of(), ours)) {
      assertThat(command.exitCode()).isZero();
      Matcher said = PROCESS.matcher(command.err());
      assertThat(said.matches()).as(command.err()).isTrue();
      started += " " + said.group(1);
      shell(temp, ": > d/s/'a,b'; mkdir d/n; rm d/s/*; rmdir d/n");
      String expected =
          """
          {t}/d/s/,CREATE,"a,b"
          {t}/d/,"CREATE,ISDIR",n
          {t}/d/s/,DELETE,"a,b"
          {t}/d/,"DELETE,ISDIR",n
          """
              .replace("{t}", temp.toString());
      awaitContent(temp.resolve("theirs"), expected);
      awaitContent(temp.resolve("ours"), expected);
    } finally {
      shell(temp, "kill " + started);
    }
  }

  /** Its process; who starts it has ended before that watches. */
  private String startInotifywait(String options) throws Exception {
    String find = "pgrep -f \"inotifywait .*$PWD/theirs\" | head -n 1";
    return shell(
            temp,
            ("inotifywait " + options + " > /dev/null 2>&1 || exit 1\n")
                + ("until grep -q 'inotify wd' /proc/$(" + find + ")/fdinfo/* 2> /dev/null\n")
                + ("do test -n \"$(" + find + ")\" || exit 1; sleep 0.01; done\n")
                + find)
        .trim();
  }

  @Test
  void daemon_thatCannotWatch_saysSoAndExitsWith1() throws Exception {
    assumeTrue(CommandProcess.succeeds("command -v setsid"), "there is no setsid");
    try (CommandProcess command = start(List.of(), "watch", "-d", "-o", "out", "d/none/..")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.out()).isEmpty();
      assertThat(command.err())
          .isEqualTo("inotify4j: d/none/..: there is no file of such a name\n");
    }
  }

  @Test
  void syslog_takesMessagesAndErrors() throws Exception {
    Files.createDirectory(temp.resolve("d"));
    try (CommandProcess command = start(List.of(), "watch", "-s", "-t", "0.1", "d")) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.err()).isEmpty();
      awaitContent(
          log,
          "-t inotify4j[" + command.pid() + "] -p daemon.info\nWatching 1 path; Ctrl-C ends.\n");
    }
  }

  private static void awaitContent(Path file, String expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() -> assertThat(file).hasContent(expected));
  }
}
