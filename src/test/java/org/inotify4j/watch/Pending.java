package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Waits until something is pending, or all is that has happened. */
final class Pending {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Pending() {}

  /** Waits until all that happened has reached its key. */
  static void sync(INotifyWatchService service) throws InterruptedException {
    assertThat(service.sync(PATIENCE)).as("all is delivered in time").isTrue();
  }

  /**
   * Waits until so many more rounds of polling are over, of all keys together. The first may have
   * been under way: of one key, the second one looks at all that was there before.
   */
  static void awaitRounds(INotifyWatchService service, int count) {
    long before = service.statistics().pollRounds();
    await().until(() -> service.statistics().pollRounds() >= before + count);
  }

  /** Waits until nothing is polled any more: no round is counted for a while. */
  static void awaitEndOfRounds(INotifyWatchService service) {
    AtomicLong last = new AtomicLong();
    await()
        .during(Duration.ofMillis(500))
        .until(
            () -> {
              long now = service.statistics().pollRounds();
              return last.getAndSet(now) == now;
            });
  }

  /** The next key of a service, which comes soon. */
  static WatchKey next(INotifyWatchService service) throws InterruptedException {
    @Nullable WatchKey key = service.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (key == null) {
      throw new AssertionError("no key came");
    }
    return key;
  }
}
