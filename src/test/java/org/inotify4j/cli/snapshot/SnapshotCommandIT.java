package org.inotify4j.cli.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.cli.CommandProcess.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.inotify4j.cli.CommandProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged command on snapshots. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SnapshotCommandIT {

  @TempDir Path temp;

  @Test
  void whatChangedSince_isPrinted_byNamesThatAreNoText() throws Exception {
    Files.createDirectories(temp.resolve("d/sub"));
    // Old enough to be certain, by the time when the command has started.
    shell(temp, "touch d/a \"$(printf 'd/\\377')\"");
    assertThat(run("snapshot", "save", "d", "file")).isEqualTo("0:");
    assertThat(run("snapshot", "diff", "d/", "file")).isEqualTo("0:");

    shell(temp, "mv d/a d/sub/b; rm d/\"$(printf '\\377')\"; mkdir \"$(printf 'd/n\\n')\"");
    assertThat(run("snapshot", "diff", "d", "file").lines())
        .containsExactlyInAnyOrder(
            "1:d/ DELETE \\xFF", "d/ MOVED_FROM a", "d/sub/ MOVED_TO b", "d/ CREATE,ISDIR n");
    assertThat(run("snapshot", "diff", "d/sub", "file")).isEqualTo("2:");
  }

  /** The exit code, and what was printed. */
  private String run(String... arguments) throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, arguments)) {
      return command.exitCode() + ":" + command.out();
    }
  }
}
