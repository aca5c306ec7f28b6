package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events are lost while the directory that is watched is away from its path, and it comes back. */
final class RootAwayTest extends WholeTreeTest {

  private static final LibC REAL = SystemLibC.get();
  private static final WatchEvent.Kind<?>[] CREATIONS = {ENTRY_CREATE};
  private static final WatchEvent.Kind<?>[] CREATIONS_AND_UNWATCHED = {
    ENTRY_CREATE, INotifyEventKinds.UNWATCHED
  };
  private static final int QUEUE = 64;

  /** How often a directory was read in a worker. */
  private final AtomicInteger reads = new AtomicInteger();

  /** How often a worker looked at a path for the directory, each time as good as a second later. */
  private final AtomicInteger tries = new AtomicInteger();

  private final AtomicLong lastTry = new AtomicLong(System.nanoTime());

  private volatile Thread test = Thread.currentThread();

  @Override
  Hub openHub() throws IOException {
    test = Thread.currentThread();
    LibC libC =
        Intercepted.by(
            (method, arguments) -> {
              if (Thread.currentThread() != test) {
                switch (method.getName()) {
                  case "getdents64" -> reads.incrementAndGet();
                  case "open" -> tried(Intercepted.text(arguments[0]));
                  default -> {}
                }
              }
              return Intercepted.pass(REAL, method, arguments);
            });
    return SmallQueue.of(
        QUEUE, () -> Hubs.open(libC, ScriptedINotify.openForHub(libC), Hubs.CAPACITY));
  }

  private void tried(String path) {
    long last = lastTry.get();
    long now = System.nanoTime();
    if (path.startsWith(root.toString())
        && now - last > MILLISECONDS.toNanos(900)
        && lastTry.compareAndSet(last, now)) {
      tries.incrementAndGet();
    }
  }

  /** Fills the kernel's queue faster than it is read, until an overflow was counted. */
  private void loseEvents(Path directory) throws IOException {
    long before = service.statistics().queueOverflows();
    Path from = Files.createFile(directory.resolve("noise"));
    while (service.statistics().queueOverflows() == before) {
      for (int i = 0; i < QUEUE; i++) {
        move(from, directory.resolve("noise2"));
        move(directory.resolve("noise2"), from);
      }
    }
    Files.delete(from);
    Files.createFile(directory.resolve("lost"));
  }

  private static Duration seconds(int count) {
    return Duration.ofSeconds(count);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rootThatComesBack_isLookedAt_andNothingElseAtItsPath(boolean isWhole) throws Exception {
    WatchKey key = service.register(root, CREATIONS, RESCAN, isWhole ? RECURSIVE : RESCAN);
    Path away = outside.resolve("away");
    move(root, away);
    Files.createDirectory(root);
    Files.createDirectory(root.resolve("theirs"));
    loseEvents(away);
    reads.set(0);
    // There is no way to look at it, and what is at its path is not it: nothing is made up.
    awaitTries();
    assertThat(service.sync(Duration.ZERO)).isFalse();
    assertThat(reads).hasValue(0);
    move(root, outside.resolve("other"));
    move(away, root);
    assertThat(service.sync(seconds(60))).isTrue();
    assertThat(Told.by(key)).contains("ENTRY_CREATE lost").doesNotContain("ENTRY_CREATE theirs");
  }

  /** It is tried again, each second: were it ever more rarely, the next time would be far away. */
  private void awaitTries() {
    int before = tries.get();
    await().until(() -> tries.get() >= before + 3);
  }

  /** Of what moves above it no record tells. */
  @Test
  void whatCameWhileADirectoryAboveWasAway_isWatchedSoonAfterItIsBack() throws Exception {
    WatchKey key = service.register(mkdirs("above/tree"), CREATIONS_AND_UNWATCHED, RECURSIVE);
    Path away = outside.resolve("away");
    move(root.resolve("above"), away);
    Files.createDirectories(away.resolve("tree/new/below"));
    assertThat(service.take()).isSameAs(key);
    assertThat(service.sync(seconds(60))).isTrue();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE new", "UNWATCHED new");
    assertThat(key.reset()).isTrue();
    awaitTries();
    assertThat(service.poll()).isNull();
    move(away, root.resolve("above"));
    assertThat(service.poll(5, SECONDS)).isSameAs(key);
    assertThat(service.sync(seconds(60))).isTrue();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE new/below");
    touch("above/tree/new/below/file");
    assertThat(service.sync(seconds(60))).isTrue();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE new/below/file");
  }

  @Test
  void whileADirectoryAboveIsAway_itIsToldOnceThatEventsAreLost() throws Exception {
    WatchKey key = service.register(mkdirs("above/tree"), CREATIONS, RECURSIVE);
    Path away = outside.resolve("away");
    move(root.resolve("above"), away);
    loseEvents(away.resolve("tree"));
    assertThat(service.sync(seconds(60))).isTrue();
    assertThat(service.take()).isSameAs(key);
    assertThat(Told.by(key)).last(as(STRING)).startsWith("OVERFLOW");
    assertThat(key.reset()).isTrue();
    awaitTries();
    assertThat(service.poll()).isNull();
    Files.createDirectories(away.resolve("tree/new"));
    move(away, root.resolve("above"));
    assertThat(service.poll(60, SECONDS)).isSameAs(key);
  }
}
