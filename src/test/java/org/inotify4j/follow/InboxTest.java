package org.inotify4j.follow;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.inotify4j.Flag;
import org.inotify4j.base.ByteBudget;
import org.inotify4j.hub.Hubs;
import org.inotify4j.hub.KernelRecord;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.RecordCursor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records and marks come out in order; what is dropped is said, and a mark never is. */
final class InboxTest {

  private final ByteBudget budget = new ByteBudget(1 << 20);
  private final List<String> seen = new ArrayList<>();
  private final KernelRecord carrier = new KernelRecord();
  private int wakes;
  private @Nullable Error failure;

  private final Inbox inbox = new Inbox(budget);

  @BeforeEach
  void bind() {
    inbox.bind(
        () -> {
          wakes++;
          if (failure != null) {
            throw failure;
          }
        });
  }

  private void add(int wd) {
    KernelRecord record = new KernelRecord();
    byte[] name = new byte[255];
    record.set(wd, Flag.CREATE.bit(), 0, name, 0, name.length);
    boolean unused = inbox.add(record);
  }

  private void run(InboxBatch batch) {
    assertThat(batch.run(carrier, record -> seen.add("record " + record.wd()))).isTrue();
    inbox.release(batch);
  }

  private InboxBatch taken() {
    return Objects.requireNonNull(inbox.take());
  }

  @Test
  void marksAreRunAtTheirPlaces() {
    add(1);
    inbox.mark(() -> seen.add("mark"));
    add(2);
    run(taken());
    assertThat(seen).containsExactly("record 1", "mark", "record 2");
    assertThat(inbox.take()).isNull();
  }

  /** The length of a name is two bytes: 4,095 is the most there is. */
  @Test
  void namesOfEveryLengthStayWhole() {
    KernelRecord record = new KernelRecord();
    List<String> names =
        IntStream.of(0, 1, 255, 256, 257, 511, 512, 765, 4095).mapToObj("n"::repeat).toList();
    for (String name : names) {
      record.set(1, Flag.CREATE.bit(), 7, name.getBytes(US_ASCII), 0, name.length());
      boolean unused = inbox.add(record);
    }
    InboxBatch batch = taken();
    assertThat(batch.run(carrier, taken -> seen.add(new String(taken.nameBytes(), US_ASCII))))
        .isTrue();
    inbox.release(batch);
    assertThat(seen).isEqualTo(names);
  }

  @Test
  void recordsInARow_areAddedAtOnce_untilTheOwnerIsWoken() {
    byte[] bytes =
        EventRecord.encoded(
            EventRecord.of(1, 2), EventRecord.of(1, 2), EventRecord.of(1, 2), EventRecord.of(2, 2));
    RecordCursor batch = new RecordCursor(ByteBuffer.wrap(bytes));
    batch.restart(bytes.length);
    KernelRecord record = new KernelRecord();
    assertThat(inbox.take()).as("so that it is asleep").isNull();
    Hubs.setNext(record, batch);
    assertThat(inbox.addAll(record)).as("woken").isTrue();
    run(taken());
    assertThat(seen).containsExactly("record 1");
    Hubs.setNext(record, batch);
    assertThat(inbox.addAll(record)).as("awake").isFalse();
    run(taken());
    assertThat(seen).containsExactly("record 1", "record 1", "record 1");
    assertThat(batch.next()).isTrue();
    assertThat(batch.wd()).isEqualTo(2);
  }

  @Test
  void aPausedBatchGoesOnWhereItWas() {
    add(1);
    add(2);
    inbox.mark(() -> seen.add("mark"));
    InboxBatch batch = taken();
    assertThat(
            batch.run(
                carrier,
                record -> {
                  seen.add("record " + record.wd());
                  batch.pause();
                }))
        .isFalse();
    assertThat(seen).containsExactly("record 1");
    run(batch);
    assertThat(seen).containsExactly("record 1", "record 2", "mark");
  }

  @Test
  void aFaultDropsTheRecordsBehindIt_andNoMark() {
    add(1);
    inbox.mark(() -> seen.add("first"));
    add(2);
    inbox.mark(
        () -> {
          throw new IllegalStateException("second");
        });
    inbox.mark(() -> seen.add("third"));
    InboxBatch batch = taken();
    assertThatThrownBy(
            () ->
                batch.run(
                    carrier,
                    record -> {
                      throw new IllegalArgumentException("on purpose");
                    }))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(seen).containsExactly("first", "third");
  }

  @Test
  void anOverflowDropsTheRecords_andNoMark() {
    add(1);
    inbox.mark(() -> seen.add("mark"));
    inbox.overflow();
    add(2);
    InboxBatch batch = taken();
    assertThat(batch.takeOverflow()).isTrue();
    assertThat(batch.isOverflowed()).isFalse();
    run(batch);
    assertThat(seen).containsExactly("mark", "record 2");
  }

  @Test
  void theOwnerIsWokenOnce_andAgainWhereThatFailed() {
    assertThat(inbox.take()).isNull();
    failure = new OutOfMemoryError("on purpose");
    assertThatThrownBy(() -> add(1)).isSameAs(failure);
    failure = null;
    add(2);
    add(3);
    assertThat(wakes).isEqualTo(2);
    run(taken());
    assertThat(seen).containsExactly("record 1", "record 2", "record 3");
  }

  @Test
  void moreThanTheBudgetIsAnOverflow_andWhatIsTakenComesBack() {
    int records = 0;
    while (budget.used() == 0) {
      add(++records);
    }
    assertThat(records * (long) InboxBatch.HEADER).isLessThan(Inbox.FREE);
    for (int i = 0; i < 8192; i++) {
      add(1);
    }
    assertThat(budget.used()).isLessThanOrEqualTo(1 << 20);
    InboxBatch batch = taken();
    assertThat(batch.isOverflowed()).isTrue();
    run(batch);
    assertThat(budget.used()).isZero();
    for (int i = 0; i < 1000; i++) {
      add(1);
    }
    assertThat(budget.used()).isPositive();
    inbox.close();
    assertThat(budget.used()).isZero();
    add(1);
    assertThat(inbox.take()).isNull();
  }
}
