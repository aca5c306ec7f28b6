package org.inotify4j.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.cli.base.WatchedPath;
import org.junit.jupiter.api.Test;

/** The lines of a table. */
final class StatsTableTest {

  @Test
  void columns_areAsWideAsTheirNumbers() {
    StatsTable table = new StatsTable(Mask.ALL_EVENTS, false, StatsOrder.USUAL);
    WatchedPath path = new WatchedPath("d".getBytes(StandardCharsets.UTF_8), true);
    for (int i = 0; i < 1_000_000; i++) {
      table.count(path, Flag.OPEN.bit());
    }
    table.count(new WatchedPath("e".getBytes(StandardCharsets.UTF_8), true), Flag.CREATE.bit());

    assertThat(table.lines())
        .containsExactly(
            "total    open     create  filename",
            "1000000  1000000  0       d/",
            "1        0        1       e/");
  }
}
