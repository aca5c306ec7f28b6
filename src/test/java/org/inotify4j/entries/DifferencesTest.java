package org.inotify4j.entries;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.entries.Entries.bytes;
import static org.inotify4j.entries.Entries.told;

import java.util.List;
import java.util.stream.IntStream;
import org.inotify4j.disk.EntryFilter;
import org.junit.jupiter.api.Test;

/** What is to be told to who knows some entries, of tables that are made by hand. */
final class DifferencesTest {

  private final Entries older = new Entries();
  private final Entries newer = new Entries();

  private List<String> differences() {
    return told(Differences.between(older.rows, newer.rows));
  }

  /** Whether an entry is the same by its inode: then it has moved. */
  private boolean isMove() {
    return differences().contains("MOVED a > b");
  }

  @Test
  void nothing_isDifferent() {
    older.directory("d", 2).file("d/f", 3).size(5).times(6, 7);
    newer.directory("d", 2).file("d/f", 3).size(5).times(6, 7);
    Differences none = Differences.between(older.rows, newer.rows);
    assertThat(none.next()).isFalse();
    assertThat(none.next()).isFalse();
    assertThat(none.path()).isEmpty();
    assertThat(none.from()).isEmpty();
  }

  @Test
  void comesAndGoes() {
    older.directory("a", 2).file("a/b", 3).file("c", 4);
    newer.directory("d", 5).file("d/e", 6).file("f", 7);
    assertThat(differences())
        .containsExactly(
            "DELETED c", "DELETED a/b", "DELETED a/", "CREATED d/", "CREATED d/e", "CREATED f");
  }

  @Test
  void manyDifferences_areAllThere() {
    for (int i = 0; i < 1000; i++) {
      newer.file("f" + i, 10 + i);
    }
    assertThat(differences())
        .isEqualTo(IntStream.range(0, 1000).mapToObj(i -> "CREATED f" + i).collect(toList()));
  }

  // What is modified.

  @Test
  void modified_whatOfIt() {
    older.file("a", 2).file("b", 3).file("c", 4).file("d", 5).file("e", 6).uncertain();
    newer.file("a", 2).size(1).file("b", 3).times(1, 0).file("c", 4).times(0, 1).file("d", 5);
    newer.file("e", 6);
    assertThat(differences())
        .containsExactly("MODIFIED a", "MODIFIED b", "MODIFIED c attributes", "MODIFIED e");
  }

  @Test
  void modified_whereThePermissionsAre_orItCannotBeRead() {
    older.file("a", 2).directory("b", 3).file("c", 4).unreadable().directory("d", 5);
    newer.file("a", 2).mode(0x81A4).directory("b", 3).mode(0x41ED).file("c", 4);
    newer.directory("d", 5).unreadable();
    assertThat(differences()).containsExactly("MODIFIED a attributes", "MODIFIED c attributes");
  }

  @Test
  void directories_areNeverModified() {
    older.directory("d", 2).uncertain();
    newer.directory("d", 2).size(9).times(8, 7);
    assertThat(differences()).isEmpty();
  }

  @Test
  void movedAndModified() {
    older.file("a", 2).file("b", 3).file("c", 4).size(1);
    newer.file("A", 2).times(0, 9).file("B", 3).times(9, 0).file("C", 4);
    assertThat(differences())
        .as("to move is a change, but none of the content")
        .containsExactly("MOVED a > A", "MOVED b > B", "MOVED c > C", "MODIFIED B", "MODIFIED C");
  }

  @Test
  void modified_inADirectoryThatHasMoved() {
    older.directory("a", 2).file("a/f", 3).times(0, 1);
    newer.directory("b", 2).file("b/f", 3).times(0, 2);
    assertThat(differences()).containsExactly("MOVED a > b/", "MODIFIED b/f attributes");
  }

  // What is the same.

  @Test
  void sameInode_isAMove() {
    older.file("a", 2).born(3);
    newer.file("b", 2).born(3);
    assertThat(differences()).containsExactly("MOVED a > b");
  }

