package org.inotify4j.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.RecordCursor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One record after the other in the same object. */
final class KernelRecordTest {

  private final KernelRecord record = new KernelRecord();

  private static RecordCursor cursor(byte[] bytes) {
    RecordCursor cursor = new RecordCursor(ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()));
    cursor.restart(bytes.length);
    assertThat(cursor.next()).isTrue();
    return cursor;
  }

  /** A batch whose first record is at hand, and may go on. */
  private RecordCursor begun(EventRecord... records) {
    RecordCursor batch = cursor(EventRecord.encoded(records));
    record.set(batch);
    record.mayGoOn(batch);
    return batch;
  }

  @Test
  void set_takesOverWhatTheKernelWrote() {
    String longest = "n".repeat(255);
    record.set(cursor(EventRecord.of(3, 0x80).named(longest).cookie(7).encoded()));
    assertThat(record.wd()).isEqualTo(3);
    assertThat(record.mask()).isEqualTo(0x80);
    assertThat(record.cookie()).isEqualTo(7);
    assertThat(record.nameLength()).isEqualTo(255);
    assertThat(new String(record.nameBytes(), US_ASCII)).isEqualTo(longest);
    assertThat(record.is(Flag.MOVED_TO)).isTrue();
    assertThat(record.is(Flag.MOVED_FROM)).isFalse();
    INotifyEvent copy = record.copy();
    record.set(cursor(EventRecord.of(4, 0x100).named("b").encoded()));
    assertThat(copy)
        .isEqualTo(new INotifyEvent(3, 0x80, 7, EntryName.of(longest.getBytes(US_ASCII))));
    assertThat(record.entryName()).hasToString("b");
    assertThat(record.nameBytes()).containsExactly('b');
    record.set(copy);
    assertThat(record.copy()).isEqualTo(copy);
  }

  /** As on vfat, of 255 characters that are three bytes each, and the longest of all. */
  @ParameterizedTest
  @ValueSource(ints = {256, 765, 4095})
  void set_aNameThatIsLongerThanUsual(int length) {
    byte[] name = "n".repeat(length).getBytes(US_ASCII);
    byte[] bytes = EventRecord.of(3, 0x80).named(name).encoded();
    assertThat(bytes).hasSizeLessThanOrEqualTo(RecordCursor.LONGEST_RECORD);
    record.set(cursor(bytes));
    assertThat(record.nameBytes()).isEqualTo(name);
    INotifyEvent copy = record.copy();
    record.set(cursor(EventRecord.of(4, 0x100).named("b").encoded()));
    assertThat(record.nameBytes()).containsExactly('b');
    KernelRecord other = new KernelRecord();
    other.set(copy);
    assertThat(other.nameBytes()).isEqualTo(name);
  }

  @Test
  void set_aNameThatIsTooLong_isRefused() {
    RecordCursor cursor = cursor(EventRecord.of(3, 0x80).named("n".repeat(4096)).encoded());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> record.set(cursor))
        .withMessage("a name of 4096 bytes");
  }

  @Test
  void goOn_goesToThoseOfTheSameWatch_thatFollow() {
    RecordCursor cursor =
        begun(
            EventRecord.of(3, 0x100).named("a"),
            EventRecord.of(3, 0x200).named("bc"),
            EventRecord.of(4, 0x100).named("d"));
    assertThat(record.goOn()).isTrue();
    assertThat(record.copy())
        .isEqualTo(new INotifyEvent(3, 0x200, 0, EntryName.of(new byte[] {'b', 'c'})));
    assertThat(record.goOn()).as("of another watch").isFalse();
    assertThat(cursor.next()).as("that is still to come").isTrue();
    assertThat(cursor.wd()).isEqualTo(4);
    assertThat(record.goOn()).as("the end").isFalse();
  }

  @Test
  void goOn_leavesTheEndOfTheWatch_andWhatNobodyElseMayMiss() {
    RecordCursor ending = begun(EventRecord.of(3, 0x100), EventRecord.of(3, 0x8000));
    assertThat(record.goOn()).isFalse();
    assertThat(ending.next()).isTrue();
    RecordCursor shared = begun(EventRecord.of(3, 0x100), EventRecord.of(3, 0x100));
    record.mayGoOn(null);
    assertThat(record.goOn()).isFalse();
    assertThat(shared.next()).isTrue();
  }

  @Test
  void goOn_isOverNowAndThen() {
    RecordCursor cursor =
        begun(Collections.nCopies(70, EventRecord.of(3, 0x2)).toArray(EventRecord[]::new));
    int taken = 1;
    while (record.goOn()) {
      taken++;
    }
    assertThat(taken).as("a lock is held for so many").isEqualTo(64);
    assertThat(cursor.next()).isTrue();
  }

  @Test
  void goOn_toANameThatIsNone_isRefused_andThatIsTheCurrentOne() {
    RecordCursor cursor =
        begun(EventRecord.of(3, 0x100), EventRecord.of(3, 0x200).named("n".repeat(4096)));
    assertThatIllegalArgumentException()
        .isThrownBy(record::goOn)
        .withMessage("a name of 4096 bytes");
    assertThat(cursor.mask()).isEqualTo(0x200);
  }

  @Test
  void set_aPieceOfBytes() {
    record.set(1, 2, 3, "abcd".getBytes(US_ASCII), 1, 2);
    assertThat(record.copy())
        .isEqualTo(new INotifyEvent(1, 2, 3, EntryName.of(new byte[] {'b', 'c'})));
    assertThat(record.name()).startsWith('b', 'c').hasSize(255);
    record.set(4, 5, 6, EntryName.EMPTY);
    assertThat(record.copy()).isEqualTo(new INotifyEvent(4, 5, 6, EntryName.EMPTY));
  }
}
