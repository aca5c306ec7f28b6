package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A single name at which a directory is found, of which no record of the kernel tells. */
final class DirectoryAtANameTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  /** One that comes with the directory above, as a link to it, or in place of another one. */
  @ParameterizedTest
  @MethodSource("ways")
  void isToldOnce_andNotAgainByPolling(WatchEvent.Modifier also) throws Exception {
    mkdirs("aside/name");
    mkdirs("other");
    WatchKey key = register(also);
    move("aside", "above");
    isToldOnce(key, "ENTRY_CREATE ");
    Files.delete(root.resolve("above/name"));
    isToldOnce(key, "ENTRY_DELETE ");
    link("above/name", "../other");
    isToldOnce(key, "ENTRY_CREATE ");
    link("above/next", "../above");
    move("above/next", "above/name");
    isToldOnce(key, "ENTRY_MODIFY ");
    touch("above/file");
    move("above/file", "above/name");
    isToldOnce(key, "ENTRY_MODIFY ");
  }

  static List<WatchEvent.Modifier> ways() {
    return List.of(
        INotifyModifiers.FILE,
        INotifyModifiers.RESCAN,
        INotifyModifiers.poll(Duration.ofMillis(10)));
  }

  private WatchKey register(WatchEvent.Modifier also) throws IOException {
    return service.register(root.resolve("above/name"), KINDS, INotifyModifiers.FILE, also);
  }

  private void link(String link, String to) throws IOException {
    Path unused = Files.createSymbolicLink(root.resolve(link), Path.of(to));
  }

  /** Also when it has been polled since, if it is, and when all that was told is certain. */
  private void isToldOnce(WatchKey key, String event) throws Exception {
    Told.isTold(key, event);
    long rounds = service.statistics().pollRounds();
    boolean isPolled = ((Key) key).requested().polling() != null;
    await().until(() -> !isPolled || service.statistics().pollRounds() >= rounds + 2);
    assertThat(told(key)).isEmpty();
  }

  @Test
  void event_saysThatItIsADirectory() throws Exception {
    mkdirs("aside/name");
    WatchKey key = register(INotifyModifiers.FILE);
    move("aside", "above");
    Pending.sync(service);
    move("above", "aside");
    Pending.sync(service);
    assertThat(key.pollEvents())
        .extracting(event -> ((INotifyWatchEvent<?>) event).isDirectory())
        .containsExactly(true, true);
  }
}
