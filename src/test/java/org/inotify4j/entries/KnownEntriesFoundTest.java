package org.inotify4j.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.entries.Entries.bytes;
import static org.inotify4j.entries.Entries.texts;
import static org.inotify4j.entries.Entries.toTell;
import static org.inotify4j.entries.Entries.told;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.inotify4j.disk.EntryFilter;
import org.junit.jupiter.api.Test;

/** What is known is compared with what somebody found, and becomes that. */
final class KnownEntriesFoundTest {

  private static final int ALL = 100;

  private static Entries tree() {
    return new Entries()
        .directory("d", 2)
        .file("d/f", 3)
        .directory("d/e", 5)
        .file("d/e/f", 6)
        .file("g", 4);
  }

  // All of it.

  @Test
  void whatWasFound_isKnown_andFresh() {
    KnownEntries known = KnownEntries.of(tree().at("g").uncertain().scan());
    assertThat(texts(known.columns()))
        .containsExactly("d/ 2", "g 4 uncertain", "d/f 3", "d/e/ 5", "d/e/f 6");
    assertThat(known.hasFresh()).isTrue();
    assertThat(known.hasUncertain()).isTrue();
    known.isLookedAt();
    assertThat(known.hasFresh()).isFalse();
  }

  @Test
  void replace_isWhatWasFound_andOfThatWhatIsFresh() {
    KnownEntries known = tree().known();
    known.touch(bytes("d/f"));
    known.touch(bytes("g"));
    known.replace(tree().scan());
    assertThat(known.hasFresh()).isTrue();
    assertThat(known.hasUncertain()).isFalse();
    known.replace(new Entries().directory("d", 2).scan());
    assertThat(texts(known.columns())).containsExactly("d/ 2");
    assertThat(known.hasFresh()).isFalse();
  }

  @Test
  void replace_keepsWhatIsInADirectoryThatCannotBeReadAnyMore() {
    KnownEntries known = tree().known();
    known.replace(new Entries().directory("d", 2).unreadable().file("h", 8).scan());
    assertThat(texts(known.columns())).containsExactly("d/ 2", "h 8", "d/f 3", "d/e/ 5", "d/e/f 6");
  }

  @Test
  void replace_keepsNothing_whereItWasNoDirectory_orCouldNotBeReadBefore() {
    KnownEntries known = tree().at("d/e").unreadable().known();
    known.replace(
        new Entries()
            .directory("d", 2)
            .directory("d/e", 5)
            .unreadable()
            .directory("g", 9)
            .unreadable()
            .directory("h", 10)
            .unreadable()
            .file("i", 11)
            .unreadable()
            .scan());
    assertThat(texts(known.columns()))
        .containsExactly(
            "d/ 2", "g/ 9 unreadable", "h/ 10 unreadable", "i 11 unreadable", "d/e/ 5 unreadable");
  }

  /** As a directory that is listed first of all. */
  @Test
  void replace_ofADirectoryThatWasOnlyTold_keepsWhatWasToldOfIt_andElseSaysThatItCannotBeRead() {
    Entries found = new Entries().directory("d", 2).unreadable().directory("e", 3).unreadable();
    KnownEntries known = new KnownEntries();
    known.add(bytes("d"), true);
    known.add(bytes("e"), true);
    known.add(bytes("e/f"), false);
    known.replace(found.scan());
    assertThat(texts(known.columns()))
        .containsExactly("d/ 2 unreadable", "e/ 3", "e/f 0 uncertain");
  }

  /** Not each of them costs a walk through all that is known. */
  @Test
  void replace_ofManyDirectoriesThatWereOnlyTold_takesNoLonger() {
    int count = 200_000;
    EntryColumns found = new EntryColumns(1, 1);
    int root = found.add(EntryColumns.NONE, bytes(""), 0, 0);
    KnownEntries known = new KnownEntries();
    for (int i = 0; i < count; i++) {
      byte[] name = bytes("d" + i);
      known.add(name, true);
      int row = found.add(root, name, 0, name.length);
      found.setUnlooked(row, true);
      found.setUnreadable(row);
    }
    assertTimeoutPreemptively(Duration.ofSeconds(15), () -> known.replace(new Scan(found, false)));
    assertThat(known.columns().isUnreadable(count)).isTrue();
  }

