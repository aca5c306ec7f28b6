package org.inotify4j.cli.roots;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which paths stay where the tree of another one has them in it, but may not come to them. */
final class OuterPathsTest {

  @TempDir private Path shelf;

  /** What is in the tree, for which it needs no rights, as the user has it who runs the program. */
  @Test
  void aPathThatMayNotBeRead_stays_andSoDoesOneBelowIt() throws Exception {
    assertThat(ChildJvm.of(Program.class).asNobody(shelf).run().output())
        .isEqualTo("[tree, tree/secret, tree/secret/below, tree/none]\n");
  }

  /** Prints which paths stay of a tree, and some in it. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Files.createTempDirectory("paths");
      Path secret = root.resolve("tree/secret");
      Files.createDirectories(secret.resolve("below"));
      Files.createDirectory(root.resolve("tree/open"));
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("--x--x--x"));
      List<byte[]> paths =
          Stream.of("tree", "tree/secret", "tree/secret/below", "tree/open", "tree/none")
              .map(path -> root.resolve(path).toString().getBytes(UTF_8))
              .toList();
      TreeOptions options = new TreeOptions(true, true, List.of(), false, List.of(), List.of());
      System.out.println(
          OuterPaths.of(paths, options).stream()
              .map(path -> root.relativize(Path.of(new String(path, UTF_8))))
              .toList());
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
