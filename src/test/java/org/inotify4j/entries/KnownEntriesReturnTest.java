package org.inotify4j.entries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory moves away and comes back, and no record of that is left. Who was told of a file in
 * it may have looked for that meanwhile.
 */
final class KnownEntriesReturnTest {

  @TempDir private Path directory;
  private KnownEntries known = new KnownEntries();

  @BeforeEach
  void knowForLong() throws IOException {
    Files.createDirectories(directory.resolve("d/e"));
    Files.createFile(directory.resolve("d/e/f"));
    Files.createDirectory(directory.resolve("other"));
    Files.createFile(directory.resolve("other/f"));
    await()
        .until(
            () -> {
              known = KnownEntries.of(scan());
              return !known.hasUncertain();
            });
    known.isLookedAt();
  }

  private Scan scan() throws IOException {
    Reach reach = new Reach(false, EntryFilter.NOTHING, false, false);
    return Scan.of(SystemLibC.get(), PathBytes.of(directory), reach, 1);
  }

  private void awayAndBack(String place) throws IOException {
    Path there = directory.resolve(place);
    Path away = directory.resolve("away");
    Files.move(there, away);
    Files.move(away, there);
  }

  private List<String> differences() throws IOException {
    List<String> all = new ArrayList<>();
    Differences differences = known.differencesTo(scan());
    while (differences.next()) {
      all.add(differences.type() + " " + new String(differences.path(), UTF_8));
    }
    return all;
  }

  @Test
  void whatWasToldOfLongAgo_isAsItWas() throws IOException {
    awayAndBack("d");
    assertThat(differences()).isEmpty();
  }

  @Test
  void whatWasToldOfJustNow_isModified_whereverAboveItHappened() throws IOException {
    known.allIsFresh();
    awayAndBack("d");
    assertThat(differences()).containsExactly("MODIFIED d/e/f");
    known.replace(scan());
    awayAndBack("d/e");
    assertThat(differences()).containsExactly("MODIFIED d/e/f");
  }

  @Test
  void whatWasToldOfJustNow_isAsItWas_whereNothingMoved() throws IOException {
    known.allIsFresh();
    Files.createFile(directory.resolve("d/new"));
    assertThat(differences()).containsExactly("CREATED d/new");
  }

  /** A look at a part sees the times of the root as well. */
  @Test
  void whatWasToldOfJustNow_isAsItWas_whereTheRootChangedBeforeTheLastLookAtAPart()
      throws IOException {
    Files.createDirectory(directory.resolve("new"));
    assertThat(known.add("new".getBytes(UTF_8), true)).isTrue();
    await()
        .until(
            () -> {
              known.replacePart(scan());
              return !known.columns().isUncertain(EntryColumns.ROOT);
            });
    known.allIsFresh();
    Files.createFile(directory.resolve("d/another"));
    assertThat(differences()).containsExactly("CREATED d/another");
  }

  @Test
  void whatIsInADirectoryThatMovedJustNow_isModified() throws IOException {
    Files.move(directory.resolve("d"), directory.resolve("moved"));
    assertThat(known.move("d".getBytes(UTF_8), "moved".getBytes(UTF_8))).isTrue();
    awayAndBack("moved");
    awayAndBack("other");
    assertThat(differences()).containsExactly("MODIFIED moved/e/f");
  }

  @Test
  void whatWasLookedAtSince_isAsItWas() throws IOException {
    known.allIsFresh();
    known.isLookedAt();
    assertThat(known.hasFresh()).isFalse();
    awayAndBack("d");
    assertThat(differences()).isEmpty();
  }
}
