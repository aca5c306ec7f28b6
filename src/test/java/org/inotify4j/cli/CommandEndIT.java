package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.cli.CommandProcess.GONE;
import static org.inotify4j.cli.CommandProcess.WATCHING;
import static org.inotify4j.cli.CommandProcess.shell;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the packaged command ends: when it has what it was to wait for, when told to, or refused. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandEndIT {

  @TempDir Path temp;
  private Path dir;

  @BeforeEach
  void makeDirectory() throws IOException {
    dir = Files.createDirectory(temp.resolve("d"));
  }

  @Test
  void once_printsOneEvent() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "--once", "d").awaitWatching()) {
      Files.createFile(dir.resolve("a"));

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("d/ CREATE a\n");
      assertThat(command.err()).isEqualTo(WATCHING);
    }
  }

  @Test
  void noEventInTime_exitsWith2() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, "watch", "-t", "0.2", "d")) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.out()).isEmpty();
      assertThat(command.err()).isEqualTo(WATCHING);
    }
  }

  @Test
  void pathDeleted_withoutAnEventAskedFor_exitsWith1() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-e", "create", "d").awaitWatching()) {
      Files.delete(dir);

      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.out()).isEqualTo("d/ IGNORED \n");
      assertThat(command.err()).isEqualTo(WATCHING + GONE);
    }
  }

  @Test
  void pathThatNoFileCanHave_isSaidInOneLine() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, "watch", "d/none/..")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.out()).isEmpty();
      assertThat(command.err())
          .isEqualTo("inotify4j: d/none/..: there is no file of such a name\n");
    }
  }

  @Test
  void unreadablePath_isSaidInOneLine() throws Exception {
    String drop = "setpriv --reuid=65534 --regid=65534 --clear-groups ";
    if (!CommandProcess.succeeds(drop + System.getProperty("java.home") + "/bin/java -version")) {
      skip("no right to become another user, or that user may not run this Java");
    }
    Path open = Files.createTempDirectory("inotify4j-open");
    Path jar = open.resolve("cli.jar");
    try {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.copy(CommandProcess.JAR, jar);
      Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
      Path secret = Files.createDirectory(open.resolve("secret"));
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
      try (CommandProcess command =
          CommandProcess.start(open, Map.of(), List.of(drop.split(" ")), jar, "watch", "secret")) {
        assertThat(command.exitCode()).isEqualTo(1);
        assertThat(command.out()).isEmpty();
        assertThat(command.err())
            .isEqualTo(
                "inotify4j: secret: permission denied; it must be readable, and every directory on"
                    + " the way to it searchable\n");
      }
    } finally {
      shell(temp, "rm -r '" + open + "'");
    }
  }

  @Test
  void limitMet_isSaidInOneLineWithTheWayOut() throws Exception {
    String limited = "echo 1 > /proc/sys/user/max_inotify_watches";
    if (!CommandProcess.succeeds("unshare -Ur sh -c '" + limited + "'")) {
      skip("no right to make a user namespace");
    }
    Files.createDirectory(temp.resolve("e"));
    try (CommandProcess command =
        CommandProcess.start(
            temp,
            Map.of(),
            List.of("unshare", "-Ur", "sh", "-c", limited + "; exec \"$@\"", "sh"),
            CommandProcess.JAR,
            "watch",
            "d",
            "e")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.out()).isEmpty();
      assertThat(command.err())
          .isEqualTo(
              "inotify4j: User limit of inotify watches reached: user.max_inotify_watches is 1; not"
                  + " watched: e; to raise it in this user namespace, as its root: sysctl -w"
                  + " user.max_inotify_watches=2\n");
    }
  }

  @Test
  void interrupt_endsItAtOnceWithTheOutputWhole() throws Exception {
    CommandProcess.assumeInterruptible();
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-e", "create", "d").awaitWatching()) {
      Files.createFile(dir.resolve("a"));
      command.awaitOutput("\n");
      shell(temp, "kill -INT " + command.pid());

      assertThat(command.exitCode()).isEqualTo(130);
      assertThat(command.out()).isEqualTo("d/ CREATE a\n");
      assertThat(command.err()).isEqualTo(WATCHING);
    }
  }

  @Test
  void interrupt_ofStats_printsItsTable() throws Exception {
    CommandProcess.assumeInterruptible();
    try (CommandProcess command =
        CommandProcess.start(temp, "stats", "-e", "create", "d").awaitWatching()) {
      Files.createFile(dir.resolve("a"));
      shell(temp, "kill -INT " + command.pid());

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("total  create  filename\n1      1       d/\n");
      assertThat(command.err()).isEqualTo("Counting; Ctrl-C ends.\n");
    }
  }

  @Test
  void interruptUnderLoad_cutsNoLine() throws Exception {
    CommandProcess.assumeInterruptible();
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-e", "create", "d").awaitWatching()) {
      Process maker =
          new ProcessBuilder("sh", "-c", "i=0; while :; do i=$((i+1)); : > f$i; done")
              .directory(dir.toFile())
              .start();
      try {
        command.awaitOutput("f2000\n");
        shell(temp, "kill -INT " + command.pid());
        assertThat(command.exitCode()).isEqualTo(130);
      } finally {
        maker.destroyForcibly().waitFor();
      }
      assertThat(command.out()).matches("(?:d/ CREATE f\\d+\n)*+");
      assertThat(command.out().lines().toList())
          .startsWith("d/ CREATE f1", "d/ CREATE f2")
          .doesNotHaveDuplicates();
      assertThat(command.err()).isEqualTo(WATCHING);
    }
  }

  @Test
  void closedStandardOutput_endsItQuietly() throws Exception {
    Process command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                CommandProcess.JAR.toAbsolutePath().toString(),
                "watch",
                "d")
            .directory(temp.toFile())
            .start();
    try (BufferedReader err =
        new BufferedReader(new InputStreamReader(command.getErrorStream(), UTF_8))) {
      assertThat(err.readLine() + "\n").isEqualTo(WATCHING);
      try (BufferedReader out =
          new BufferedReader(new InputStreamReader(command.getInputStream(), UTF_8))) {
        Files.createDirectory(dir.resolve("a"));
        assertThat(out.readLine()).isEqualTo("d/ CREATE,ISDIR a");
      }
      Files.createDirectory(dir.resolve("b"));
      assertThat(err.readLine()).isNull();
      assertThat(command.waitFor()).isZero();
    } finally {
      command.destroyForcibly();
    }
  }

  @Test
  void fullStandardOutput_isAnError() throws Exception {
    Process command =
        new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" -jar \"$1\" watch --once d > /dev/full",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                CommandProcess.JAR.toAbsolutePath().toString())
            .directory(temp.toFile())
            .start();
    try (BufferedReader err =
        new BufferedReader(new InputStreamReader(command.getErrorStream(), UTF_8))) {
      assertThat(err.readLine() + "\n").isEqualTo(WATCHING);
      Files.createDirectory(dir.resolve("a"));
      assertThat(err.readLine()).startsWith("inotify4j: standard output: ");
      assertThat(err.readLine()).isNull();
      assertThat(command.waitFor()).isEqualTo(1);
    } finally {
      command.destroyForcibly();
    }
  }

  private static void skip(String reason) {
    System.out.println("skipped: " + reason);
    abort(reason);
  }
}
