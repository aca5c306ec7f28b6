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
import org.junit.jupiter.api.Test;

/** What is known after a look at what may be other, and what is yet to be told then. */
final class KnownEntriesLooksTest {

  private static final int ALL = 100;

  /** What there was at first, and is known. */
  private final Entries before = few();

  private final KnownEntries known = before.known();

  // What may be other.

  @Test
  void touch_isToBeToldAsModified() {
    known.touch(bytes("g"));
    known.touch(bytes(""));
    known.touch(bytes("h"));
    assertThat(texts(known.columns())).containsExactly("d/ 2", "g 4 uncertain", "d/f 3");
    assertThat(toTell(known, few())).containsExactly("MODIFIED g");
    known.touchMoved(bytes("d/f"));
    known.touchMoved(bytes(""));
    known.touchMoved(bytes("h"));
    assertThat(toTell(known, few())).containsExactly("MODIFIED d/f", "MODIFIED g");
    assertThat(known.columns().isUncertain(EntryColumns.ROOT)).isFalse();
  }

  @Test
  void look_knowsWhatWasSeen_ofWhatWasTold() {
    Entries written = few().at("g").size(9);
    known.touch(bytes("g"));
    assertThat(look(known, written)).isOne();
    assertThat(known.hasUncertain()).isFalse();
    assertThat(toTell(known, few().at("g").size(9))).isEmpty();
    assertThat(known.confirm()).as("once").isZero();
  }

  /** A look at a directory does not say what is in it; who tells of it may look into it. */
  @Test
  void look_atADirectoryThatCannotBeRead_leavesItSo_unlessAnEventTold() {
    Entries closed = new Entries().directory("d", 2).uncertain().unreadable();
    KnownEntries found = KnownEntries.of(closed.scan());
    assertThat(look(found, new Entries().directory("d", 2))).isOne();
    assertThat(texts(found.columns())).containsExactly("d/ 2 unreadable");
    found.touch(bytes("d"));
    assertThat(look(found, new Entries().directory("d", 2))).isOne();
    assertThat(texts(found.columns())).containsExactly("d/ 2");
  }

  @Test
  void look_ofWhatIsStillUncertain_isToBeDoneAgain() {
    known.touch(bytes("g"));
    assertThat(look(known, few().at("g").size(9).uncertain())).isZero();
    assertThat(known.hasUncertain()).isTrue();
    assertThat(look(known, few().at("g").size(9))).isOne();
  }

  @Test
  void look_ofWhatIsStillUncertain_andIsOtherThen_asNoEventTold_leavesTheDifference() {
    known.touch(bytes("g"));
    assertThat(look(known, few().at("g").size(9).uncertain())).isZero();
    assertThat(look(known, few().at("g").size(10))).isZero();
    assertThat(known.hasUncertain()).isFalse();
    assertThat(toTell(known, few().at("g").size(10))).containsExactly("MODIFIED g");
  }

  @Test
  void look_ofWhatWasNotTold_leavesTheDifference() {
    before.at("g").uncertain();
    KnownEntries seenTooEarly = before.known();
    assertThat(look(seenTooEarly, few().at("g").size(9))).isZero();
    assertThat(seenTooEarly.hasUncertain()).isFalse();
    assertThat(toTell(seenTooEarly, few().at("g").size(9))).containsExactly("MODIFIED g");
    KnownEntries same = before.known();
    assertThat(look(same, few())).isOne();
    assertThat(toTell(same, few())).isEmpty();
  }

  @Test
  void look_anyOtherTime_orInode_isADifference() {
    before.at("g").uncertain();
    List<Entries> others =
        List.of(
            few().at("g").times(1, 0),
            few().at("g").times(0, 1),
            new Entries().directory("d", 2).file("d/f", 3).file("g", 5));
    for (Entries other : others) {
      KnownEntries seenTooEarly = before.known();
      assertThat(look(seenTooEarly, other)).isZero();
      assertThat(seenTooEarly.hasUncertain()).isFalse();
      assertThat(seenTooEarly.columns().isUncertain(before.row("g"))).isFalse();
    }
  }

  @Test
  void look_aDirectory_isOtherByItsInodeOnly() {
    before.at("d").uncertain();
    KnownEntries seen = before.known();
    assertThat(look(seen, few().at("d").size(1).times(2, 3))).isOne();
    KnownEntries other = before.known();
    assertThat(look(other, new Entries().directory("d", 9))).isZero();
    assertThat(other.hasUncertain()).isFalse();
  }

