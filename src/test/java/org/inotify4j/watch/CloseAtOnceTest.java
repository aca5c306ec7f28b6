package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No key is valid any more when a close has returned, whoever else closes the service as well. */
@Timeout(60)
final class CloseAtOnceTest {

  private static final int ROUNDS = 3000;
  private static final int CLOSERS = 2;

  @TempDir private Path directory;

  @Test
  void keysAreInvalidWhenAnyCloseHasReturned() throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    ExecutorService threads = Executors.newFixedThreadPool(CLOSERS);
    try (INotifyWatchService keeper = INotifyWatchService.open()) {
      keeper.register(directory, kinds);
      for (int round = 0; round < ROUNDS; round++) {
        INotifyWatchService service = INotifyWatchService.open();
        List<WatchKey> keys = new ArrayList<>();
        keys.add(service.register(directory, kinds));
        keys.add(service.register(directory.resolve("f"), kinds, INotifyModifiers.FILE));
        CyclicBarrier start = new CyclicBarrier(CLOSERS);
        List<Future<Boolean>> valid = new ArrayList<>();
        for (int i = 0; i < CLOSERS; i++) {
          valid.add(
              threads.submit(
                  () -> {
                    start.await();
                    service.close();
                    return keys.stream().anyMatch(WatchKey::isValid);
                  }));
        }
        for (Future<Boolean> one : valid) {
          assertThat(one.get(10, SECONDS)).as("a valid key in round " + round).isFalse();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
