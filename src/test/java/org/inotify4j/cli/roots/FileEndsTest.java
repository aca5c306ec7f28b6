package org.inotify4j.cli.roots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.cli.CommandProcess.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.inotify4j.Flag;
import org.inotify4j.cli.CommandThread;
import org.inotify4j.cli.base.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the end of a single file is told, in the words that were asked for. */
class FileEndsTest {

  @TempDir private Path temp;

  @ParameterizedTest
  @CsvSource({
    "delete_self, rm f, DELETE_SELF",
    "delete_self, : > g; mv g f, DELETE_SELF",
    "delete_self, mv f g; : > h; mv h f; rm f, DELETE_SELF",
    "move_self, mv f g, MOVE_SELF",
    "'delete_self,move_self', mv f g; : > f; rm f, MOVE_SELF DELETE_SELF",
    "'delete_self,delete', rm f, DELETE",
    "'move_self,move', mv f g, MOVED_FROM",
    "'delete_self,move', : > g; mv g f, MOVED_TO",
  })
  void theEnd_isTold(String asked, String script, String told) throws Exception {
    Path file = Files.createFile(temp.resolve("f"));
    String[] names = told.split(" ", -1);
    try (CommandThread command =
        CommandThread.start("watch", "--format", "%e %c", "-e", asked, file.toString())) {
      command.awaitWatching();
      shell(temp, script);
      await()
          .atMost(CommandThread.PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> command.out().lines().count() == names.length);

      assertThat(command.out().lines().map(line -> line.split(" ", -1)[0])).containsExactly(names);
      assertThat(command.out().lines().filter(line -> line.contains("_SELF")))
          .allMatch(line -> line.endsWith(" 0"));
    }
  }

  /** What is printed of a link that is swapped is what is printed of a file that is replaced. */
  @ParameterizedTest
  @CsvSource({
    "'', MOVED_TO",
    "move, MOVED_TO",
    "delete_self, DELETE_SELF",
  })
  void aLinkThatIsSwapped_isAReplacement(String asked, String told) throws Exception {
    shell(temp, "echo a > a; echo b > b; ln -s a f");
    String file = temp.resolve("f").toString();
    String[] arguments =
        asked.isEmpty()
            ? new String[] {"watch", "--once", "--json", file}
            : new String[] {"watch", "--once", "--json", "-e", asked, file};
    CommandThread command = CommandThread.start(arguments);
    command.awaitWatching();
    shell(temp, "ln -sfn b f");

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("\"" + told + "\"").contains("\"synthetic\":true");
  }

  @Test
  void once_ends() throws Exception {
    Path file = Files.createFile(temp.resolve("f"));
    CommandThread command =
        CommandThread.start("watch", "--once", "-e", "delete_self", file.toString());
    command.awaitWatching();
    Files.delete(file);

    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).isEqualTo(file + " DELETE_SELF \n");
  }

  @Test
  void aNameThatComes_isNoEnd() {
    FileEnds ends = new FileEnds(Flag.DELETE_SELF.bit(), false);
    int comes = Flag.MOVED_TO.bit();

    assertThat(ends.told(comes)).isEqualTo(comes);
    assertThat(ends.told(comes)).isEqualTo(Flag.DELETE_SELF.bit());
  }

  @Test
  void unmountAlone_tellsNothingThatWasNotAskedFor() throws Exception {
    Path dir = Files.createDirectory(temp.resolve("d"));
    CommandThread command = CommandThread.start("watch", "-e", "unmount", dir.toString());
    command.awaitWatching();
    Files.delete(dir);

    assertThat(command.exitCode()).isEqualTo(ExitCode.ERROR);
    assertThat(command.out()).isEqualTo(dir + "/ IGNORED \n");
  }
}
