package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandProcess.shell;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged command as users run it, against the kernel. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandIT {

  private static final String WATCHING = "Watching 1 path; Ctrl-C ends.\n";
  private static final String GONE = "Nothing is left to watch: the last watched path is gone.\n";

  @TempDir Path temp;
  private Path dir;

  @BeforeEach
  void makeDirectory() throws IOException {
    dir = Files.createDirectory(temp.resolve("d"));
  }

  @Test
  void eventsOfADirectory_arePrintedAsInotifywaitDoes() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, "watch", "d").awaitWatching()) {
      Files.createFile(dir.resolve("a"));
      Files.move(dir.resolve("a"), dir.resolve("b"));
      Files.createDirectory(dir.resolve("x"));
      Files.delete(dir.resolve("x"));
      Files.delete(dir.resolve("b"));
      Files.delete(dir);

      assertThat(command.exitCode()).isZero();
      assertThat(command.out())
          .isEqualTo(
              """
              d/ CREATE a
              d/ OPEN a
              d/ CLOSE_WRITE,CLOSE a
              d/ MOVED_FROM a
              d/ MOVED_TO b
              d/ CREATE,ISDIR x
              d/ DELETE,ISDIR x
              d/ DELETE b
              d/ DELETE_SELF\040
              d/ IGNORED\040
              """);
      assertThat(command.err()).isEqualTo(WATCHING + GONE);
    }
  }

  @Test
  void aFileAndADirectory_haveTheirOwnPaths() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-e", "create,modify,delete", "d/", "file")) {
      command.awaitWatching();
      Files.createDirectory(dir.resolve("x"));
      command.awaitOutput("d/ CREATE,ISDIR x\n");
      Files.writeString(file, "x", StandardOpenOption.APPEND);
      command.awaitOutput("file MODIFY \n");
      Files.delete(file);
      Files.createFile(file);
      command.awaitOutput("file CREATE \n");

      assertThat(command.out())
          .isEqualTo(
              """
              d/ CREATE,ISDIR x
              file MODIFY\040
              file DELETE\040
              file CREATE\040
              """);
      assertThat(command.err()).isEqualTo("Watching 2 paths; Ctrl-C ends.\n");
    }
  }

  @Test
  void aFileThatIsNotThereYet_isSaidSo_andWatched() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-e", "create,moved_to", "new/no\nsuch")) {
      command.awaitWatching();
      Files.createDirectory(temp.resolve("new"));
      Files.createFile(temp.resolve("new/no\nsuch"));
      command.awaitOutput("new/no\\nsuch CREATE \n");
      Files.move(
          Files.createFile(temp.resolve("aside")),
          temp.resolve("new/no\nsuch"),
          StandardCopyOption.ATOMIC_MOVE);
      command.awaitOutput("new/no\\nsuch MOVED_TO \n");

      assertThat(command.err())
          .isEqualTo("new/no\\nsuch: not there yet\nWatching 1 path; Ctrl-C ends.\n");
    }
  }

  @Test
  void json_isOneObjectALine() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(
            temp, "watch", "-q", "--json", "-e", "create", "-e", "delete_self", "d")) {
      awaitWatches(command, 1);
      shell(dir, "mkdir sub; : > \"$(printf '\\377\\376')\"; rm -r ./*; rmdir ../d");

      assertThat(command.exitCode()).isZero();
      assertThat(command.out())
          .isEqualTo(
              """
              {"path":"d/sub","name":"sub","flags":["CREATE","ISDIR"],"cookie":0,"directory":true}
              {"path":"d/\uFFFD\uFFFD","pathBase64":"ZC///g==","name":"\uFFFD\uFFFD",\
              "nameBase64":"//4=","flags":["CREATE"],"cookie":0,"directory":false}
              {"path":"d","name":null,"flags":["DELETE_SELF"],"cookie":0,"directory":true}
              {"path":"d","name":null,"flags":["IGNORED"],"cookie":0,"directory":true}
              """);
      assertThat(command.err()).isEmpty();
    }
  }

  @Test
  void aMove_hasOneCookieInBothHalves() throws Exception {
    Files.createFile(dir.resolve("a"));
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-e", "MOVE", "--format", "%e %c", "d")) {
      command.awaitWatching();
      Files.move(dir.resolve("a"), dir.resolve("b"));
      Files.delete(dir.resolve("b"));
      Files.delete(dir);

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).matches("MOVED_FROM ([0-9a-f]+)\nMOVED_TO \\1\nIGNORED 0\n");
    }
  }

  @Test
  void format_withoutNewline_printsWhatItSays() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(
            temp,
            "watch",
            "-e",
            "create",
            "--once",
            "--format",
            "%w|%f|%:e|%%%n%0",
            "--no-newline",
            "d")) {
      command.awaitWatching();
      Files.createDirectory(dir.resolve("x"));

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("d/|x|CREATE:ISDIR|%\n\0");
      assertThat(command.err()).isEqualTo(WATCHING);
    }
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
  void theSameDirectoryTwice_isOneWatchUnderTheFirstSpelling() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "--once", "./d", "d").awaitWatching()) {
      Files.createDirectory(dir.resolve("x"));

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("./d/ CREATE,ISDIR x\n");
      assertThat(command.err()).isEqualTo(WATCHING);
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
                  + " watched: e; to raise it: sysctl -w user.max_inotify_watches=2\n");
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

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void namesOfAnyBytes_arePrintedEscapedAsUtf8(String locale) throws Exception {
    try (CommandProcess command =
        CommandProcess.start(
            temp,
            Map.of("LC_ALL", locale),
            List.of(),
            CommandProcess.JAR,
            "watch",
            "-e",
            "create",
            "d")) {
      command.awaitWatching();
      shell(
          dir,
          "for n in '\\377\\376' 'x\\ny' '\\033[31m' '\\303\\251' '\\342\\200\\256' ' ' '\\\\';"
              + " do : > \"$(printf \"$n\")\"; done; rm ./*; rmdir ../d");

      assertThat(command.exitCode()).isZero();
      assertThat(command.out())
          .isEqualTo(
              """
              d/ CREATE \\xFF\\xFE
              d/ CREATE x\\ny
              d/ CREATE \\x1B[31m
              d/ CREATE é
              d/ CREATE \\u{202E}
              d/ CREATE \040
              d/ CREATE \\\\
              d/ IGNORED\040
              """);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  void pathsOfAnyBytes_areWatched(String locale) throws Exception {
    shell(temp, "mkdir \"$(printf '\\377\\376')\" \"$(printf '\\303\\251')\"");
    try (CommandProcess command =
        CommandProcess.start(
            temp,
            Map.of("LC_ALL", locale),
            List.of(
                "sh",
                "-c",
                "exec \"$@\" \"$(printf '\\377\\376')\" \"$(printf '\\303\\251')\" d",
                "sh"),
            CommandProcess.JAR,
            "watch",
            "-e",
            "create")) {
      command.awaitWatching();
      shell(
          temp,
          "mkdir \"$(printf '\\377\\376')/x\" \"$(printf '\\303\\251')/y\" d/z; rm -r d \"$(printf"
              + " '\\377\\376')\" \"$(printf '\\303\\251')\"");

      assertThat(command.exitCode()).isZero();
      assertThat(command.out())
          .isEqualTo(
              """
              \\xFF\\xFE/ CREATE,ISDIR x
              é/ CREATE,ISDIR y
              d/ CREATE,ISDIR z
              d/ IGNORED\040
              \\xFF\\xFE/ IGNORED\040
              é/ IGNORED\040
              """);
      assertThat(command.err()).isEqualTo("Watching 3 paths; Ctrl-C ends.\n" + GONE);
    }
  }

  @Test
  void version_saysTheVersionTheJavaAndTheNativeLayer() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, "--version")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.out().lines().toList())
          .hasSize(3)
          .satisfies(
              lines -> {
                assertThat(lines.get(0))
                    .isEqualTo("inotify4j " + System.getProperty("inotify4j.version"));
                assertThat(lines.get(1)).startsWith("Java " + System.getProperty("java.version"));
                assertThat(lines.get(2))
                    .matches(
                        Runtime.version().feature() < 22
                            ? "JNA [0-9.]+ \\(linux-.*\\)"
                            : "java\\.lang\\.foreign \\(" + System.getProperty("os.arch") + "\\)");
              });
      assertThat(command.err()).isEmpty();
    }
  }

  @Test
  void help_goesToStandardOutput() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, "watch", "--help")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).startsWith("Usage: inotify4j watch [OPTION]... PATH...\n");
      assertThat(command.out()).doesNotContain("\033");
      assertThat(command.err()).isEmpty();
    }
  }

  @Test
  void noCommand_printsTheUsageAndExitsWith1() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp)) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.out()).isEmpty();
      assertThat(command.err()).startsWith("Usage: inotify4j watch [OPTION]... PATH...\n");
    }
  }

  @Test
  void theCommandsJar_hasItsManifestAndNoModule() throws Exception {
    try (JarFile jar = new JarFile(CommandProcess.JAR.toFile())) {
      var manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
      assertThat(jar.isMultiRelease()).isTrue();
      assertThat(manifest.getValue("Main-Class")).isEqualTo("org.inotify4j.cli.Main");
      assertThat(jar.getEntry("com/sun/jna/Native.class")).isNotNull();
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.endsWith("module-info.class"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theLibrarysJar_hasNothingOfTheCommand() throws Exception {
    try (JarFile jar = new JarFile(System.getProperty("inotify4j.jar"))) {
      assertThat(jar.getEntry("org/inotify4j/INotify.class")).isNotNull();
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.contains("/cli") || name.contains("picocli"))
          .noneMatch(name -> name.contains("gson"));
    }
  }

  /** Waits for a command that says nothing: until the kernel lists so many watches of it. */
  private static void awaitWatches(CommandProcess command, long expected) {
    await().atMost(60, TimeUnit.SECONDS).until(() -> watches(command.pid()) == expected);
  }

  private static long watches(long pid) throws IOException {
    try (var files = Files.list(Path.of("/proc", Long.toString(pid), "fdinfo"))) {
      long count = 0;
      for (Path file : files.toList()) {
        if (Files.exists(file)) {
          count +=
              Files.readAllLines(file).stream()
                  .filter(line -> line.startsWith("inotify wd:"))
                  .count();
        }
      }
      return count;
    } catch (NoSuchFileException | UncheckedIOException e) {
      return -1;
    }
  }

  private static void skip(String reason) {
    System.out.println("skipped: " + reason);
    abort(reason);
  }
}