  @Test
  void look_atAnotherType_isNothing() {
    known.touch(bytes("g"));
    assertThat(look(known, new Entries().directory("g", 4))).isZero();
    assertThat(known.hasUncertain()).isTrue();
    assertThat(known.isDirectory(bytes("g"))).isFalse();
  }

  @Test
  void look_isOfSoMany_andGoesOnWhereItEnded() {
    for (int i = 0; i < 5; i++) {
      known.add(bytes("h" + i), false);
    }
    List<String> asked = new ArrayList<>();
    UncertainRows.Look disk =
        (path, seen) -> {
          asked.add(Entries.text(path));
          return EntryColumns.NONE;
        };
    assertThat(known.look(2, disk)).isTrue();
    assertThat(known.look(2, disk)).isTrue();
    assertThat(known.look(2, disk)).isFalse();
    assertThat(known.look(2, disk)).isTrue();
    assertThat(asked).containsExactly("h0", "h1", "h2", "h3", "h4", "h0", "h1");
    assertThat(known.look(3, disk)).isFalse();
    assertThat(known.look(0, disk)).isTrue();
    assertThat(asked).hasSize(10);
  }

  @Test
  void look_isOfNothingBelowWhatWasTaken() {
    known.touch(bytes("d/f"));
    known.remove(bytes("d"));
    assertThat(known.hasUncertain()).isTrue();
    assertThat(
            known.look(
                ALL,
                (path, seen) -> {
                  throw new AssertionError("it is nowhere");
                }))
        .isFalse();
    assertThat(known.hasUncertain()).isFalse();
  }

  @Test
  void whatWasSeen_countsForNothing_whereMoreIsTold() {
    known.touch(bytes("g"));
    known.look(ALL, few().look());
    known.touch(bytes("g"));
    assertThat(known.confirm()).isZero();
    known.look(ALL, few().look());
    known.touchMoved(bytes("g"));
    assertThat(known.confirm()).isZero();
    known.look(ALL, few().look());
    known.move(bytes("g"), bytes("h"));
    assertThat(known.confirm()).isZero();
    known.move(bytes("h"), bytes("g"));
    known.look(ALL, few().look());
    known.forgetLooks();
    assertThat(known.confirm()).isZero();
    assertThat(known.hasUncertain()).isTrue();
    assertThat(look(known, few())).isOne();
  }

  @Test
  void whatWasSeen_countsForNothing_whereItsDirectoryMoves() {
    known.touch(bytes("d/f"));
    known.look(ALL, few().look());
    known.move(bytes("d"), bytes("e"));
    assertThat(known.confirm()).isZero();
    known.touch(bytes("e/f"));
    Entries moved = new Entries().directory("e", 2).file("e/f", 3).file("g", 4);
    known.look(ALL, moved.look());
    known.move(bytes("g"), bytes("h"));
    assertThat(known.confirm()).as("a file moves alone").isOne();
  }

  // What was seen before it was told.

  @Test
  void wasSeen_isWhatALookHasToFind() {
    known.touch(bytes("g"));
    known.wasSeen(bytes("g"), few().at("g").size(5).seen("g"));
    assertThat(texts(known.columns())).contains("g 4 uncertain");
    assertThat(look(known, few().at("g").size(6))).isZero();
    assertThat(known.hasUncertain()).isFalse();
    assertThat(toTell(known, few().at("g").size(6))).containsExactly("MODIFIED g");
  }

  @Test
  void wasSeen_andIsStillSo_isKnown() {
    known.touch(bytes("g"));
    known.wasSeen(bytes("g"), few().at("g").size(5).seen("g"));
    assertThat(look(known, few().at("g").size(5))).isOne();
    assertThat(toTell(known, few().at("g").size(5))).isEmpty();
  }

  @Test
  void wasSeen_whatItIsNot_saysNothing() {
    known.touch(bytes("g"));
    known.wasSeen(bytes("g"), new Entries().directory("g", 9).seen("g"));
    known.wasSeen(bytes(""), new Entries().directory("r", 9).seen("r"));
    known.wasSeen(bytes("h"), few().seen("g"));
    assertThat(texts(known.columns())).containsExactly("d/ 2", "g 4 uncertain", "d/f 3");
    assertThat(known.columns().inode(EntryColumns.ROOT)).isOne();
    assertThat(look(known, few().at("g").size(6))).as("it was told of").isOne();
  }

