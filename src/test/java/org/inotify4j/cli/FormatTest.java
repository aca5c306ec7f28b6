package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.Mask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

  private static final WatchedPath DIRECTORY = new WatchedPath("d".getBytes(UTF_8), true);
  private static final WatchedPath FILE = new WatchedPath("f".getBytes(UTF_8), false);

  @ParameterizedTest
  @CsvSource({
    "%w %e %f, d/ CREATE ab",
    "%w%f, d/ab",
    "%%e, %e",
    "%%%e, %CREATE",
    "100%%, 100%",
    "[%c], [fffffffe]",
    "no conversion, no conversion",
  })
  void textFormat_replacesConversions(String format, String expected) {
    INotifyEvent event = event(Flag.CREATE.bit(), -2, "ab");

    assertThat(TextFormat.of(format, "\n").format(event, DIRECTORY)).isEqualTo(expected + "\n");
  }

  @ParameterizedTest
  @CsvSource({"%:e, OPEN:ISDIR", "%|e, OPEN|ISDIR", "%Xe, OPENXISDIR", "%ee, 'OPEN,ISDIRe'"})
  void textFormat_separatesEventsByWhatItIsTold(String format, String expected) {
    INotifyEvent event = event(Mask.of(Flag.OPEN, Flag.ISDIR), 0, "ab");

    assertThat(TextFormat.of(format, "").format(event, DIRECTORY)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%q", "%T", "%:", "%", "100%", "%:f"})
  void textFormat_withAnUnknownConversion_isRefused(String format) {
    assertThatIllegalArgumentException().isThrownBy(() -> TextFormat.of(format, ""));
  }

  @Test
  void textFormat_ofAClose_hasInotifywaitsCloseToo() {
    INotifyEvent event = event(Mask.of(Flag.CLOSE_NOWRITE, Flag.ISDIR), 0, "x");

    assertThat(TextFormat.of("%e", "").format(event, DIRECTORY))
        .isEqualTo("CLOSE_NOWRITE,CLOSE,ISDIR");
  }

  @Test
  void overflow_hasNoPath() {
    INotifyEvent overflow = new INotifyEvent(-1, Flag.Q_OVERFLOW.bit(), 0, EntryName.EMPTY);

    assertThat(TextFormat.of(TextFormat.DEFAULT, "\n").format(overflow, WatchedPath.NONE))
        .isEqualTo(" Q_OVERFLOW \n");
    assertThat(new JsonFormat().format(overflow, WatchedPath.NONE))
        .isEqualTo(
            "{\"path\":null,\"name\":null,\"flags\":[\"Q_OVERFLOW\"],\"cookie\":0,"
                + "\"directory\":false}\n");
  }

  @Test
  void jsonFormat_hasTheWholePathAndAnUnsignedCookie() {
    assertThat(new JsonFormat().format(event(Flag.MOVED_TO.bit(), -1, "a"), DIRECTORY))
        .isEqualTo(
            "{\"path\":\"d/a\",\"name\":\"a\",\"flags\":[\"MOVED_TO\"],\"cookie\":4294967295,"
                + "\"directory\":false}\n");
    assertThat(new JsonFormat().format(event(Flag.MODIFY.bit(), 0, ""), FILE))
        .isEqualTo(
            "{\"path\":\"f\",\"name\":null,\"flags\":[\"MODIFY\"],\"cookie\":0,"
                + "\"directory\":false}\n");
  }

  @Test
  void jsonFormat_escapesWhatCouldSteerATerminal() {
    String name = "\033\u007F\u009B\u2028\u202E\n\"\\\u00E9\uDB40\uDC01";

    assertThat(new JsonFormat().format(event(Flag.CREATE.bit(), 0, name), DIRECTORY))
        .startsWith(
            "{\"path\":\"d/\\u001b\\u007f\\u009b\\u2028\\u202e\\n\\\"\\\\\u00E9\\udb40\\udc01\",");
  }

  private static INotifyEvent event(int mask, int cookie, String name) {
    return new INotifyEvent(1, mask, cookie, EntryName.of(name.getBytes(UTF_8)));
  }
}
