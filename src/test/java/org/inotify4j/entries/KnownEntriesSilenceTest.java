package org.inotify4j.entries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is looked at again is other, and an event has told of that, or none has. */
final class KnownEntriesSilenceTest {

  private static final byte[] NAME = "f".getBytes(UTF_8);

  @TempDir private Path directory;
  private final LibC libC = SystemLibC.get();
  private KnownEntries known = new KnownEntries();

  @BeforeEach
  void seeJustAfterAChange() throws IOException {
    Path file = Files.createFile(directory.resolve("f"));
    // So that another change might not show: whole seconds are all that some file systems have.
    Instant soon = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    Files.setLastModifiedTime(file, FileTime.from(soon));
    known = KnownEntries.of(scan());
    assertThat(known.hasUncertain()).isTrue();
    Files.writeString(file, "text");
  }

  private Scan scan() throws IOException {
    Reach reach = new Reach(false, EntryFilter.NOTHING, false, false);
    return Scan.of(libC, PathBytes.of(directory), reach, 1);
  }

  private void look() {
    new KnownLooks(libC, PathBytes.of(directory), false, false).look(known, 10);
  }

  @Test
  void changeThatNoEventToldOf_isStillADifference() throws IOException {
    look();
    assertThat(known.confirm()).isZero();
    assertThat(known.hasUncertain()).isFalse();
    Differences differences = known.differencesTo(scan());
    assertThat(differences.next()).isTrue();
    assertThat(differences.type()).isEqualTo(Differences.Type.MODIFIED);
    assertThat(differences.isAttributesOnly()).isFalse();
    assertThat(differences.path()).isEqualTo(NAME);
    assertThat(differences.next()).isFalse();
  }

  @Test
  void changeThatAnEventToldOf_isNone() throws IOException {
    known.touch(NAME);
    await()
        .untilAsserted(
            () -> {
              look();
              assertThat(known.confirm()).isOne();
            });
    assertThat(known.differencesTo(scan()).next()).isFalse();
  }
}
