package org.inotify4j.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.snapshot.TreeFilter.EVERYTHING;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another directory comes to the root's path while the tree is read: nothing of it is told. */
final class RootReplacedTest {

  @TempDir private Path temp;
  private final AlteredKernel kernel = new AlteredKernel();
  private Path root;
  private Path other;
  private long inode;

  @BeforeEach
  void makeBoth() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    other = Files.createDirectory(temp.resolve("other"));
    inode = (long) Files.getAttribute(root, "unix:ino");
  }

  /** Has it come when a call has been made so many times. */
  private void replaceAfter(String call, int times) {
    AtomicInteger left = new AtomicInteger(times);
    kernel.alter(
        call,
        result -> {
          if (left.decrementAndGet() == 0) {
            replace();
          }
          return result;
        });
  }

  private void replace() {
    try {
      Files.move(root, temp.resolve("away"));
      Files.move(other, root);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private long inodeOfRoot(TreeSnapshot snapshot) {
    return snapshot.entry(Path.of("")).orElseThrow().inode();
  }

  @Test
  void whenItIsKnownWhichOneTheRootIs_theEntriesAreOfThat() throws Exception {
    Files.createFile(root.resolve("ours"));
    Files.createFile(other.resolve("theirs"));
    replaceAfter("statx", 1);
    TreeSnapshot snapshot = TreeSnapshot.take(kernel.libC, root, EVERYTHING, 1);
    assertThat(inodeOfRoot(snapshot)).isEqualTo(inode);
    assertThat(snapshot.entries().map(entry -> entry.path().toString())).containsExactly("ours");
    assertThat(kernel.open()).isZero();
  }

  /** The one that is read first: the other one waits, and what both are in is kept open. */
  private static Path first(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      return entries.iterator().next();
    }
  }

  /** More than may be kept open, so that those far below are opened by their paths. */
  @Test
  void whenMuchIsReadAlready_theRestIsReadAsWell() throws Exception {
    Path lowest = root;
    for (int i = 0; i < 200; i++) {
      Files.createDirectory(lowest.resolve("a"));
      Files.createDirectory(lowest.resolve("z"));
      lowest = first(lowest);
    }
    Files.createFile(lowest.resolve("ours"));
    // Of each directory the second call finds the end.
    replaceAfter("getdents64", 2 * 150);
    TreeSnapshot snapshot = TreeSnapshot.take(kernel.libC, root, EVERYTHING, 1);
    assertThat(inodeOfRoot(snapshot)).isEqualTo(inode);
    assertThat(snapshot.size()).isEqualTo(2 * 200 + 1);
    assertThat(snapshot.unreadable()).isEmpty();
    assertThat(kernel.open()).isZero();
  }
}
