package org.inotify4j.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.entries.Entries.bytes;
import static org.inotify4j.entries.Entries.few;
import static org.inotify4j.entries.Entries.look;
import static org.inotify4j.entries.Entries.texts;
import static org.inotify4j.entries.Entries.toTell;
import static org.inotify4j.entries.Entries.told;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.EntryStatus;
import org.junit.jupiter.api.Test;

/** What is known after what was told, and what is yet to be told then. */
final class KnownEntriesTest {

  private static final int ALL = 100;

  /** What there was at first, and is known. */
  private final Entries before = few();

  private final KnownEntries known = before.known();

  // What is known.

  @Test
  void nothing_isARootThatNobodyHasLookedAt() {
    KnownEntries nothing = new KnownEntries();
    EntryColumns rows = nothing.columns();
    assertThat(rows.size()).isOne();
    assertThat(rows.isDirectory(EntryColumns.ROOT)).isTrue();
    assertThat(rows.isUncertain(EntryColumns.ROOT)).isTrue();
    assertThat(nothing.hasUncertain()).as("the root is not looked at").isFalse();
    assertThat(nothing.hasFresh()).isFalse();
    assertThat(nothing.hasReplaced()).isFalse();
    // A row, its empty name, 8 slots, and four sets of 64 bits.
    assertThat(nothing.heapBytes()).isEqualTo(46 + 1 + 8 * 4 + 4 * 8);
    assertThat(nothing.nameBytes()).isOne();
  }

  @Test
  void roomIsMade_littleByLittle() {
    Entries many = new Entries();
    for (int i = 1; i < 100; i++) {
      many.file("f" + (i + 99), i + 1);
    }
    KnownEntries full = many.known();
    // 99 names of 5 bytes, the empty one of the root, and 256 slots.
    long before = 100 * 46 + 99 * 5 + 1 + 256 * 4 + 4 * 8;
    assertThat(full.heapBytes()).isEqualTo(before);
    full.add(bytes("f"), false);
    // A row in 32 and 16 more, the same of bytes, and 128 bits instead of 64 in two sets.
    assertThat(full.heapBytes()).isEqualTo(before + (3 + 16) * 46 + (15 + 16) + 2 * 8);
  }

  @Test
  void whatIsKnown_isAtItsPath() {
    assertThat(known.has(bytes("d/f"))).isTrue();
    assertThat(known.has(bytes("d/g"))).isFalse();
    assertThat(known.has(bytes("g/f"))).isFalse();
    assertThat(known.isDirectory(bytes("d"))).isTrue();
    assertThat(known.isDirectory(bytes("g"))).isFalse();
    assertThat(known.isDirectory(bytes("h"))).isFalse();
    assertThat(known.mayHave(bytes("h"))).isTrue();
    assertThat(known.mayHave(bytes("d/h"))).isTrue();
    assertThat(known.mayHave(bytes("g/h"))).as("in a file").isFalse();
    assertThat(known.mayHave(bytes("h/h"))).isFalse();
    assertThat(texts(known.columns())).containsExactly("d/ 2", "g 4", "d/f 3");
  }

  @Test
  void forEachBelow_isAllInADirectory() {
    List<String> found = new ArrayList<>();
    EntryVisitor visitor =
        (path, isDirectory) -> found.add(Entries.text(path) + (isDirectory ? "/" : ""));
    known.forEachBelow(bytes(""), visitor);
    assertThat(found).containsExactly("d/", "g", "d/f");
    found.clear();
    known.forEachBelow(bytes("d"), visitor);
    assertThat(found).containsExactly("d/f");
    known.forEachBelow(bytes("h"), visitor);
    assertThat(found).hasSize(1);
  }

  @Test
  void mayBe_theInodeThatWasSeen_orAny_whereNoneWas() {
    assertThat(known.mayBe(bytes("g"), Entries.DEVICE, 4)).isTrue();
    assertThat(known.mayBe(bytes("g"), Entries.DEVICE, 3)).isFalse();
    assertThat(known.mayBe(bytes("g"), 8, 4)).isFalse();
    assertThat(known.mayBe(bytes("h"), Entries.DEVICE, 4)).isFalse();
    assertThat(known.add(bytes("h"), false)).isTrue();
    assertThat(known.mayBe(bytes("h"), Entries.DEVICE, 4)).isTrue();
  }

  @Test
  void isSame_asWasSeen() {
    long born = 5;
    assertThat(known.isSame(bytes("g"), few().seen("g"), born)).isTrue();
    assertThat(known.isSame(bytes("d"), few().seen("d"), born)).isTrue();
    assertThat(known.isSame(bytes("g"), few().seen("d/f"), born)).as("another inode").isFalse();
    Entries typed = new Entries().directory("g", 4).file("d", 2);
    assertThat(known.isSame(bytes("g"), typed.seen("g"), born)).as("another type").isFalse();
    assertThat(known.isSame(bytes("d"), typed.seen("d"), born)).as("another type").isFalse();
    assertThat(known.isSame(bytes("h"), few().seen("g"), born)).isFalse();
    known.add(bytes("h"), false);
    Entries unseen = new Entries().file("h", 0);
    assertThat(known.isSame(bytes("h"), unseen.seen("h"), born)).as("not looked at").isFalse();
  }

