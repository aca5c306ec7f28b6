package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several threads read one instance: each event is given to one of them. */
final class ConcurrentReadersTest {

  private static final int DIRECTORIES = 1000;

  @TempDir private Path root;
  private final Queue<String> seen = new ConcurrentLinkedQueue<>();

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "4, false", "1, true", "2, true", "4, true"})
  void eachEventOnce(int readers, boolean nonblocking) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    List<Future<?>> reads = new ArrayList<>();
    try (INotify inotify = INotify.builder().nonblocking(nonblocking).open()) {
      inotify.addWatch(root, Flag.CREATE);
      for (int i = 0; i < readers; i++) {
        reads.add(threads.submit(() -> readUntilClosed(inotify)));
      }
      for (int i = 0; i < DIRECTORIES; i++) {
        Files.createDirectory(root.resolve("d" + i));
      }
      await().until(() -> seen.size() >= DIRECTORIES);
    }
    for (Future<?> read : reads) {
      read.get(10, TimeUnit.SECONDS);
    }
    threads.shutdown();
    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, DIRECTORIES).mapToObj(i -> "CREATE|ISDIR d" + i).toList());
  }

  private boolean readUntilClosed(INotify inotify) throws Exception {
    try {
      while (true) {
        for (INotifyEvent event : inotify.read()) {
          seen.add(Mask.toString(event.mask()) + " " + event.name());
        }
      }
    } catch (ClosedChannelException e) {
      return true;
    }
  }
}
