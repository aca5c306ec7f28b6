package org.inotify4j.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inotify4j.cli.CommandThread;
import org.inotify4j.watch.PollInterval;
import org.inotify4j.watch.SilentMounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The looks at what is polled without being asked for are those of the command itself. */
final class PolledLooksTest {

  @RegisterExtension private final PollInterval interval = new PollInterval("0.05");
  @RegisterExtension private final SilentMounts mounts = new SilentMounts();

  @TempDir private Path temp;
  private Path tree;
  private Path source;
  private Path mounted;

  @BeforeEach
  void makeDirectories() throws IOException {
    tree = temp.resolve("tree");
    source = Files.createDirectory(temp.resolve("source"));
    Files.createDirectory(source.resolve("d"));
    mounted = Files.createDirectories(tree.resolve("m"));
  }

  /** What was printed up to a line, each without the path of the tree. */
  private List<String> printed(CommandThread command, String last) {
    await().until(() -> command.out().contains(tree + "/" + last + "\n"));
    return command.out().lines().map(line -> line.replace(tree + "/", "")).toList();
  }

  @Test
  void areNotPrinted() throws Exception {
    mounts.mount(source, mounted);
    try (CommandThread command = CommandThread.start("watch", "-r", "" + tree).awaitWatching()) {
      Files.createDirectory(source.resolve("d/e"));
      assertThat(printed(command, "m/d/ CREATE,ISDIR e")).containsExactly("m/d/ CREATE,ISDIR e");
      Files.delete(source.resolve("d/e"));
      assertThat(printed(command, "m/d/ DELETE,ISDIR e"))
          .containsExactly("m/d/ CREATE,ISDIR e", "m/d/ DELETE,ISDIR e");
    }
  }

  @Test
  void areNotPrinted_whereItIsMountedLater() throws Exception {
    try (CommandThread command = CommandThread.start("watch", "-r", "" + tree).awaitWatching()) {
      mounts.mount(source, mounted);
      assertThat(printed(command, "m/ CREATE,ISDIR d")).contains(" CREATE,ISDIR m");
      // What mounted it has read the directory.
      int before = printed(command, " DELETE,ISDIR m").indexOf(" DELETE,ISDIR m");
      Files.createDirectory(source.resolve("d/e"));
      assertThat(printed(command, "m/d/ CREATE,ISDIR e").subList(before, before + 4))
          .containsExactly(
              " DELETE,ISDIR m", " CREATE,ISDIR m", "m/ CREATE,ISDIR d", "m/d/ CREATE,ISDIR e");
    }
  }

  @Test
  void arePrinted_whereTheyAreAskedFor() throws Exception {
    mounts.mount(source, mounted);
    try (CommandThread command =
        CommandThread.start("watch", "-r", "-e", "open", "" + tree).awaitWatching()) {
      assertThat(printed(command, "m/ OPEN,ISDIR d")).contains(" OPEN,ISDIR ");
    }
  }

  @Test
  void areNotCounted() throws Exception {
    mounts.mount(source, mounted);
    try (CommandThread command = CommandThread.start("stats", "-r", "-t", "1", "" + tree)) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.err()).endsWith("No events occurred.\n");
      assertThat(command.out()).isEmpty();
    }
  }
}