  @Test
  void isSame_whateverWasDoneToIt_whereItWasBornBefore() {
    before.at("g").times(20, 30);
    KnownEntries older = before.known();
    EntryColumns written = few().at("g").size(9).times(40, 40).seen("g");
    assertThat(older.isSame(bytes("g"), written, 29)).isTrue();
    assertThat(older.isSame(bytes("g"), written, 30)).as("a number that came again").isFalse();
    assertThat(older.isSame(bytes("g"), written, EntryStatus.NO_TIME)).isFalse();
    assertThat(older.isSame(bytes("g"), few().seen("d/f"), 29)).isFalse();
    assertThat(older.isSame(bytes("g"), few().at("g").times(20, 30).seen("g"), 30)).isTrue();
  }

  // What is told.

  @Test
  void add_wherePossible_isUnknownSoFar() {
    assertThat(known.add(bytes("h"), true)).isTrue();
    assertThat(known.add(bytes("h/i"), false)).isTrue();
    assertThat(known.add(bytes("h"), true)).as("once more").isFalse();
    assertThat(known.add(bytes("g/i"), false)).as("in a file").isFalse();
    assertThat(known.add(bytes("no/i"), false)).isFalse();
    assertThat(texts(known.columns()))
        .containsExactly("d/ 2", "g 4", "h/ 0 uncertain", "d/f 3", "h/i 0 uncertain");
    assertThat(known.hasUncertain()).isTrue();
    assertThat(known.hasFresh()).isTrue();
  }

  @Test
  void remove_takesWhatIsBelow() {
    assertThat(known.remove(bytes("h"))).isFalse();
    assertThat(known.remove(bytes(""))).as("the root").isFalse();
    assertThat(known.remove(bytes("d"))).isTrue();
    assertThat(known.remove(bytes("d/f"))).isFalse();
    assertThat(texts(known.columns())).containsExactly("g 4");
    assertThat(known.add(bytes("d/f"), false)).isFalse();
  }

  @Test
  void remove_takesAllThatIsToBeDone() {
    known.touch(bytes("g"));
    assertThat(known.hasUncertain()).isTrue();
    assertThat(known.hasFresh()).isTrue();
    assertThat(known.remove(bytes("g"))).isTrue();
    assertThat(known.hasUncertain()).isFalse();
    assertThat(known.hasFresh()).isFalse();
  }

  @Test
  void remove_whatWasSeenOfIt_isNoneOfTheNextOne() {
    known.touch(bytes("g"));
    known.look(ALL, few().look());
    known.remove(bytes("g"));
    known.add(bytes("h"), false);
    assertThat(known.confirm()).isZero();
    assertThat(known.hasUncertain()).isTrue();
  }

  @Test
  void restore_whatIsThere_isAnotherOne_orGone() {
    known.remove(bytes("g"));
    known.remove(bytes("d/f"));
    known.restore(bytes("g"), false);
    known.restore(bytes("d/f"), false);
    known.restore(bytes("d"), false);
    known.restore(bytes("no/f"), false);
    assertThat(known.columns().size()).isEqualTo(4);
    assertThat(toTell(known, new Entries().directory("d", 2).file("g", 4)))
        .containsExactly("DELETED d/f", "REPLACED g");
  }

  @Test
  void restore_aDirectory() {
    known.remove(bytes("d"));
    known.restore(bytes("d"), true);
    assertThat(known.isDirectory(bytes("d"))).isTrue();
    assertThat(toTell(known, new Entries().directory("d", 2).file("g", 4)))
        .containsExactly("DELETED d/", "CREATED d/");
  }

  @Test
  void move_withAllBelow_inThePlaceOfWhatIsThere() {
    assertThat(known.move(bytes("d"), bytes("g"))).isTrue();
    assertThat(texts(known.columns())).containsExactly("g/ 2", "g/f 3");
    assertThat(known.move(bytes("g/f"), bytes("f"))).isTrue();
    assertThat(texts(known.columns())).containsExactly("g/ 2", "f 3");
    assertThat(known.hasFresh()).isTrue();
    assertThat(known.hasUncertain()).as("it is as it was").isFalse();
  }

  @Test
  void move_toItsOwnPlace_changesNothing() {
    assertThat(known.move(bytes("g"), bytes("g"))).isTrue();
    assertThat(known.hasFresh()).isFalse();
    assertThat(texts(known.columns())).containsExactly("d/ 2", "g 4", "d/f 3");
  }

