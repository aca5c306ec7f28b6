package org.inotify4j;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel says of renames. */
final class RenameTest extends WithINotify {

  private static final int WITHOUT_READS =
      Mask.ALL_EVENTS & ~(Mask.CLOSE | Mask.of(Flag.OPEN, Flag.ACCESS));

  @TempDir private Path root;

  @Test
  void fileOverFile() throws Exception {
    Path x = Files.createFile(root.resolve("x"));
    Path y = Files.createFile(root.resolve("y"));
    watchRootAnd(x, y);
    Files.move(x, y, ATOMIC_MOVE);
    assertThat(Transcript.of(inotify))
        .containsExactly(
            "1 MOVED_FROM #1 x",
            "1 MOVED_TO #1 y",
            "3 ATTRIB",
            "2 MOVE_SELF",
            "3 DELETE_SELF",
            "3 IGNORED");
  }

  @Test
  void directoryOverEmptyDirectory() throws Exception {
    Path x = Files.createDirectory(root.resolve("x"));
    Path y = Files.createDirectory(root.resolve("y"));
    watchRootAnd(x, y);
    Files.move(x, y, ATOMIC_MOVE);
    assertThat(Transcript.of(inotify))
        .containsExactly(
            "1 MOVED_FROM|ISDIR #1 x",
            "1 MOVED_TO|ISDIR #1 y",
            "3 ATTRIB|ISDIR",
            "2 MOVE_SELF",
            "3 DELETE_SELF",
            "3 IGNORED");
  }

  @Test
  void exchange_isTwoMoves() throws Exception {
    Path x = Files.createFile(root.resolve("x"));
    Path y = Files.createFile(root.resolve("y"));
    inotify.addWatch(root, WITHOUT_READS);
    Syscalls.exchange(x, y);
    assertThat(Transcript.of(inotify))
        .containsExactly(
            "1 MOVED_FROM #1 x", "1 MOVED_TO #1 y", "1 MOVED_FROM #2 y", "1 MOVED_TO #2 x");
  }

  @Test
  void betweenHardLinksOfOneFile_isSilent() throws Exception {
    Path x = Files.createFile(root.resolve("x"));
    Path y = Files.createLink(root.resolve("y"), x);
    watchRootAnd(x);
    Files.move(x, y, ATOMIC_MOVE);
    assertThat(Transcript.of(inotify)).isEmpty();
    assertThat(x).exists();
  }

  private void watchRootAnd(Path... entries) throws Exception {
    inotify.addWatch(root, WITHOUT_READS);
    for (Path entry : entries) {
      inotify.addWatch(entry, WITHOUT_READS);
    }
  }
}
