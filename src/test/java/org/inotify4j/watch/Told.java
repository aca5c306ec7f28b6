package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/** Events as a test states them: {@code ENTRY_MODIFY name}, and {@code *2} where they were two. */
final class Told {

  private Told() {}

  /** What is pending, which is taken. */
  static List<String> by(WatchKey key) {
    return of(key.pollEvents());
  }

  /** What is pending when all that happened has reached its key, which is taken. */
  static List<String> by(WatchKey key, INotifyWatchService service) throws InterruptedException {
    Pending.sync(service);
    return by(key);
  }

  static List<String> of(List<WatchEvent<?>> events) {
    return events.stream().map(Told::one).toList();
  }

  /** Just these come to be told, in this order: what is pending is taken until then. */
  static void isTold(WatchKey key, String... expected) {
    List<String> told = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              told.addAll(by(key));
              assertThat(told).containsExactly(expected);
            });
  }

  /** The same, in whichever order. */
  static void isToldInAnyOrder(WatchKey key, String... expected) {
    List<String> told = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              told.addAll(by(key));
              assertThat(told).containsExactlyInAnyOrder(expected);
            });
  }

  /** Takes what is pending until one comes; all that came until then. */
  @CanIgnoreReturnValue
  static List<String> until(WatchKey key, String last) {
    return until(key, last, await());
  }

  /** The same, and it comes within a time. */
  static List<String> until(WatchKey key, String last, Duration within) {
    return until(key, last, await().atMost(within));
  }

  private static List<String> until(WatchKey key, String last, ConditionFactory patience) {
    List<String> told = new ArrayList<>();
    patience.until(() -> told.addAll(by(key)) && told.contains(last));
    return told;
  }

  private static String one(WatchEvent<?> event) {
    String context =
        event.context() instanceof Rename rename
            ? " " + rename.from() + " -> " + rename.to()
            : event.context() == null ? "" : " " + event.context();
    return event.kind() + context + (event.count() == 1 ? "" : " *" + event.count());
  }
}
