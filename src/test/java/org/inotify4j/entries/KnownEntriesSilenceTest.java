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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  /** So many are looked at in a row. */
  private static final int LOOKS = 10;

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

  private void tellOfWhatWasSeen() {
    EntryColumns before = new KnownLooks(libC, PathBytes.of(directory), false, false).see(NAME);
    known.touch(NAME);
    known.wasSeen(NAME, Objects.requireNonNull(before, "it is there"));
  }

  /** Looks until its times are old enough to show another change. */
  private void awaitCertain() {
    await()
        .untilAsserted(
            () -> {
              look();
              assertThat(known.confirm()).isOne();
            });
  }

  private void look() {
    new KnownLooks(libC, PathBytes.of(directory), false, false).look(known, LOOKS);
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
    awaitCertain();
    assertThat(known.differencesTo(scan()).next()).isFalse();
  }

  @Test
  void changeThatAnEventToldOf_isNone_whateverIsSweptOut() throws IOException {
    known.touch(NAME);
    for (int i = 0; i < 100; i++) {
      byte[] other = ("other" + i).getBytes(UTF_8);
      assertThat(known.add(other, false)).isTrue();
      assertThat(known.remove(other)).isTrue();
    }
    awaitCertain();
    assertThat(known.differencesTo(scan()).next()).isFalse();
  }

  /** Who goes on with a part of what is known knows as well what was told of. */
  @Test
  void changeThatNoEventToldOf_isStillADifference_whereAnotherOneGoesOn() throws IOException {
    known = known.selected(EntryFilter.NOTHING, false);
    look();
    assertThat(known.confirm()).isZero();
    assertThat(known.differencesTo(scan()).next()).isTrue();
  }

  @Test
  void changeThatAnEventToldOf_isNone_whereAnotherOneGoesOn() {
    known.touch(NAME);
    known = known.selected(EntryFilter.NOTHING, false);
    awaitCertain();
    assertThat(known.hasFresh()).as("who was told of it may look at it only now").isTrue();
  }

  @Test
  void whatCannotBeSeen_keepsNoOtherFromBeingLookedAt() {
    known = new KnownEntries();
    for (int i = 0; i < LOOKS; i++) {
      assertThat(known.add(("gone" + i).getBytes(UTF_8), false)).isTrue();
    }
    assertThat(known.add(NAME, false)).isTrue();
    awaitCertain();
  }

  /** What is in it is another directory's, which somebody may have read meanwhile. */
  @Test
  void directoryThatIsAnotherOne_asNoEventToldOf_isNotTakenForTheOneThatWasTold() throws Exception {
    // Else that may be certain by the time of the look.
    Files.delete(directory.resolve("f"));
    Path one = Files.createDirectory(directory.resolve("d"));
    known = KnownEntries.of(scan());
    Files.move(one, directory.resolve("e"));
    Files.createDirectory(one);
    look();
    assertThat(known.confirm()).isZero();
    Differences differences = known.differencesTo(scan());
    List<String> all = new ArrayList<>();
    while (differences.next()) {
      all.add(differences.type() + " " + new String(differences.path(), UTF_8));
    }
    assertThat(all).contains("MOVED e", "CREATED d");
  }

  @Test
  void whatWasSeenBeforeItWasTold_isWhatALookHasToFind() throws Exception {
    tellOfWhatWasSeen();
    awaitCertain();
    assertThat(known.differencesTo(scan()).next()).isFalse();
  }

  @Test
  void whatWasOtherBeforeItWasTold_isADifference() throws Exception {
    tellOfWhatWasSeen();
    Files.writeString(directory.resolve("f"), "longer text");
    look();
    assertThat(known.confirm()).isZero();
    assertThat(known.differencesTo(scan()).next()).isTrue();
  }

  private void replaceElsewhere() throws IOException {
    Files.createFile(directory.resolve("g"));
    // Only now, so that both are not the same inode.
    Files.delete(directory.resolve("f"));
  }

  @Test
  void anotherFileWhereOneHasMovedTo_isToldAsReplaced() throws Exception {
    byte[] place = "g".getBytes(UTF_8);
    replaceElsewhere();
    assertThat(known.move(NAME, place)).isTrue();
    known.touchMoved(place);
    look();
    assertThat(known.confirm()).isZero();
    assertThat(known.hasReplaced()).isTrue();
    Differences differences = known.takeReplaced();
    assertThat(known.hasReplaced()).isFalse();
    assertThat(differences.next()).isTrue();
    assertThat(differences.type()).isEqualTo(Differences.Type.REPLACED);
    assertThat(differences.path()).isEqualTo(place);
    assertThat(differences.next()).isFalse();
  }

  @Test
  void fileThatHasMoved_isNotReplaced() throws Exception {
    byte[] place = "g".getBytes(UTF_8);
    Files.move(directory.resolve("f"), directory.resolve("g"));
    assertThat(known.move(NAME, place)).isTrue();
    known.touchMoved(place);
    awaitCertain();
    assertThat(known.hasReplaced()).isFalse();
    assertThat(known.differencesTo(scan()).next()).isFalse();
  }

  @Test
  void fileThatHasMoved_andOfWhichMoreWasToldSince_isWhatALookSees() throws Exception {
    byte[] place = "g".getBytes(UTF_8);
    replaceElsewhere();
    assertThat(known.move(NAME, place)).isTrue();
    known.touchMoved(place);
    known.touch(place);
    awaitCertain();
    assertThat(known.hasReplaced()).isFalse();
  }

  @Test
  void whatCannotBeSeen_isNotKnown() {
    KnownLooks looks = new KnownLooks(libC, PathBytes.of(directory), false, false);
    assertThat(looks.see("no".getBytes(UTF_8))).isNull();
    KnownLooks gone = new KnownLooks(libC, PathBytes.of(directory.resolve("no")), false, false);
    assertThat(gone.see(NAME)).isNull();
  }
}
