package org.inotify4j.pending;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.pending.KindBits.AS_CREATE;
import static org.inotify4j.pending.KindBits.AS_DELETE;
import static org.inotify4j.pending.KindBits.AS_EXISTS;
import static org.inotify4j.pending.KindBits.AS_FLAG;
import static org.inotify4j.pending.KindBits.AS_MODIFY;
import static org.inotify4j.pending.KindBits.AS_READY;
import static org.inotify4j.pending.KindBits.AS_RENAME;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.inotify4j.Flag;
import org.inotify4j.base.ByteBudget;
import org.junit.jupiter.api.Test;

final class PendingLogTest {

  private final ByteBudget budget = new ByteBudget(Long.MAX_VALUE);

  @Test
  void randomSequences_areJoinedAsTheJdkJoinsThem() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int[] kinds = {AS_CREATE, AS_DELETE, AS_MODIFY, AS_MODIFY};
    for (int round = 0; round < 2_000; round++) {
      int bound = 1 + random.nextInt(60);
      int names = 1 + random.nextInt(40);
      int length = random.nextInt(200);
      PendingLog log = new PendingLog(bound, budget);
      JdkModel model = new JdkModel(bound);
      int steps = random.nextInt(200);
      for (int i = 0; i < steps; i++) {
        if (random.nextInt(150) == 0) {
          log.overflow();
          model.signal(JdkModel.OVERFLOW, "");
        } else {
          int kind = kinds[random.nextInt(kinds.length)];
          String name = "n".repeat(length) + random.nextInt(names);
          append(log, kind, name);
          model.signal(kind, name);
        }
        assertThat(log.isEmpty()).isFalse();
      }
      assertThat(read(log)).as("seed %s, round %s", seed, round).isEqualTo(model.events());
      log.release();
      assertThat(budget.used()).isZero();
    }
  }

  @Test
  void whatThereWasAtFirst_isKeptWhenItOverflows() {
    PendingLog log = new PendingLog(300, budget);
    for (int i = 0; i < 250; i++) {
      append(log, AS_EXISTS, "f" + i);
    }
    append(log, AS_READY, "");
    for (int i = 0; i < 100; i++) {
      append(log, AS_CREATE, "later" + i);
    }
    assertThat(log.size()).isEqualTo(252);
    List<String> read = read(log);
    assertThat(read).hasSize(252).startsWith(AS_EXISTS + " f0 1", AS_EXISTS + " f1 1");
    assertThat(read.subList(249, 252))
        .containsExactly(AS_EXISTS + " f249 1", AS_READY + "  1", "overflow 51");
    log.release();
    assertThat(budget.used()).isZero();
  }

  @Test
  void countsStayAtTheLargest() {
    assertThat(PendingLog.oneMore(Integer.MAX_VALUE - 1)).isEqualTo(Integer.MAX_VALUE);
    assertThat(PendingLog.oneMore(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void manyModifications_areFoundAgain() {
    PendingLog log = new PendingLog(Integer.MAX_VALUE, budget);
    List<String> expected = new ArrayList<>();
    for (int repeat = 0; repeat < 3; repeat++) {
      for (int i = 0; i < 10_000; i++) {
        append(log, AS_MODIFY, "name" + i);
      }
    }
    for (int i = 0; i < 10_000; i++) {
      expected.add(AS_MODIFY + " name" + i + " 3");
    }
    assertThat(read(log)).isEqualTo(expected);
  }

  @Test
  void eventsOfTheirOwnKinds_areJoinedOnlyWhereTheyAreEqual() {
    PendingLog log = new PendingLog(100, budget);
    byte[] x = {'x'};
    log.append(AS_FLAG, Flag.OPEN.bit(), 0, x, 1);
    log.append(AS_FLAG, Flag.OPEN.bit(), 0, x, 1);
    log.append(AS_FLAG, Flag.CLOSE_WRITE.bit(), 0, x, 1);
    log.append(AS_FLAG, Flag.MOVED_FROM.bit(), 1, x, 1);
    log.append(AS_FLAG, Flag.MOVED_FROM.bit(), 2, x, 1);
    assertThat(read(log))
        .containsExactly(AS_FLAG + " x 2", AS_FLAG + " x 1", AS_FLAG + " x 1", AS_FLAG + " x 1");
  }

  @Test
  void modificationOfBothKinds_endsTheJoiningOfStandardOnes() {
    PendingLog log = new PendingLog(100, budget);
    byte[] x = {'x'};
    byte[] y = {'y'};
    log.append(AS_MODIFY, Flag.MODIFY.bit(), 0, x, 1);
    log.append(AS_MODIFY | AS_FLAG, Flag.ATTRIB.bit(), 0, x, 1);
    log.append(AS_MODIFY, Flag.MODIFY.bit(), 0, y, 1);
    log.append(AS_MODIFY, Flag.MODIFY.bit(), 0, x, 1);
    assertThat(read(log))
        .containsExactly(
            AS_MODIFY + " x 1",
            (AS_MODIFY | AS_FLAG) + " x 1",
            AS_MODIFY + " y 1",
            AS_MODIFY + " x 1");
  }

  @Test
  void rename_keepsBothNames_andEndsTheJoiningOfModificationsOfEither() {
    PendingLog log = new PendingLog(100, budget);
    append(log, AS_MODIFY, "from");
    append(log, AS_MODIFY, "to");
    log.appendRename(AS_RENAME, 0, 7, "from".getBytes(US_ASCII), "to??".getBytes(US_ASCII), 2);
    append(log, AS_MODIFY, "to");
    append(log, AS_MODIFY, "from");
    assertThat(read(log))
        .containsExactly(
            AS_MODIFY + " from 1",
            AS_MODIFY + " to 1",
            "16 from to 1",
            AS_MODIFY + " to 1",
            AS_MODIFY + " from 1");
  }

  @Test
  void namesThatAreLongerThanUsual_stayWhole() {
    PendingLog log = new PendingLog(1000, budget);
    List<String> expected = new ArrayList<>();
    for (int length = 200; length < 4096; length += 13) {
      String from = "f".repeat(length);
      String to = "t".repeat(4295 - length);
      byte[] toBytes = to.getBytes(US_ASCII);
      append(log, AS_CREATE, from);
      log.appendRename(AS_RENAME, 0, 7, from.getBytes(US_ASCII), toBytes, toBytes.length);
      expected.add(AS_CREATE + " " + from + " 1");
      expected.add("16 " + from + " " + to + " 1");
    }
    assertThat(read(log)).isEqualTo(expected);
  }

  @Test
  void joinedEvents_haveAllTheirFlags() {
    PendingLog log = new PendingLog(100, budget);
    byte[] x = {'x'};
    log.append(AS_MODIFY, Flag.MODIFY.bit(), 0, x, 1);
    log.append(AS_MODIFY, Flag.ATTRIB.bit(), 0, x, 1);
    Collected collected = new Collected();
    log.forEach(collected);
    assertThat(collected.entries).as("nothing overflowed").containsExactly(AS_MODIFY + " x 2");
    assertThat(collected.masks).containsExactly(Flag.MODIFY.bit() | Flag.ATTRIB.bit());
  }

  @Test
  void whatCameTwiceInOneStandardWay_isJoinedWhateverTheFlags() {
    PendingLog log = new PendingLog(100, budget);
    byte[] x = {'x'};
    log.append(AS_CREATE, Flag.CREATE.bit(), 0, x, 1);
    log.append(AS_CREATE, Flag.MOVED_TO.bit(), 7, x, 1);
    Collected collected = new Collected();
    log.forEach(collected);
    assertThat(collected.entries).containsExactly(AS_CREATE + " x 2");
    assertThat(collected.masks).containsExactly(Flag.CREATE.bit() | Flag.MOVED_TO.bit());
  }

  @Test
  void anEntryThatJustFits_takesNoMoreMemory() {
    PendingLog log = new PendingLog(100, budget);
    append(log, AS_CREATE, "n".repeat(100 - 17));
    append(log, AS_CREATE, "m".repeat(156 - 17));
    assertThat(budget.used()).isEqualTo(256);
    append(log, AS_CREATE, "");
    assertThat(budget.used()).isEqualTo(256 + 1024);
  }

  @Test
  void budgetThatIsUsedUp_isAnOverflow_andIsGivenBack() {
    ByteBudget small = new ByteBudget(10_000);
    PendingLog log = new PendingLog(Integer.MAX_VALUE, small);
    PendingLog other = new PendingLog(Integer.MAX_VALUE, small);
    append(other, AS_CREATE, "stays");
    int appended = 0;
    do {
      append(log, AS_CREATE, "name" + appended++);
      assertThat(small.used()).isBetween(256L, 10_000L);
    } while (small.used() > 256);
    // Chunks of 256, 1,024 and 4,096 bytes had room; the next one has not.
    assertThat(appended).isBetween(200, 300);
    append(log, AS_CREATE, "more");
    assertThat(read(log)).containsExactly("overflow 2");
    append(other, AS_CREATE, "goes on");
    log.release();
    other.release();
    assertThat(small.used()).isZero();
    assertThat(read(other)).containsExactly(AS_CREATE + " stays 1", AS_CREATE + " goes on 1");
  }

  private static void append(PendingLog log, int as, String name) {
    byte[] bytes = name.getBytes(US_ASCII);
    log.append(as, 0, 0, bytes, bytes.length);
  }

  private static List<String> read(PendingLog log) {
    Collected collected = new Collected();
    log.forEach(collected);
    return collected.entries;
  }

  /** What a log has, in words, and the masks of its events. */
  private static final class Collected implements PendingReader {

    private final List<String> entries = new ArrayList<>();
    private final List<Integer> masks = new ArrayList<>();

    @Override
    public void entry(
        int as, int mask, int cookie, int count, byte[] names, int start, int first, int second) {
      String text = new String(names, start, first, US_ASCII);
      if (second > 0) {
        text += " " + new String(names, start + first, second, US_ASCII);
      }
      entries.add(as + " " + text + " " + count);
      masks.add(mask);
    }

    @Override
    public void overflow(int count) {
      entries.add("overflow " + count);
    }
  }

  /** The JDK's rule in the plainest form. */
  private static final class JdkModel {
    static final int OVERFLOW = -1;

    private final int bound;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Entry> lastModifications = new HashMap<>();

    JdkModel(int bound) {
      this.bound = bound;
    }

    void signal(int kind, String name) {
      Entry entry = new Entry(kind, name);
      if (!entries.isEmpty()) {
        Entry previous = entries.get(entries.size() - 1);
        if (previous.kind == OVERFLOW || (previous.kind == kind && previous.name.equals(name))) {
          previous.count++;
          return;
        }
        if (kind == AS_MODIFY) {
          Entry pending = lastModifications.get(name);
          if (pending != null) {
            pending.count++;
            return;
          }
        } else {
          lastModifications.remove(name);
        }
        if (entries.size() >= bound) {
          entry = new Entry(OVERFLOW, "");
        }
      }
      if (entry.kind == AS_MODIFY) {
        lastModifications.put(name, entry);
      } else if (entry.kind == OVERFLOW) {
        entries.clear();
        lastModifications.clear();
      }
      entries.add(entry);
    }

    List<String> events() {
      return entries.stream()
          .map(e -> (e.kind == OVERFLOW ? "overflow" : e.kind + " " + e.name) + " " + e.count)
          .toList();
    }

    private static final class Entry {
      final int kind;
      final String name;
      int count = 1;

      Entry(int kind, String name) {
        this.kind = kind;
        this.name = name;
      }
    }
  }
}
