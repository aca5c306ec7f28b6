package org.inotify4j.pending;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.pending.KindBits.AS_CREATE;
import static org.inotify4j.pending.KindBits.AS_EXISTS;
import static org.inotify4j.pending.KindBits.AS_RENAME;
import static org.inotify4j.pending.KindBits.AS_SYNTHETIC;
import static org.inotify4j.pending.KindBits.AS_UNWATCHED;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.base.ByteBudget;
import org.junit.jupiter.api.Test;

/** What a log keeps and tells when there is more than it has room for. */
final class PendingLossTest {

  private static final int LONGEST = 65_536 - 17;

  private final ByteBudget budget = new ByteBudget(Long.MAX_VALUE);

  private static void append(PendingLog log, int as, int mask, int cookie, String name) {
    byte[] bytes = name.getBytes(US_ASCII);
    log.append(as, mask, cookie, bytes, bytes.length);
  }

  private static void create(PendingLog log, String name) {
    append(log, AS_CREATE, 0, 0, name);
  }

  private static List<String> read(PendingLog log) {
    List<String> all = new ArrayList<>();
    log.forEach(
        new PendingReader() {
          @Override
          public void entry(
              int as, int mask, int cookie, int count, byte[] names, int at, int one, int two) {
            all.add(text(as, mask, cookie, count, names, at, one));
          }

          @Override
          public void overflow(int count) {
            all.add("overflow " + count);
          }
        });
    return all;
  }

  private static String text(
      int as, int mask, int cookie, int count, byte[] names, int start, int length) {
    String name = new String(names, start, length, US_ASCII);
    return as + " " + name + " " + mask + " " + cookie + " " + count;
  }

  @Test
  void whatIsNotWatched_isKeptOnceEach_andToldBehindTheOverflow() {
    PendingLog log = new PendingLog(3, budget);
    append(log, AS_UNWATCHED, 1, 13, "a");
    create(log, "f");
    append(log, AS_UNWATCHED, 1, 28, "b");
    create(log, "g");
    append(log, AS_UNWATCHED, 2, 24, "c");
    append(log, AS_UNWATCHED, 2, 24, "a");
    assertThat(log.size()).isEqualTo(4);
    int as = AS_UNWATCHED | AS_SYNTHETIC;
    assertThat(read(log))
        .containsExactly("overflow 3", as + " a 2 24 1", as + " b 1 28 1", as + " c 2 24 1");
  }

  @Test
  void whatIsNotWatched_andDoesNotFitItself_isKept_andDropsNothing() {
    PendingLog log = new PendingLog(1, budget);
    create(log, "f");
    append(log, AS_UNWATCHED, 1, 13, "a");
    assertThat(read(log)).containsExactly("1 f 0 0 1", (AS_UNWATCHED | AS_SYNTHETIC) + " a 1 13 1");
  }

  @Test
  void whatIsNotWatched_amongWhatThereWasAtFirst_isToldThereAlone() {
    PendingLog log = new PendingLog(4, budget);
    append(log, AS_UNWATCHED, 1, 13, "early");
    append(log, AS_EXISTS, 0, 0, "f");
    append(log, AS_UNWATCHED, 1, 28, "late");
    create(log, "g");
    create(log, "h");
    assertThat(read(log))
        .containsExactly(
            AS_UNWATCHED + " early 1 13 1",
            AS_EXISTS + " f 0 0 1",
            "overflow 1",
            (AS_UNWATCHED | AS_SYNTHETIC) + " late 1 28 1");
  }

  @Test
  void aLook_leavesEverythingWhereItIs() {
    PendingLog log = new PendingLog(10, budget);
    create(log, "f");
    create(log, "g");
    List<String> seen = new ArrayList<>();
    EntryReader reader =
        (as, mask, cookie, count, names, at, one, two) ->
            seen.add(text(as, mask, cookie, count, names, at, one));
    log.look(reader);
    log.look(reader);
    List<String> both = List.of(AS_CREATE + " f 0 0 1", AS_CREATE + " g 0 0 1");
    assertThat(seen.subList(0, 2)).isEqualTo(both);
    assertThat(seen.subList(2, 4)).isEqualTo(both);
    assertThat(read(log)).isEqualTo(both);
  }

