package org.inotify4j.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.inotify4j.cli.base.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table that is shown in place of the one before. */
final class LiveTableTest {

  @Test
  void liveTable_replacesWhatItShowed_andFitsTheTerminal() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LiveTable live = new LiveTable(new Console(out, out), new Terminal(3, 6));

    assertThat(live.show(List.of("one", "abcdefgh", "three"))).isTrue();
    assertThat(live.show(List.of("\u6F22\u5B57\u6F22"))).isTrue();
    live.clear();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("one\nabcde\n\u001b[2A\r\u001b[J\u6F22\u5B57\n\u001b[1A\r\u001b[J");
  }

  @ParameterizedTest
  @CsvSource({"50 132, 50, 132", "0 0, 24, 80", "x, 24, 80", "'', 24, 80"})
  void terminal_hasTheSizeThatSttyTells(String size, int rows, int columns) {
    assertThat(Terminal.of(size)).isEqualTo(new Terminal(rows, columns));
  }
}