  @Test
  void replacePart_ofADirectoryThatWasOnlyTold_saysThatItCannotBeRead() {
    KnownEntries known = tree().known();
    known.add(bytes("d/new"), true);
    known.replacePart(
        new Entries().directory("d", 2).directory("d/new", 9).unreadable().file("d/f", 3).scan());
    assertThat(texts(known.columns())).contains("d/new/ 9 unreadable");
  }

  @Test
  void replace_whatWasToBeDoneBefore_isNothingOfTheNewOnes() {
    KnownEntries known = tree().known();
    known.touch(bytes("d/f"));
    known.touch(bytes("d/e/f"));
    known.look(ALL, (path, seen) -> seen.addCopy(EntryColumns.NONE, tree().rows, tree().row("g")));
    known.replace(new Entries().file("d", 9).file("g", 4).scan());
    assertThat(known.confirm()).as("what was seen is of another row").isZero();
    assertThat(known.hasUncertain()).isFalse();
    assertThat(texts(known.columns())).containsExactly("d 9", "g 4");
  }

  @Test
  void replace_whatHadMovedBefore_isWhatWasFound() {
    KnownEntries known = tree().known();
    known.move(bytes("d/f"), bytes("h"));
    // The row of what had moved is another one's now.
    known.replace(new Entries().directory("d", 2).file("d/f", 3).scan());
    known.touchMoved(bytes("d/f"));
    Entries other = new Entries().file("f", 9);
    known.look(ALL, (path, seen) -> seen.addCopy(EntryColumns.NONE, other.rows, 1));
    assertThat(known.confirm()).isOne();
    assertThat(known.hasReplaced()).isFalse();
  }

  @Test
  void differencesTo_aPart() {
    KnownEntries known = tree().known();
    Entries part = new Entries().directory("d", 2).file("d/new", 9).directory("d/e", 5);
    EntryFilter filter = Entries.without("g");
    assertThat(told(known.differencesTo(part.file("d/e/f", 6).scan(), filter)))
        .containsExactly("DELETED d/f", "CREATED d/new");
    assertThat(texts(known.columns())).hasSize(5);
  }

  // A part of it.

  @Test
  void replacePart_isWhatWasFoundThere() {
    KnownEntries known = tree().known();
    known.touch(bytes("d/f"));
    known.touch(bytes("g"));
    known.replacePart(
        new Entries()
            .at("")
            .times(7, 8)
            .directory("d", 12)
            .file("d/f", 13)
            .directory("d/e", 15)
            .uncertain()
            .file("d/new", 9)
            .directory("g", 14)
            .file("g/f", 10)
            .scan());
    assertThat(texts(known.columns()))
        .containsExactly("d/ 12", "g 4 uncertain", "d/f 13", "d/e/ 15 uncertain", "d/e/f 6");
    assertThat(known.columns().changed(EntryColumns.ROOT)).isEqualTo(8);
    assertThat(known.remove(bytes("g"))).isTrue();
    assertThat(known.hasUncertain()).as("one was found to be").isTrue();
    assertThat(known.remove(bytes("d/e"))).isTrue();
    assertThat(known.hasUncertain()).as("the other was not").isFalse();
  }

  @Test
  void replacePart_whatWasToldBefore_countsNoMore() {
    KnownEntries known = tree().known();
    known.touch(bytes("g"));
    known.look(ALL, (path, seen) -> seen.addCopy(EntryColumns.NONE, tree().rows, 1));
    known.replacePart(new Entries().file("g", 4).uncertain().scan());
    assertThat(known.confirm()).as("the look was before").isZero();
    assertThat(known.hasUncertain()).isTrue();
    Entries written = new Entries().file("g", 4).size(1);
    known.look(ALL, (path, seen) -> seen.addCopy(EntryColumns.NONE, written.rows, 1));
    assertThat(known.confirm()).as("no event told of it since").isZero();
    assertThat(toTell(known, tree().at("g").size(1))).containsExactly("MODIFIED g");
  }

  @Test
  void replacePart_whatHasMovedBefore_isWhatWasFound() {
    KnownEntries known = tree().known();
    known.move(bytes("g"), bytes("h"));
    known.replacePart(new Entries().file("h", 9).uncertain().scan());
    known.touchMoved(bytes("h"));
    Entries another = new Entries().file("h", 10);
    known.look(ALL, (path, seen) -> seen.addCopy(EntryColumns.NONE, another.rows, 1));
    assertThat(known.confirm()).isOne();
    assertThat(known.hasReplaced()).isFalse();
  }

