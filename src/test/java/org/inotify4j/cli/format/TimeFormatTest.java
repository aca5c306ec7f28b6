package org.inotify4j.cli.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How strftime(3) writes times; where there is the date of GNU, by its word. */
class TimeFormatTest {

  private static final ZoneId WEST = ZoneOffset.ofHoursMinutes(-3, -30);

  private static final String ALL =
      "%a|%A|%b|%B|%c|%C|%d|%D|%e|%F|%g|%G|%h|%H|%I|%j|%k|%l|%m|%M|%n|%p|%P|%r|%R|%s|%S|%t|%T|%u|%U"
          + "|%V|%w|%W|%x|%X|%y|%Y|%z|%%|%-d|%_d|%-j|%_H|%05d|%^a|%#p|%^B|%#a|%-I|%_z|%-z|%Ey|%Od|%6Y"
          + "|%-H:%-M|%0e|%_5S|%12A";

  @ParameterizedTest
  @CsvSource({
    "%F %T, 2024-02-29 12:04:05",
    "%s, 1709208245",
    "100%%, 100%",
    "%Q, %Q",
    "%, %",
    "a%5, a%5",
    "%Z, UTC",
    "%c, Thu Feb 29 12:04:05 2024",
  })
  void aTime_isWrittenUnderItsFormat(String format, String expected) {
    Clock clock = Clock.fixed(Instant.ofEpochSecond(1709208245), ZoneId.of("UTC"));

    assertThat(new TimeFormat(format, clock).now()).isEqualTo(expected);
  }

  @Test
  void anyTime_isWrittenAsDateDoes() throws Exception {
    Random random = new Random(4711);
    List<Long> times = new ArrayList<>(List.of(0L, 1704067199L, 1704067200L, 1735689600L));
    for (int i = 0; i < 60; i++) {
      times.add(random.nextLong(0, 4_000_000_000L));
    }
    List<String> expected = byDate(times);
    for (int i = 0; i < times.size(); i++) {
      Clock clock = Clock.fixed(Instant.ofEpochSecond(times.get(i)), WEST);
      String[] written = new TimeFormat(ALL, clock).now().replace('\n', 'N').split("\\|", -1);
      assertThat(written).as("%s", times.get(i)).isEqualTo(expected.get(i).split("\\|", -1));
    }
  }

  private static List<String> byDate(List<Long> times) throws Exception {
    StringBuilder script = new StringBuilder();
    for (long time : times) {
      script
          .append("date -d @")
          .append(time)
          .append(" '+")
          .append(ALL.replace("%n", "N"))
          .append("' || exit 1\n");
    }
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", script.toString());
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "WST3:30");
    try {
      Process date = builder.redirectErrorStream(true).start();
      String all = new String(date.getInputStream().readAllBytes(), UTF_8);
      if (date.waitFor() == 0) {
        return all.lines().toList();
      }
    } catch (IOException e) {
      // As where date does not know -d.
    }
    System.out.println("skipped: there is no date of GNU");
    return abort("there is no date of GNU");
  }
}