  @Test
  void sameInode_ofAnotherTypeOrBirthOrDevice_isAnother() {
    older.file("a", 2);
    assertThat(told(Differences.between(older.rows, new Entries().directory("b", 2).rows)))
        .containsExactly("DELETED a", "CREATED b/");
    assertThat(told(Differences.between(older.rows, new Entries().file("b", 2).born(1).rows)))
        .containsExactly("DELETED a", "CREATED b");
    assertThat(told(Differences.between(older.rows, new Entries().file("b", 2).mode(0xA000).rows)))
        .as("a link")
        .containsExactly("DELETED a", "CREATED b");
    older.device(8);
    newer.file("b", 2).device(9).file("c", 5).device(8);
    assertThat(differences()).containsExactly("DELETED a", "CREATED b", "CREATED c");
  }

  @Test
  void devices_areThoseOfTheSameDirectory_whateverTheirNumbers() {
    older.directory("m", 2).device(8).born(4).file("m/a", 3).device(8);
    older.directory("n", 2).device(9).born(4).file("n/f", 4).device(9);
    newer.directory("m", 2).device(9).born(4).file("m/b", 3).device(9);
    newer.directory("n", 2).device(8).born(4).file("n/f", 4).device(8);
    assertThat(differences()).containsExactly("MOVED m/a > m/b");
  }

  @Test
  void devices_ofAnotherDirectory_areThoseOfTheSameNumber() {
    older.directory("m", 2).device(8).born(4).file("m/a", 3).device(8);
    newer.directory("m", 2).device(9).born(5).file("m/b", 3).device(9);
    assertThat(differences()).as("mounted anew").contains("DELETED m/a", "CREATED m/b");
    newer.at("m").device(8).at("m/b").device(8);
    assertThat(differences()).as("another place").contains("MOVED m/a > m/b");
    older.at("m").mode(0x8000).at("m/a").device(7);
    assertThat(told(Differences.between(older.rows, newer.rows))).contains("DELETED m/a");
  }

  @Test
  void devices_whoseNumberAnotherHas_areNone() {
    // The one that had 8 has 9 now: what is on 8 is on none of before.
    older.directory("m", 2).device(8).file("a", 3).device(8).file("x", 9).device(9);
    newer.directory("m", 2).device(9).file("b", 3).device(8);
    assertThat(differences()).contains("DELETED a", "CREATED b");
    newer.at("b").device(9);
    assertThat(isMove()).isTrue();
  }

  @Test
  void root_isTheRoot_whicheverDirectoryThatIs() {
    older.at("").mode(0x4000).born(5).file("f", 3);
    newer.at("").born(6).uncertain().file("f", 3);
    assertThat(differences()).isEmpty();
  }

  // Several names of an inode.

  @Test
  void names_comeAndGo() {
    older.file("a", 2).file("b", 2);
    newer.file("a", 2).file("c", 2);
    assertThat(differences()).containsExactly("DELETED b", "CREATED c");
  }

  @Test
  void names_ofWhichNoneIsInPlace_areMatchedOneByOne() {
    older.file("a", 2).file("b", 2).file("c", 2);
    newer.file("d", 2).file("e", 2);
    assertThat(differences()).containsExactly("DELETED c", "MOVED a > d", "MOVED b > e");
  }

  @Test
  void names_moreThanBefore() {
    older.file("a", 2);
    newer.file("b", 2).file("c", 2);
    assertThat(differences()).containsExactly("MOVED a > b", "CREATED c");
    assertThat(told(Differences.between(older.rows, new Entries().file("a", 2).file("c", 2).rows)))
        .containsExactly("CREATED c");
  }

  @Test
  void names_ofAnInodeThatCameAgain() {
    older.file("a", 2).born(1).file("b", 2).born(2).file("x", 3);
    newer.file("c", 2).born(2).file("d", 2).born(1).file("x", 3);
    assertThat(differences()).containsExactly("DELETED a", "MOVED b > c", "CREATED d");
  }

  @Test
  void names_inADirectoryThatHasMoved_areInPlace() {
    older.directory("d", 5).file("d/a", 2).file("d/b", 2).file("x", 2);
    newer.directory("e", 5).file("e/a", 2).file("e/b", 2).file("y", 2);
    assertThat(differences()).containsExactly("DELETED x", "MOVED d > e/", "CREATED y");
  }

  @Test
  void names_inPlace_butAnotherInode() {
    older.file("a", 2).file("b", 2).file("c", 3);
    newer.file("b", 3).file("c", 2).file("d", 2);
    assertThat(differences()).containsExactly("MOVED b > d", "MOVED c > b", "MOVED a > c");
  }