  @Test
  void replacePart_aDirectoryThatCannotBeReadAnyMore_isReadable_andAFileIsNot() {
    KnownEntries known = tree().at("d/e").unreadable().known();
    known.replacePart(
        new Entries()
            .directory("d", 2)
            .unreadable()
            .directory("d/e", 5)
            .unreadable()
            .file("g", 4)
            .unreadable()
            .scan());
    assertThat(texts(known.columns()))
        .containsExactly("d/ 2", "g 4 unreadable", "d/f 3", "d/e/ 5 unreadable", "d/e/f 6");
  }

  // Files that may have been looked for while they were elsewhere.

  /** A tree in which a directory was away for a moment, and came back. */
  private static Entries back(String directory, String above) {
    return tree().at(directory).times(0, 9).at(above).times(9, 9);
  }

  @Test
  void freshFile_isModified_whereADirectoryAboveWasElsewhere() {
    KnownEntries known = tree().known();
    known.allIsFresh();
    assertThat(toTell(known, back("d", ""))).containsExactly("MODIFIED d/f", "MODIFIED d/e/f");
    known = tree().known();
    known.allIsFresh();
    assertThat(toTell(known, back("d/e", "d"))).containsExactly("MODIFIED d/e/f");
    known = tree().known();
    known.allIsFresh();
    assertThat(told(known.differencesTo(back("d/e", "d").scan(), Entries.without("g"))))
        .contains("MODIFIED d/e/f");
  }

  @Test
  void fileThatIsNotFresh_isAsItWas() {
    KnownEntries known = tree().known();
    assertThat(toTell(known, back("d", ""))).isEmpty();
    Entries above = back("d", "");
    known.move(bytes("g"), bytes("d/e/f"));
    known = tree().known();
    known.touch(bytes("g"));
    known.replace(tree().scan());
    assertThat(known.hasFresh()).isTrue();
    assertThat(toTell(known, above)).isEmpty();
  }

  @Test
  void freshDirectory_isSoWithAllBelow() {
    KnownEntries known = tree().known();
    known.move(bytes("d/e"), bytes("e"));
    Entries moved = new Entries().directory("d", 2).file("d/f", 3).file("g", 4).directory("e", 5);
    moved.file("e/f", 6).at("e").times(0, 9).at("").times(9, 9).at("d").times(0, 9);
    assertThat(toTell(known, moved)).containsExactly("MODIFIED e/f");
  }

  @Test
  void freshFile_isAsItWas_whereOnlyOneTraceIsThere() {
    KnownEntries known = tree().known();
    known.allIsFresh();
    assertThat(toTell(known, tree().at("d").times(0, 9))).as("other permissions").isEmpty();
    assertThat(toTell(known, tree().at("").times(9, 9))).as("another entry").isEmpty();
    assertThat(toTell(known, tree())).isEmpty();
  }

  @Test
  void freshFile_isModified_whereTheTimesWereNotCertain() {
    KnownEntries known = tree().at("d").uncertain().known();
    known.allIsFresh();
    assertThat(toTell(known, tree().at("").times(9, 9)))
        .containsExactly("MODIFIED d/f", "MODIFIED d/e/f");
    known = tree().at("").uncertain().known();
    known.allIsFresh();
    assertThat(toTell(known, tree().at("d").times(0, 9)))
        .containsExactly("MODIFIED d/f", "MODIFIED d/e/f");
  }

  @Test
  void freshFile_inADirectoryThatIsNotThere_isNoneToBeAskedFor() {
    KnownEntries known = tree().known();
    known.allIsFresh();
    Entries found = new Entries().file("g", 4).at("").times(9, 9);
    assertThat(toTell(known, found))
        .containsExactly("DELETED d/e/f", "DELETED d/e/", "DELETED d/f", "DELETED d/");
    assertThat(known.hasUncertain()).isFalse();
  }

  @Test
  void allIsFresh_andOneMoreIsNoMore() {
    KnownEntries known = tree().known();
    known.allIsFresh();
    known.touch(bytes("g"));
    known.remove(bytes("d"));
    assertThat(known.hasFresh()).isTrue();
    known.isLookedAt();
    assertThat(known.hasFresh()).isFalse();
  }
}
