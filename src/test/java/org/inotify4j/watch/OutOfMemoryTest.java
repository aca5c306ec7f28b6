package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.inotify4j.ChildJvm;
import org.inotify4j.pending.PendingBounds;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program without memory: its services work on or are closed, and are never open and deaf. */
@Timeout(120)
final class OutOfMemoryTest {

  private static final long HEAP = 48L * 1024 * 1024;

  @TempDir private Path directory;

  @RepeatedTest(3)
  void noServiceIsOpenAndDeaf() throws Exception {
    List<String> states =
        ChildJvm.of(ProgramOutOfMemory.class)
            .options("-Xmx48m")
            .run(directory.toString())
            .output()
            .lines()
            .toList();
    assertThat(states).hasSize(3);
    assertThat(states).allMatch(state -> state.endsWith(": works") || state.endsWith(": closed"));
  }

  @Test
  void pendingEventsTakeAQuarterOfTheHeapAtMost() throws Exception {
    String bound = ChildJvm.of(Bound.class).options("-Xmx48m").run().output().trim();
    assertThat(Long.parseLong(bound)).isBetween(HEAP / 8, HEAP / 4);
  }

  /** Prints how many bytes may be pending. */
  static final class Bound {
    private Bound() {}

    public static void main(String[] arguments) {
      System.out.println(PendingBounds.fromProperties().bytesPerService());
    }
  }
}
