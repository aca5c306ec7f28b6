package org.inotify4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandProcess.GONE;
import static org.inotify4j.cli.CommandProcess.WATCHING;
import static org.inotify4j.cli.CommandProcess.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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

/** What the packaged command prints of the events that it watches for. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchCommandIT {

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
  void theSameDirectoryTwice_isOneWatchUnderTheFirstSpelling() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "--once", "./d", "d").awaitWatching()) {
      Files.createDirectory(dir.resolve("x"));

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("./d/ CREATE,ISDIR x\n");
      assertThat(command.err()).isEqualTo(WATCHING);
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
}
