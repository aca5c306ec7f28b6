package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.util.Arrays;
import org.inotify4j.ChildJvm;
import org.inotify4j.UsedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a tree takes of the heap. */
@Timeout(120)
final class TreeMemoryTest {

  /** A little too many for a smaller table: each has grown, and is not half full. */
  private static final int DIRECTORIES = 6_600;

  private static final int FAN = 100;

  @TempDir private Path root;

  @Test
  void aDirectoryTakesAtMost100Bytes() throws Exception {
    for (int i = 0; i < DIRECTORIES / FAN; i++) {
      Path above = Files.createDirectory(root.resolve("a" + i));
      for (int j = 1; j < FAN; j++) {
        Files.createDirectory(above.resolve("below-" + j));
      }
    }

    double[] bytes =
        ChildJvm.of(Program.class)
            .options(UsedMemory.EXACT)
            .run(root.toString())
            .output()
            .lines()
            .mapToDouble(Double::parseDouble)
            .toArray();

    System.out.println("a directory of a tree takes " + Arrays.toString(bytes) + " bytes");
    assertThat(bytes).hasSize(3);
    Arrays.sort(bytes);
    // The virtual machine itself may take some just then; a tree that takes more does so each time.
    assertThat(bytes[1]).isBetween(60.0, 100.0);
  }

  /** Registers the tree four times, and prints what a directory takes the last three times. */
  static final class Program {

    private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE};

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Path.of(arguments[0]);
      for (int i = 0; i < 4; i++) {
        try (INotifyWatchService service = INotifyWatchService.open()) {
          long before = UsedMemory.bytes();
          service.register(root, KINDS, INotifyModifiers.RECURSIVE);
          long bytes = UsedMemory.bytes() - before;
          if (service.watchCount() != DIRECTORIES + 1) {
            throw new AssertionError(service.watchCount() + " watches");
          }
          // With the first one classes are loaded.
          if (i > 0) {
            System.out.println((double) bytes / service.watchCount());
          }
        }
      }
    }
  }
}
