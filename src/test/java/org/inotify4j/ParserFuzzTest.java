package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.ScriptedLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Bytes of every kind end in events or in an error that names the offset, never in anything else.
 *
 * <p>{@code -Dinotify4j.fuzz.seed} repeats a run, {@code -Dinotify4j.fuzz.runs} makes it longer.
 */
final class ParserFuzzTest {

  private static final long SEED = Long.getLong("inotify4j.fuzz.seed", 20261122);
  private static final int RUNS = Integer.getInteger("inotify4j.fuzz.runs", 20_000);

  private final Random random = new Random(SEED);

  @Test
  void parse_randomBytes(TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(SEED));
    for (int run = 0; run < RUNS; run++) {
      byte[] bytes = new byte[1 + random.nextInt(100)];
      random.nextBytes(bytes);
      if (bytes.length >= 16 && random.nextBoolean()) {
        // Else hardly any length is ever possible.
        Arrays.fill(bytes, 12, 16, (byte) 0);
        bytes[random.nextBoolean() ? 12 : 15] = (byte) random.nextInt(100);
      }
      parseOrOffset(bytes);
    }
  }

  @Test
  void parse_mutatedRecords(TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(SEED));
    for (int run = 0; run < RUNS; run++) {
      byte[] bytes = encoded(events());
      for (int i = random.nextInt(3); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      parseOrOffset(random.nextBoolean() ? bytes : cut(bytes));
    }
  }

  @Test
  void parse_validRecords_roundTrip(TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(SEED));
    for (int run = 0; run < RUNS; run++) {
      List<INotifyEvent> events = events();
      assertThat(parseOrOffset(encoded(events))).isEqualTo(events);
    }
  }

  @Test
  void read_givesWhatParseGives(TestReporter reporter) throws Exception {
    reporter.publishEntry("seed", Long.toString(SEED));
    ScriptedLibC kernel = new ScriptedLibC();
    try (INotify inotify = ScriptedINotify.open(kernel)) {
      EventBuffer buffer = EventBuffer.allocate(8192);
      for (int run = 0; run < RUNS / 10; run++) {
        byte[] bytes = encoded(events());
        kernel.deliverRaw(bytes);
        assertThat(inotify.read(buffer)).isEqualTo(bytes.length);
        List<INotifyEvent> read = new ArrayList<>();
        while (buffer.next()) {
          read.add(buffer.event());
        }
        assertThat(read).isEqualTo(INotifyEvent.parse(ByteBuffer.wrap(bytes)));
      }
    }
  }

  private List<INotifyEvent> parseOrOffset(byte[] bytes) {
    try {
      return INotifyEvent.parse(ByteBuffer.wrap(bytes));
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining("offset");
      return List.of();
    } catch (RuntimeException e) {
      return fail("seed " + SEED + ", bytes " + Arrays.toString(bytes), e);
    }
  }

  private List<INotifyEvent> events() {
    List<INotifyEvent> events = new ArrayList<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      events.add(new INotifyEvent(random.nextInt(), random.nextInt(), random.nextInt(), name()));
    }
    return events;
  }

  private EntryName name() {
    byte[] bytes = new byte[random.nextInt(256)];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 0 || bytes[i] == '/') {
        bytes[i] = 'x';
      }
    }
    return EntryName.of(bytes);
  }

  private static byte[] encoded(List<INotifyEvent> events) {
    return EventRecord.encoded(
        events.stream()
            .map(
                event ->
                    EventRecord.of(event.wd(), event.mask())
                        .cookie(event.cookie())
                        .named(event.name().toByteArray()))
            .toArray(EventRecord[]::new));
  }

  private byte[] cut(byte[] bytes) {
    return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
  }
}
