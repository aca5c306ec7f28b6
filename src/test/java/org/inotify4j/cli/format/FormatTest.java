package org.inotify4j.cli.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.Mask;
import org.inotify4j.cli.base.WatchedPath;
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

  @Test
  void time_isOfTheFormatThatItIsGiven() {
    TimeFormat time = new TimeFormat("%F", Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    INotifyEvent event = event(Flag.CREATE.bit(), 0, "a");

    assertThat(
            TextFormat.of("%T %f", "", new TextStyle(time, false, false)).format(event, DIRECTORY))
        .isEqualTo("1970-01-01 a");
    assertThat(new JsonFormat(time).format(event, DIRECTORY))
        .startsWith("{\"time\":\"1970-01-01\",\"path\":\"d/a\",");
  }

  @Test
  void literalNames_keepTheirBytes() {
    EventFormat format = TextFormat.of("%w%f", "", new TextStyle(null, true, false));
    INotifyEvent event =
        new INotifyEvent(
            1, Flag.CREATE.bit(), 0, EntryName.of(new byte[] {'\\', '\n', (byte) 0xFF}));

    assertThat(format.format(event, DIRECTORY).getBytes(format.charset()))
        .containsExactly('d', '/', '\\', '\n', 0xFF);
  }

  @Test
  void csv_quotesWhatAProgramCouldTakeForSomethingElse() {
    CsvFormat format = new CsvFormat();

    assertThat(format.format(event(Flag.CREATE.bit(), 0, "a\"b"), DIRECTORY))
        .isEqualTo("d/,CREATE,\"a\"\"b\"\n");
    assertThat(format.format(event(Mask.of(Flag.CREATE, Flag.ISDIR), 0, "a "), DIRECTORY))
        .isEqualTo("d/,\"CREATE,ISDIR\",\"a \"\n");
    assertThat(format.format(event(Flag.MODIFY.bit(), 0, ""), FILE)).isEqualTo("f,MODIFY,\n");
    assertThat(format.charset()).isEqualTo(ISO_8859_1);
  }

  @Test
  void colors_areThoseOfGrepAndLs() {
    TextFormat format = TextFormat.of("%w %e %f", "\n", new TextStyle(null, false, true));

    assertThat(format.format(event(Mask.of(Flag.CREATE, Flag.ISDIR), 0, "a"), DIRECTORY))
        .isEqualTo("\033[35md/\033[m \033[32mCREATE,ISDIR\033[m \033[01;34ma\033[m\n");
    assertThat(format.format(event(Flag.DELETE.bit(), 0, "a"), DIRECTORY))
        .isEqualTo("\033[35md/\033[m \033[31mDELETE\033[m a\n");
  }

  @ParameterizedTest
  @CsvSource({
    "AUTO, true, , xterm, true",
    "AUTO, false, , xterm, false",
    "AUTO, true, 1, xterm, false",
    "AUTO, true, '', xterm, true",
    "AUTO, true, , dumb, false",
    "ALWAYS, false, 1, dumb, true",
    "NEVER, true, , xterm, false",
  })
  void color_isForTerminalsThatWantIt(
      ColorMode mode, boolean toTerminal, String noColor, String term, boolean isOn) {
    Map<String, String> environment = new HashMap<>(Map.of("TERM", term));
    if (noColor != null) {
      environment.put("NO_COLOR", noColor);
    }
    assertThat(mode.isOn(toTerminal, environment)).isEqualTo(isOn);
  }

  private static INotifyEvent event(int mask, int cookie, String name) {
    return new INotifyEvent(1, mask, cookie, EntryName.of(name.getBytes(UTF_8)));
  }
}
