package org.inotify4j.cli.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.cli.roots.EqualEvents.ASKED;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.format.TextFormat;
import org.inotify4j.cli.regex.PathSelection;
import org.inotify4j.cli.roots.EqualEvents;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Equal events in a row, which a service tells as one: each of them has a line. */
final class EqualLinesTest {

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
  void watch_printsEach() throws Exception {
    EventOutput output =
        new EventOutput(ASKED, all, TextFormat.of(TextFormat.DEFAULT, "\n"), console, false, false);

    assertThat(new ServiceLoop(events.service(), events.roots(), output, console).run(MOMENT, true))
        .isEqualTo(ExitCode.TIMEOUT);
    assertThat(out.toString(UTF_8)).isEqualTo((temp + "/s/ MODIFY f\n").repeat(3));
  }

  @Test
  void watchOnce_printsOne() throws Exception {
    EventOutput output =
        new EventOutput(ASKED, all, TextFormat.of(TextFormat.DEFAULT, "\n"), console, true, false);

    assertThat(
            new ServiceLoop(events.service(), events.roots(), output, console)
                .run(Duration.ZERO, true))
        .isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(temp + "/s/ MODIFY f\n");
  }
}
