package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** As many events as another process can make, with the kernel's limits as they are. */
@Timeout(120)
class BurstTest {

  private static final int FILES = Integer.getInteger("inotify4j.burstFiles", 50_000);

  @TempDir private Path directory;

  /** Creates and deletes files as fast as it can. */
  static final class Producer {
    private Producer() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      int files = Integer.parseInt(arguments[1]);
      long start = System.nanoTime();
      for (int i = 0; i < files; i++) {
        Path file = directory.resolve(String.valueOf(i));
        Files.createFile(file);
        Files.delete(file);
      }
      System.out.println(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }
  }

  @Test
  void everyEventOfABurstIsDelivered() throws Exception {
    try (INotifyWatchService service = INotifyWatchService.open()) {
      service.register(directory, ENTRY_CREATE, ENTRY_DELETE);
      Process producer =
          ChildJvm.of(Producer.class).start(directory.toString(), String.valueOf(FILES));
      BitSet created = new BitSet();
      BitSet deleted = new BitSet();
      int events = 0;
      while (deleted.cardinality() < FILES) {
        WatchKey key = Pending.next(service);
        for (WatchEvent<?> event : key.pollEvents()) {
          events += event.count();
          int number = Integer.parseInt(String.valueOf(event.context()));
          if (event.kind().equals(ENTRY_CREATE)) {
            assertThat(created.get(number)).isFalse();
            created.set(number);
          } else {
            assertThat(event.kind()).isEqualTo(ENTRY_DELETE);
            assertThat(created.get(number)).isTrue();
            assertThat(deleted.get(number)).isFalse();
            deleted.set(number);
          }
        }
        key.reset();
      }
      assertThat(producer.waitFor()).isZero();
      assertThat(events).isEqualTo(2 * FILES);
      System.out.println(
          events
              + " events of another process, made within "
              + new String(producer.getInputStream().readAllBytes(), US_ASCII).trim()
              + " ms, all delivered");
    }
  }

  @Test
  void whatHappensBeforeTheFirstTakeIsDelivered() throws Exception {
    int files = 10_000;
    try (INotifyWatchService service = INotifyWatchService.open()) {
      WatchKey key = service.register(directory, ENTRY_CREATE, ENTRY_DELETE);
      Producer.main(new String[] {directory.toString(), String.valueOf(files)});
      Pending.sync(service);
      assertThat(service.take()).isSameAs(key);
      List<String> expected = new ArrayList<>();
      for (int i = 0; i < files; i++) {
        expected.add("ENTRY_CREATE " + i);
        expected.add("ENTRY_DELETE " + i);
      }
      assertThat(Told.by(key)).isEqualTo(expected);
    }
  }
}