  @Test
  void wasSeen_afterItsMove_isNotThatFileAnyMore() {
    known.move(bytes("g"), bytes("h"));
    known.wasSeen(bytes("h"), new Entries().file("h", 9).seen("h"));
    known.touchMoved(bytes("h"));
    assertThat(look(known, new Entries().file("h", 10))).isOne();
    assertThat(known.hasReplaced()).isFalse();
  }

  // What has moved.

  @Test
  void anotherFileWhereOneHasMovedTo_isYetToBeTold() {
    known.move(bytes("g"), bytes("h"));
    known.touchMoved(bytes("h"));
    Entries other = new Entries().directory("d", 2).file("d/f", 3).file("h", 9);
    assertThat(look(known, other)).isZero();
    assertThat(known.hasReplaced()).isTrue();
    assertThat(told(known.takeReplaced())).containsExactly("REPLACED h");
    assertThat(known.hasReplaced()).isFalse();
    assertThat(known.hasUncertain()).as("it is told of in a moment").isTrue();
    assertThat(look(known, other)).isOne();
    assertThat(known.hasReplaced()).isFalse();
  }

  /** A move may sweep out the names that entries had before. */
  @Test
  void anotherFileWhereOneHasMovedTo_isYetToBeTold_howeverOftenItMoves() {
    String name = "g";
    for (int i = 0; i < 100; i++) {
      String next = "h" + "x".repeat(200 + i);
      known.move(bytes(name), bytes(next));
      known.touchMoved(bytes(next));
      name = next;
      Entries other = new Entries().file(name, 10 + i);
      assertThat(look(known, other)).as("move %s", i).isZero();
      assertThat(told(known.takeReplaced())).containsExactly("REPLACED " + name);
      assertThat(look(known, other)).isOne();
    }
  }

  @Test
  void theFileThatHasMoved_isWhatItWas() {
    known.move(bytes("g"), bytes("h"));
    known.touchMoved(bytes("h"));
    assertThat(look(known, new Entries().file("h", 4).size(8))).isOne();
    assertThat(known.hasReplaced()).isFalse();
    known.touchMoved(bytes("h"));
    assertThat(look(known, new Entries().file("h", 9))).as("long after its move").isOne();
    assertThat(known.hasReplaced()).isFalse();
  }

  @Test
  void whatHasMoved_isNoFile_orWasToldOf_orWasNeverSeen() {
    known.move(bytes("d"), bytes("e"));
    known.touchMoved(bytes("e"));
    known.touch(bytes("g"));
    known.move(bytes("g"), bytes("h"));
    known.touchMoved(bytes("h"));
    known.add(bytes("i"), false);
    known.isLookedAt();
    known.move(bytes("i"), bytes("j"));
    known.touchMoved(bytes("j"));
    Entries other = new Entries().directory("e", 8).file("h", 9).file("j", 10);
    assertThat(look(known, other)).isEqualTo(3);
    assertThat(known.hasReplaced()).isFalse();
  }

  @Test
  void anotherFileWhereOneHasMovedTo_isNone_whereMoreWasTold() {
    Entries other = new Entries().directory("d", 2).file("d/f", 3).file("h", 9);
    known.move(bytes("g"), bytes("h"));
    known.touchMoved(bytes("h"));
    known.touch(bytes("h"));
    assertThat(look(known, other)).isOne();
    known.move(bytes("d/f"), bytes("h"));
    known.touchMoved(bytes("h"));
    known.wasSeen(bytes("h"), other.seen("h"));
    assertThat(look(known, other)).isOne();
    assertThat(known.hasReplaced()).isFalse();
  }

  @Test
  void aDirectoryWhereAFileHasMovedTo_isNoFileInItsPlace() {
    known.move(bytes("g"), bytes("h"));
    known.touchMoved(bytes("h"));
    assertThat(look(known, new Entries().directory("h", 9))).isZero();
    assertThat(known.hasReplaced()).isFalse();
  }

  @Test
  void takeReplaced_isNothingOfWhatIsNowhere() {
    known.move(bytes("g"), bytes("d/h"));
    known.touchMoved(bytes("d/h"));
    look(known, new Entries().directory("d", 2).file("d/h", 9));
    known.remove(bytes("d"));
    assertThat(known.hasReplaced()).isTrue();
    assertThat(told(known.takeReplaced())).isEmpty();
    known.add(bytes("h"), false);
    assertThat(known.hasReplaced()).isFalse();
  }
}
