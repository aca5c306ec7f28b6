package org.inotify4j.cli.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.cli.roots.EqualEvents.ASKED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.regex.PathSelection;
import org.inotify4j.cli.roots.EqualEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal events in a row, which a service tells as one: each of them counts. */
final class EqualCountsTest {

  private static final Duration MOMENT = Duration.ofMillis(100);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Console console = new Console(out, out);
  private final PathSelection all = new PathSelection(null, null);

  @TempDir private Path temp;
  private EqualEvents events;

  @BeforeEach
  void watch() throws Exception {
    events = EqualEvents.in(temp);
  }

  @AfterEach
  void close() throws IOException {
    events.close();
  }

  @Test
  void stats_countsEach() throws Exception {
    StatsTable table = new StatsTable(ASKED, false, StatsOrder.USUAL);

    new StatsLoop(events.service(), events.roots(), all, table, console, () -> true).run(MOMENT);

    assertThat(table.lines())
        .containsExactly("total  modify  filename", "3      3       " + temp + "/s/");
    assertThat(out.toString(UTF_8)).isEmpty();
  }
}
