package org.inotify4j.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another directory is at the path of the one that is looked at. */
final class DiskTest {

  private static final LibC REAL = SystemLibC.get();

  @TempDir private Path temp;
  private Path root;
  private Path other;
  private int opens = Integer.MIN_VALUE;
  private int reads = Integer.MIN_VALUE;

  @BeforeEach
  void makeBoth() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    other = Files.createDirectory(temp.resolve("other"));
    Files.createFile(other.resolve("theirs"));
  }

  @Test
  void whatIsReadWhileItIsThere_isNotTaken_evenIfItIsGoneAgain() throws Exception {
    LibC libC =
        Intercepted.by(
            (method, arguments) -> {
              String call = method.getName();
              if (call.equals("open") && ++opens == 2) {
                // The first one saw that it is the own one still.
                Files.move(root, temp.resolve("away"));
                Files.move(other, root);
              }
              Object result = Intercepted.pass(REAL, method, arguments);
              if (call.equals("getdents64") && ++reads == 2) {
                Files.move(root, other); // It was read to its end.
              }
              return result;
            });
    Disk disk = Disk.ofTree(libC, root, false, EntryFilter.NOTHING, true);
    disk.findRoot();
    opens = 0;
    reads = 0;
    assertThatThrownBy(disk::scan)
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("another directory is there");
    assertThat(reads).isEqualTo(2);
    Files.move(temp.resolve("away"), root);
    assertThat(disk.scan().size()).isOne();
  }
}
