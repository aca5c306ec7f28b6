package org.inotify4j.cli.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.cli.CommandProcess;
import org.inotify4j.cli.CommandThread;
import org.inotify4j.cli.base.Console;
import org.inotify4j.libc.PathBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of snapshots, and how it ends. */
class SnapshotCommandTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path temp;
  private String tree;
  private String file;

  @BeforeEach
  void makeTree() throws IOException {
    Path root = Files.createDirectories(temp.resolve("d"));
    Files.createDirectory(root.resolve("sub"));
    Files.writeString(root.resolve("a"), "1");
    Files.writeString(root.resolve("b"), "1");
    tree = root.toString();
    file = temp.resolve("file").toString();
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    return CommandThread.run(new Console(out, err), arguments);
  }

  /** Saves until nothing was changed shortly before. */
  private void save(String... options) {
    String[] arguments = new String[options.length + 4];
    System.arraycopy(new String[] {"snapshot", "save", tree, file}, 0, arguments, 0, 4);
    System.arraycopy(options, 0, arguments, 4, options.length);
    await()
        .until(
            () -> {
              assertThat(run(arguments)).isZero();
              assertThat(out.toString(UTF_8) + err.toString(UTF_8)).isEmpty();
              return run("snapshot", "diff", tree, file) == 0;
            });
    assertThat(out.toString(UTF_8) + err.toString(UTF_8)).isEmpty();
  }

  @Test
  void whatDiffers_isPrintedAsEvents_andExitsWith1() throws Exception {
    save();
    Path root = Path.of(tree);
    Files.move(root.resolve("a"), root.resolve("sub/c"));
    Files.writeString(root.resolve("b"), "2");
    Files.createDirectory(PathBytes.resolve(root, new byte[] {(byte) 0xFF, '\n'}));

    assertThat(run("snapshot", "diff", tree, file)).isEqualTo(1);
    assertThat(out.toString(UTF_8).lines())
        .containsExactlyInAnyOrder(
            tree + "/ MOVED_FROM a",
            tree + "/sub/ MOVED_TO c",
            tree + "/ MODIFY b",
            tree + "/ CREATE,ISDIR \\xFF\\n");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void json_isOneObjectALine() throws Exception {
    save();
    Files.delete(Path.of(tree, "sub"));
    Files.createFile(Path.of(tree, "sub"));

    assertThat(run("snapshot", "diff", "--json", tree + "/", file)).isEqualTo(1);
    String path = "{\"path\":\"" + tree + "/sub\",\"name\":\"sub\",\"flags\":";
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            path
                + "[\"DELETE\",\"ISDIR\"],\"cookie\":0,\"directory\":true}\n"
                + path
                + "[\"CREATE\"],\"cookie\":0,\"directory\":false}\n");
  }

  @Test
  void whatIsExcluded_isSoInEachDiff() throws Exception {
    save("--ignore", "*.tmp", "--mode");
    Files.createFile(Path.of(tree, "x.tmp"));
    assertThat(run("snapshot", "diff", tree, file)).isZero();
  }

  @Test
  void errors_exitWith2() throws Exception {
    assertThat(run("snapshot", "diff", tree, file)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo("inotify4j: " + file + ": no such file or directory\n");

    assertThat(run("snapshot", "save", tree + "/a", file)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("inotify4j: " + tree + "/a: not a directory\n");

    assertThat(run("snapshot", "save", tree, tree + "/none/s")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo("inotify4j: " + tree + "/none/s: no such file or directory\n");
    assertThat(run("snapshot", "save", tree, tree)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("inotify4j: " + tree + ": Is a directory\n");

    CommandProcess.shell(temp, "mkfifo pipe; ln -s pipe link");
    assertThat(run("snapshot", "save", tree, temp + "/link")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("inotify4j: " + temp + "/link: not a regular file\n");

    Files.writeString(Path.of(file), "no snapshot at all");
    assertThat(run("snapshot", "diff", tree, file)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).isEqualTo("inotify4j: " + file + ": it is no snapshot\n");

    assertThat(run("snapshot", "save", tree, file)).isZero();
    assertThat(run("snapshot", "diff", temp.toString(), file)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo("inotify4j: " + file + ": it is a snapshot of another root: " + tree + "\n");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void argumentsThatAreNone_exitWith2() {
    assertThat(run("snapshot")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .isEqualTo("inotify4j: save or diff?; 'inotify4j snapshot --help' says what there is\n");
    assertThat(run("snapshot", "diff", tree)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("FILE");
    assertThat(run("snapshot", "save", "--ignore", "!x", tree, file)).isEqualTo(2);
    assertThat(err.toString(UTF_8)).startsWith("inotify4j: --ignore: the pattern '!x'");
  }

  @Test
  void help_hasTheExitCodes() {
    assertThat(run("snapshot", "--help")).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Exit codes: 0 saved")
        .contains("inotify4j snapshot diff");
    assertThat(run("snapshot", "diff", "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("MOVED_FROM");
  }
}
