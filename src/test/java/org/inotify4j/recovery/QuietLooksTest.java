package org.inotify4j.recovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.entries.KnownEntries;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When what may be other than it was told is looked at. */
final class QuietLooksTest {

  /** More than are looked at in a row twice. */
  private static final int GONE = 2500;

  @TempDir private Path directory;

  /** It is waited when all of them were looked at, and not after each part of them. */
  @Test
  void wherePartWasLookedAt_theRestIsAtOnce() {
    Disk disk = Disk.ofTree(SystemLibC.get(), directory, true, EntryFilter.NOTHING, false);
    QuietLooks looks = new QuietLooks(disk, QuietLooksTest::comesByAtOnce, () -> false);
    KnownEntries known = new KnownEntries();
    for (int i = 0; i < GONE; i++) {
      assertThat(known.add(("gone" + i).getBytes(UTF_8), false)).isTrue();
    }
    looks.look(known);
    assertThat(looks.untilDue(known)).isZero();
    looks.look(known);
    assertThat(looks.untilDue(known)).isZero();
    looks.look(known);
    assertThat(looks.untilDue(known)).isPositive();
  }

  private static boolean comesByAtOnce(Runnable mark) {
    mark.run();
    return true;
  }
}