  @Test
  void move_whereItCannotBe() {
    assertThat(known.move(bytes("h"), bytes("i"))).isFalse();
    assertThat(known.move(bytes(""), bytes("d/r"))).isFalse();
    assertThat(known.move(bytes("g"), bytes("h/g"))).isFalse();
    assertThat(known.move(bytes("d"), bytes("d/d"))).isFalse();
    assertThat(known.mayMove(bytes("d"), bytes("d/d"))).isFalse();
    assertThat(known.mayMove(bytes("d"), bytes("h"))).isTrue();
    assertThat(known.move(bytes("d"), bytes("g/d"))).as("into a file").isFalse();
    assertThat(texts(known.columns())).containsExactly("d/ 2", "g 4", "d/f 3");
  }

  @Test
  void namesAndRowsOfNoUse_areSweptOut() {
    String longer = "n".repeat(200);
    for (int i = 0; i < 1000; i++) {
      assertThat(known.move(bytes(i == 0 ? "g" : longer + (i - 1)), bytes(longer + i))).isTrue();
    }
    // 21 names of that length are worth a sweep, and room for as many again is what is kept.
    assertThat(known.nameBytes()).isBetween(203, 4500);
    known.touch(bytes("d/f"));
    for (int i = 0; i < 1000; i++) {
      assertThat(known.add(bytes("h" + i), false)).isTrue();
      assertThat(known.remove(bytes("h" + i))).isTrue();
    }
    assertThat(known.heapBytes()).isLessThan(10_000);
    assertThat(texts(known.columns())).containsExactly("d/ 2", longer + "999 4", "d/f 3 uncertain");
    assertThat(known.hasFresh()).as("it is told of as before").isTrue();
  }

  @Test
  void whatIsSweptOut_isNotCountedTwice() {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      sizes.add(known.nameBytes());
      String from = i == 0 ? "g" : "n".repeat(200) + (i - 1);
      assertThat(known.move(bytes(from), bytes("n".repeat(200) + i))).isTrue();
    }
    long sweeps = IntStream.range(1, 60).filter(i -> sizes.get(i) < sizes.get(i - 1)).count();
    assertThat(sweeps).isEqualTo(2);
  }

  // Others who go on.

  @Test
  void whoGoesOn_knowsWhatWasToldOf() {
    known.touch(bytes("g"));
    for (KnownEntries other : List.of(known.copy(), known.selected(EntryFilter.NOTHING, false))) {
      assertThat(look(other, few().at("g").size(9))).isOne();
    }
    before.at("g").uncertain();
    KnownEntries untold = before.known();
    for (KnownEntries other : List.of(untold.copy(), untold.selected(EntryFilter.NOTHING, false))) {
      assertThat(look(other, few().at("g").size(9))).isZero();
    }
  }

  @Test
  void whoGoesOn_knowsWhatHasMoved() {
    known.move(bytes("g"), bytes("h"));
    known.touchMoved(bytes("h"));
    KnownEntries other = known.copy();
    assertThat(look(other, new Entries().file("h", 9))).isZero();
    assertThat(told(other.takeReplaced())).containsExactly("REPLACED h");
    known.touch(bytes("h"));
    assertThat(look(known.copy(), new Entries().file("h", 9))).isOne();
  }

  @Test
  void whoGoesOn_withAPart_hasNothingOfTheRest() {
    known.touch(bytes("g"));
    known.touch(bytes("d/f"));
    EntryFilter filter = Entries.without("d");
    KnownEntries part = known.selected(filter, false);
    assertThat(texts(part.columns())).containsExactly("g 4 uncertain");
    assertThat(part.hasFresh()).isTrue();
    assertThat(texts(known.selected(EntryFilter.NOTHING, true).columns()))
        .containsExactly("d/ 2", "g 4 uncertain");
    known.remove(bytes("g"));
    assertThat(known.selected(filter, false).hasFresh()).isFalse();
    known.remove(bytes("d"));
    assertThat(known.selected(EntryFilter.NOTHING, false).hasFresh()).isFalse();
  }

  @Test
  void aCopy_isOfNobodyElse_andHasNothingFresh() {
    known.touch(bytes("g"));
    KnownEntries copy = known.copy();
    assertThat(copy.hasFresh()).isFalse();
    copy.remove(bytes("g"));
    assertThat(known.has(bytes("g"))).isTrue();
  }

  @Test
  void whoGoesOn_keepsNoPermissions() {
    before.at("d").mode(0x41ED).at("g").mode(0x81A4);
    EntryColumns part = before.known().columns();
    assertThat(part.mode(before.row("d"))).isEqualTo(Entries.DIRECTORY);
    assertThat(part.mode(part.size() - 2)).isEqualTo(Entries.FILE);
    assertThat(before.rows.mode(before.row("g"))).isEqualTo(0x81A4);
  }
}