  @Test
  void growth_isWhatCameSinceItWasAskedFor_alsoBelowZero() {
    PendingLog log = new PendingLog(3, budget);
    assertThat(log.takeGrowth()).isZero();
    create(log, "f");
    create(log, "g");
    assertThat(log.takeGrowth()).isEqualTo(2);
    assertThat(log.takeGrowth()).isZero();
    create(log, "g");
    assertThat(log.takeGrowth()).as("joined").isZero();
    create(log, "h");
    create(log, "i");
    assertThat(log.takeGrowth()).as("3 are gone, 1 is OVERFLOW").isEqualTo(-1);
    create(log, "j");
    assertThat(log.takeGrowth()).isZero();
  }

  @Test
  void overflowOfItsOwnBound_isToldApart_once() {
    PendingLog log = new PendingLog(1, budget);
    log.overflow();
    assertThat(log.takeOverflow()).as("of the kernel").isFalse();
    PendingLog full = new PendingLog(1, budget);
    create(full, "f");
    assertThat(full.takeOverflow()).isFalse();
    create(full, "g");
    assertThat(full.takeOverflow()).isTrue();
    assertThat(full.takeOverflow()).isFalse();
  }

  @Test
  void aRenameBehindAnOverflow_isCounted() {
    PendingLog log = new PendingLog(1, budget);
    log.overflow();
    log.appendRename(AS_RENAME, 0, 7, new byte[] {'a'}, new byte[] {'b'}, 1);
    assertThat(read(log)).containsExactly("overflow 2");
    assertThat(log.isEmpty()).isFalse();
  }

  @Test
  void roomIsMade_upToTheBound() {
    PendingLog log = new PendingLog(2, budget);
    assertThat(log.makeRoomFor(1)).isTrue();
    create(log, "f");
    assertThat(log.makeRoomFor(1)).isTrue();
    create(log, "g");
    assertThat(log.makeRoomFor(1)).isFalse();
    assertThat(log.takeOverflow()).isFalse();
    assertThat(log.size()).isEqualTo(2);
    log.overflow();
    assertThat(log.makeRoomFor(1)).as("after an overflow").isFalse();
  }

  @Test
  void roomIsMade_whereTheBudgetHasIt() {
    ByteBudget small = new ByteBudget(256);
    PendingLog log = new PendingLog(100, small);
    assertThat(log.makeRoomFor(256 - 17)).isTrue();
    assertThat(small.used()).isEqualTo(256);
    assertThat(log.makeRoomFor(256 - 17 + 1)).isFalse();
    create(log, "n".repeat(256 - 17));
    assertThat(log.makeRoomFor(0)).isFalse();
    assertThat(log.size()).isEqualTo(1);
  }

  @Test
  void theLongestName_fits_andALongerOneIsAnOverflow() {
    PendingLog log = new PendingLog(100, budget);
    assertThat(log.makeRoomFor(LONGEST)).isTrue();
    assertThat(log.makeRoomFor(LONGEST + 1)).isFalse();
    String longest = "n".repeat(LONGEST);
    create(log, longest);
    assertThat(log.takeOverflow()).isFalse();
    create(log, longest);
    assertThat(read(log)).containsExactly(AS_CREATE + " " + longest + " 0 0 2");
    PendingLog other = new PendingLog(100, budget);
    create(other, longest + "n");
    assertThat(other.takeOverflow()).isTrue();
    assertThat(read(other)).containsExactly("overflow 1");
  }

  @Test
  void anOverflow_givesTheRoomBack() {
    PendingLog log = new PendingLog(100, budget);
    create(log, "n".repeat(300));
    create(log, "f");
    assertThat(budget.used()).isPositive();
    log.overflow();
    assertThat(budget.used()).isZero();
  }
}