  // What could not be read.

  @Test
  void whatIsInADirectoryThatCannotBeReadAnyMore_isNotGone() {
    older.directory("d", 2).file("d/f", 3).directory("d/e", 4).file("d/e/g", 5).file("x", 6);
    newer.directory("d", 2).unreadable();
    assertThat(differences()).containsExactly("DELETED x");
    newer.directory("e", 4).file("f", 3);
    assertThat(differences())
        .as("a directory is at one place only, and of a file there may be two names")
        .containsExactly("DELETED x", "DELETED d/e/g", "MOVED d/e > e/", "CREATED f");
  }

  @Test
  void whatIsInAnotherDirectory_orOneThatCouldNotBeReadBefore_isGone() {
    older.directory("d", 2).file("d/f", 3).directory("e", 4).unreadable().file("e/g", 5);
    newer.directory("d", 9).unreadable().directory("e", 4).unreadable();
    assertThat(differences()).containsExactly("DELETED e/g", "DELETED d/f");
  }

  @Test
  void whatIsInADirectoryThatCannotBeAskedFor_isNotGone() {
    older.directory("d", 2).file("d/f", 3);
    newer.directory("d", 0).unreadable();
    assertThat(differences()).isEmpty();
  }

  @Test
  void aDirectoryThatCanBeReadNow_isAnother_withAllThatIsInIt() {
    older.directory("d", 2).unreadable();
    newer.directory("d", 2).file("d/f", 3);
    assertThat(differences()).containsExactly("DELETED d/", "CREATED d/", "CREATED d/f");
  }

  @Test
  void whatNobodyHasLookedAt_isNotReplaced() {
    older.file("a", 0).uncertain().file("b", 3).times(1, 1);
    newer.file("a", 2).file("b", 0).unreadable();
    assertThat(differences()).containsExactly("MODIFIED a", "MODIFIED b");
  }

  @Test
  void whatWasThereOnly_isReplaced_orGone() {
    older.file("a", 3).file("b", 4).directory("d", 5);
    KnownEntries known = KnownEntries.of(older.rows, EntryFilter.NOTHING, false);
    for (String name : List.of("a", "b", "d")) {
      known.remove(bytes(name));
      known.restore(bytes(name), name.equals("d"));
    }
    newer.file("a", 3).directory("d", 5);
    assertThat(told(known.differencesTo(newer.scan())))
        .containsExactly("DELETED d/", "DELETED b", "REPLACED a", "CREATED d/");
  }

  // What was told anyway.

  private List<String> differencesOfAllTold() {
    KnownEntries known = KnownEntries.of(older.rows, EntryFilter.NOTHING, false);
    return told(Differences.ofAllTold(known, newer.scan()));
  }

  @Test
  void ofAllTold_whatIsOnlyUncertain_isWhatWasFound() {
    older.file("a", 2).uncertain().file("b", 3).directory("d", 4).uncertain();
    older.file("d/e", 5).uncertain();
    newer.file("a", 9).size(1).uncertain().file("b", 3).size(1).directory("d", 8);
    newer.file("d/e", 7);
    assertThat(differencesOfAllTold()).containsExactly("MODIFIED b");
  }

  @Test
  void ofAllTold_anotherType_orWhatCannotBeAskedFor_isADifference() {
    older.file("a", 2).uncertain().file("b", 3).uncertain().file("c", 4).uncertain();
    newer.directory("a", 9).file("a/f", 10).file("b", 0).unreadable();
    assertThat(differencesOfAllTold())
        .containsExactly("DELETED c", "REPLACED a/", "CREATED a/f", "MODIFIED b");
  }

  @Test
  void ofAllTold_whatWasThereOnly_isADifference() {
    older.file("a", 2);
    newer.file("a", 2);
    KnownEntries known = KnownEntries.of(older.rows, EntryFilter.NOTHING, false);
    known.remove(bytes("a"));
    known.restore(bytes("a"), false);
    assertThat(told(Differences.ofAllTold(known, newer.scan()))).containsExactly("REPLACED a");
  }

  @Test
  void ofReplaced_arePathsAsTheyAre() {
    assertThat(told(Differences.ofReplaced(List.of(bytes("a/b"), bytes("")))))
        .containsExactly("REPLACED a/b", "REPLACED ");
  }
}
