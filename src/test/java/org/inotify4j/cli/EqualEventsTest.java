package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.inotify4j.Flag;
import org.inotify4j.watch.INotifyWatchService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal events in a row, which a service tells as one: each of them counts, and has a line. */
class EqualEventsTest {

  private static final Duration MOMENT = Duration.ofMillis(100);
  private static final int ASKED = Flag.MODIFY.bit();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Console console = new Console(out, out);
  private final PathSelection all = new PathSelection(null, null);
  private final TreeOptions tree =
      new TreeOptions(true, true, List.of(), false, List.of(), List.of());

  @TempDir private Path temp;
  private INotifyWatchService service;
  private Roots roots;

  @BeforeEach
  void watch() throws Exception {
    Files.createDirectory(temp.resolve("s"));
    service = INotifyWatchService.open();
    roots = new Roots(service, ASKED, tree);
    assertThat(roots.add(temp.toString().getBytes(UTF_8))).isTrue();
    for (int i = 0; i < 3; i++) {
      Files.writeString(
          temp.resolve("s/f"), "x", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      // The kernel cannot have merged them: each was read before the next one came.
      assertThat(service.sync(CommandThread.PATIENCE)).isTrue();
    }
  }

  @AfterEach
  void close() throws IOException {
    service.close();
  }

  @Test
  void watch_printsEach() throws Exception {
    EventOutput output =
        new EventOutput(ASKED, all, TextFormat.of(TextFormat.DEFAULT, "\n"), console, false, false);

    assertThat(new ServiceLoop(service, roots, output, console).run(MOMENT, true))
        .isEqualTo(ExitCode.TIMEOUT);
    assertThat(out.toString(UTF_8)).isEqualTo((temp + "/s/ MODIFY f\n").repeat(3));
  }

  @Test
  void watchOnce_printsOne() throws Exception {
    EventOutput output =
        new EventOutput(ASKED, all, TextFormat.of(TextFormat.DEFAULT, "\n"), console, true, false);

    assertThat(new ServiceLoop(service, roots, output, console).run(Duration.ZERO, true)).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(temp + "/s/ MODIFY f\n");
  }

  @Test
  void stats_countsEach() throws Exception {
    StatsTable table = new StatsTable(ASKED, false, StatsOrder.USUAL);

    new StatsLoop(service, roots, all, table, console, () -> true).run(MOMENT);

    assertThat(table.lines())
        .containsExactly("total  modify  filename", "3      3       " + temp + "/s/");
    assertThat(out.toString(UTF_8)).isEmpty();
  }
}
