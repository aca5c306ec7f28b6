package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.inotify4j.libc.EventRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding what the caller read itself. */
final class INotifyEventTest {

  private static final byte[] TWO =
      EventRecord.encoded(
          EventRecord.of(1, 0x4000_0100).named("foo"),
          EventRecord.of(2, 0x40).named("a").cookie(7));

  @Test
  void parse_recordsInOrder() {
    assertThat(INotifyEvent.parse(ByteBuffer.wrap(TWO)))
        .hasToString(
            "[INotifyEvent[wd=1, mask=CREATE|ISDIR, cookie=0, name=foo],"
                + " INotifyEvent[wd=2, mask=MOVED_FROM, cookie=7, name=a]]");
  }

  @Test
  void parse_fromPositionToLimit_whateverTheOrder() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(200).position(3).put(TWO).flip().position(3);
    ByteOrder other =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    assertThat(INotifyEvent.parse(buffer.order(other))).hasSize(2);
    assertThat(buffer.position()).isEqualTo(buffer.limit());
  }

  @Test
  void parse_readOnly() {
    assertThat(INotifyEvent.parse(ByteBuffer.wrap(TWO).asReadOnlyBuffer())).hasSize(2);
  }

  @Test
  void parse_listIsMutable() {
    List<INotifyEvent> events = INotifyEvent.parse(ByteBuffer.wrap(TWO));
    events.clear();
    assertThat(events).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "1, truncated at offset 0: 1 bytes left of a header of 16",
    "15, truncated at offset 0: 15 bytes left of a header of 16",
    "16, truncated at offset 0: a name field of 16 bytes with 0 bytes left",
    "31, truncated at offset 0: a name field of 16 bytes with 15 bytes left",
    "33, truncated at offset 32: 1 bytes left of a header of 16",
    "63, truncated at offset 32: a name field of 16 bytes with 15 bytes left"
  })
  void parse_truncated(int length, String message) {
    ByteBuffer buffer = ByteBuffer.wrap(TWO, 0, length);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> INotifyEvent.parse(buffer))
        .withMessage(message);
    assertThat(buffer.position()).isZero();
  }

  @Test
  void parse_noBytes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> INotifyEvent.parse(ByteBuffer.allocate(0)))
        .withMessage("no bytes: an inotify read returns at least one record");
  }

  @Test
  void parse_lengthOfFourGigabytes() {
    ByteBuffer record = header(-1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> INotifyEvent.parse(record))
        .withMessage("truncated at offset 0: a name field of 4294967295 bytes with 0 bytes left");
  }

  @Test
  void parse_nameWithoutNul() {
    byte[] bytes = TWO.clone();
    Arrays.fill(bytes, 48, 64, (byte) 'x');
    assertThatIllegalArgumentException()
        .isThrownBy(() -> INotifyEvent.parse(ByteBuffer.wrap(bytes)))
        .withMessage("impossible at offset 48: a name of 16 bytes without a NUL");
  }

  @Test
  void parse_nameWithSlash() {
    byte[] bytes = EventRecord.of(1, 2).named("a/b").encoded();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> INotifyEvent.parse(ByteBuffer.wrap(bytes)))
        .withMessage("impossible at offset 16: a '/' at index 1 of an entry's name");
  }

  @ParameterizedTest
  @ValueSource(bytes = {'x', 1, '.', '0', -1, Byte.MIN_VALUE, '/' | Byte.MIN_VALUE})
  void parse_namesOfEveryLength(byte filling) {
    for (int length = 1; length <= 255; length++) {
      byte[] name = new byte[length];
      Arrays.fill(name, filling);
      byte[] record = EventRecord.of(1, 2).named(name).encoded();
      assertThat(INotifyEvent.parse(ByteBuffer.wrap(record)))
          .containsExactly(new INotifyEvent(1, 2, 0, EntryName.of(name)));
      byte[] wrong = record.clone();
      wrong[16 + length - 1] = '/';
      assertThatIllegalArgumentException()
          .isThrownBy(() -> INotifyEvent.parse(ByteBuffer.wrap(wrong)))
          .withMessage(
              "impossible at offset 16: a '/' at index " + (length - 1) + " of an entry's name");
    }
  }

  @Test
  void parse_nameFieldOfNulsOnly_isTheEmptyName() {
    ByteBuffer record = ByteBuffer.allocate(32).order(ByteOrder.nativeOrder()).putInt(12, 16);
    assertThat(INotifyEvent.parse(record))
        .containsExactly(new INotifyEvent(0, 0, 0, EntryName.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9})
  void parse_nameFieldsThatNoKernelPads(int length) {
    byte[] name = new byte[length - 1];
    Arrays.fill(name, (byte) 'x');
    ByteBuffer record = ByteBuffer.allocate(16 + length).order(ByteOrder.nativeOrder());
    record.putInt(12, length).put(16, name);
    assertThat(INotifyEvent.parse(record))
        .containsExactly(new INotifyEvent(0, 0, 0, EntryName.of(name)));
  }

  @Test
  void equality_isThatOfAllParts() {
    EntryName name = EntryName.of(new byte[] {'x'});
    INotifyEvent event = new INotifyEvent(5, 2, 3, name);
    assertThat(event)
        .isEqualTo(new INotifyEvent(5, 2, 3, EntryName.of(new byte[] {'x'})))
        .isNotEqualTo(new INotifyEvent(9, 2, 3, name))
        .isNotEqualTo(new INotifyEvent(5, 9, 3, name))
        .isNotEqualTo(new INotifyEvent(5, 2, 9, name))
        .isNotEqualTo(new INotifyEvent(5, 2, 3, EntryName.EMPTY))
        .isNotEqualTo("event");
    // As the hash of a list of its parts is made, but for what that begins with.
    assertThat(event).hasSameHashCodeAs(new INotifyEvent(5, 2, 3, name));
    assertThat(event.hashCode()).isEqualTo(31 * (31 * (31 * 5 + 2) + 3) + name.hashCode());
  }

  @Test
  @SuppressWarnings("NullAway") // On purpose.
  void noName_isRefused() {
    assertThatNullPointerException()
        .isThrownBy(() -> new INotifyEvent(1, Flag.CREATE.bit(), 0, null))
        .withMessage("name");
  }

  @Test
  void toString_cookieIsUnsigned() {
    EntryName name = EntryName.of("x".getBytes(UTF_8));
    assertThat(new INotifyEvent(3, Flag.MOVED_TO.bit(), -1, name))
        .hasToString("INotifyEvent[wd=3, mask=MOVED_TO, cookie=4294967295, name=x]");
  }

  @Test
  void flags_inDeclarationOrder() {
    int mask = Mask.of(Flag.ISDIR, Flag.CREATE);
    assertThat(new INotifyEvent(1, mask, 0, EntryName.EMPTY).flags())
        .containsExactly(Flag.CREATE, Flag.ISDIR);
  }

  private static ByteBuffer header(int length) {
    return ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putInt(12, length);
  }
}
