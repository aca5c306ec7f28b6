package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;

/** Events as a test states them: {@code ENTRY_MODIFY name}, and {@code *2} where they were two. */
final class Told {

  private Told() {}

  /** What is pending, which is taken. */
  static List<String> by(WatchKey key) {
    return of(key.pollEvents());
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

  private static String one(WatchEvent<?> event) {
    String context =
        event.context() instanceof Rename rename
            ? " " + rename.from() + " -> " + rename.to()
            : event.context() == null ? "" : " " + event.context();
    return event.kind() + context + (event.count() == 1 ? "" : " *" + event.count());
  }
}
