package org.inotify4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.cli.CommandProcess.GONE;
import static org.inotify4j.cli.CommandProcess.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.inotify4j.cli.CommandProcess;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command on whole trees. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TreeCommandIT {

  private static final String EVENTS = "create,delete,move,delete_self";

  @TempDir Path temp;
  private Path dir;

  @BeforeEach
  void makeTree() throws IOException {
    dir = Files.createDirectory(temp.resolve("d"));
    Files.createDirectories(dir.resolve("a/b"));
  }

  @Test
  void aTree_isPrintedWithThePathOfEachEntry_untilItIsGone() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-r", "-e", EVENTS, "d").awaitWatching()) {
      Files.createFile(dir.resolve("a/b/f"));
      command.awaitOutput("d/a/b/ CREATE f\n");
      Files.createDirectories(dir.resolve("n/m"));
      command.awaitOutput("d/n/ CREATE,ISDIR m\n");
      Files.move(dir.resolve("n"), dir.resolve("a/z"));
      command.awaitOutput("d/a/z/ CREATE,ISDIR m\n");
      shell(temp, "rm -r d/a/b d/a/z && rmdir d/a d");

      assertThat(command.exitCode()).isZero();
      assertThat(command.out())
          .isEqualTo(
              """
              d/a/b/ CREATE f
              d/ CREATE,ISDIR n
              d/n/ CREATE,ISDIR m
              d/ MOVED_FROM,ISDIR n
              d/a/ MOVED_TO,ISDIR z
              d/a/z/ CREATE,ISDIR m
              d/a/b/ DELETE f
              d/a/ DELETE,ISDIR b
              d/a/z/ DELETE,ISDIR m
              d/a/ DELETE,ISDIR z
              d/ DELETE,ISDIR a
              d/ DELETE_SELF\040
              d/ IGNORED\040
              """);
      assertThat(command.err()).isEqualTo("Watching 3 directories; Ctrl-C ends.\n" + GONE);
    }
  }

  @Test
  void initial_printsFirstWhatIsThere() throws Exception {
    Files.createFile(dir.resolve("a/b/f"));
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-r", "--initial", "--rescan", "-e", "create", "d")) {
      command.awaitOutput("d/ READY \n");
      Files.createFile(dir.resolve("g"));
      command.awaitOutput("d/ CREATE g\n");
      assertThat(command.out())
          .isEqualTo(
              """
              d/ EXISTS,ISDIR a
              d/a/ EXISTS,ISDIR b
              d/a/b/ EXISTS f
              d/ READY\040
              d/ CREATE g
              """);
    }
  }

  @Test
  void poll_wantsATimeOfMoreThanNothing() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, "watch", "--poll=0", "d")) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.err()).contains("--poll", "more than 0 seconds");
    }
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "--poll", "--once", "-e", "create", "d")
            .awaitWatching()) {
      Files.createFile(dir.resolve("f"));
      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("d/ CREATE f\n");
    }
  }

  /** Else it would print its own looks, and with --once nothing else. */
  @Test
  void looksOfItsOwn_arePrintedWhereTheyAreAskedForOnly() throws Exception {
    for (String option : new String[] {"--poll=0.05", "--rescan", "--initial"}) {
      try (CommandProcess command =
          CommandProcess.start(temp, "watch", "-r", option, "-t", "1", "d").awaitWatching()) {
        assertThat(command.exitCode()).as(option).isEqualTo(2);
        assertThat(command.out()).as(option).doesNotContain("OPEN", "ACCESS", "CLOSE");
      }
    }
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "--poll=0.05", "--once", "-e", "open", "d")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("d/ OPEN,ISDIR \n");
    }
  }

  @Test
  void whatIsExcluded_isNeitherWatchedNorPrinted() throws Exception {
    Files.createDirectories(dir.resolve(".git/objects"));
    try (CommandProcess command =
        CommandProcess.start(
                temp, "watch", "-r", "-e", "create", "--ignore", ".git", "--ignore", "a/b", "d/")
            .awaitWatching()) {
      Files.createFile(dir.resolve(".git/index"));
      Files.createFile(dir.resolve("a/b/no"));
      Files.createFile(dir.resolve("a/yes"));
      shell(temp, "rm -r d");

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("d/a/ CREATE yes\nd/ IGNORED \n");
      assertThat(command.err()).isEqualTo("Watching 2 directories; Ctrl-C ends.\n" + GONE);
    }
  }

  @Test
  void json_saysWhatWasFoundByLooking() throws Exception {
    shell(temp, "mkdir -p new/sub");
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-r", "--json", "-e", "create,moved_to", "d")
            .awaitWatching()) {
      Files.move(temp.resolve("new"), dir.resolve("new"));
      command.awaitOutput("synthetic");
      shell(temp, "rm -r d");

      assertThat(command.exitCode()).isZero();
      assertThat(command.out().lines().limit(2))
          .containsExactly(
              command.out().lines().findFirst().orElseThrow(),
              """
              {"path":"d/new/sub","name":"sub","flags":["CREATE","ISDIR"],"cookie":0,\
              "directory":true,"synthetic":true}\
              """);
      assertThat(command.out())
          .startsWith("{\"path\":\"d/new\",\"name\":\"new\",\"flags\":[\"MOVED_TO\",\"ISDIR\"]");
    }
  }

  @Test
  void namesThatAreNotText_areEscaped_alsoInThePosixLocale() throws Exception {
    shell(temp, "mkdir \"$(printf 'd/\\377\\nx')\"");
    try (CommandProcess command =
        CommandProcess.start(
                temp,
                Map.of("LC_ALL", "POSIX"),
                List.of(),
                CommandProcess.JAR,
                "watch",
                "-r",
                "-e",
                "create",
                "d")
            .awaitWatching()) {
      shell(temp, ": > \"$(printf 'd/\\377\\nx/\\303\\251')\" && rm -r d");

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("d/\\xFF\\nx/ CREATE \u00E9\nd/ IGNORED \n");
    }
  }

  @Test
  void once_printsOneEvent_andNoEventInTime_exitsWith2() throws Exception {
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-q", "-r", "-t", "0.2", "-e", "create", "d")) {
      assertThat(command.exitCode()).isEqualTo(2);
      assertThat(command.out() + command.err()).isEmpty();
    }
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-r", "--once", "-e", "create", "d").awaitWatching()) {
      Files.createDirectories(dir.resolve("x/y"));

      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).isEqualTo("d/ CREATE,ISDIR x\n");
    }
  }

  @Test
  void aFileBesideATree_isWatchedAsAFile() throws Exception {
    Files.createFile(temp.resolve("f"));
    try (CommandProcess command =
        CommandProcess.start(temp, "watch", "-r", "-e", "create,delete", "d", "f")
            .awaitWatching()) {
      Files.createDirectory(dir.resolve("a/x"));
      command.awaitOutput("d/a/ CREATE,ISDIR x\n");
      Files.delete(temp.resolve("f"));
      command.awaitOutput("f DELETE \n");

      assertThat(command.err()).isEqualTo("Watching 3 directories and 1 file; Ctrl-C ends.\n");
    }
  }
}
