package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A directory that does not answer, or ten of them, cost nobody but who watches them. */
class BlockedDirectoryTest extends WholeTreeTest {

  private static final int MANY = 10;

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Gate> gates = new ArrayList<>();

  @AfterEach
  void end() {
    gates.forEach(Gate::close);
    threads.shutdownNow();
  }

  @Test
  void directoriesThatCannotBeOpened() throws Exception {
    assertNobodyElseIsHeldUp(kernel::holdOpening, List.of());
  }

  @Test
  void directoriesThatCannotBeRead() throws Exception {
    assertNobodyElseIsHeldUp(kernel::holdListing, List.of());
  }

  @Test
  void directoriesThatCannotBeWatched() throws Exception {
    assertNobodyElseIsHeldUp(kernel::holdPlacing, List.of());
  }

  @Test
  void matchersThatDoNotReturn() throws Exception {
    List<WatchEvent.Modifier> modifiers = new ArrayList<>();
    assertNobodyElseIsHeldUp(
        name -> {
          Gate gate = new Gate();
          modifiers.add(
              INotifyModifiers.exclude(
                  path -> {
                    if (path.endsWith(name)) {
                      gate.pass();
                    }
                    return false;
                  }));
          return gate;
        },
        modifiers);
  }

  private void assertNobodyElseIsHeldUp(
      Function<String, Gate> hold, List<WatchEvent.Modifier> modifiers) throws Exception {
    Path other = Files.createDirectory(outside.resolve("other"));
    WatchKey others = service.register(other, CREATED, INotifyModifiers.RECURSIVE);
    List<WatchKey> blocked = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Path directory = mkdirs("blocked" + i);
      gates.add(hold.apply("held" + i));
      List<WatchEvent.Modifier> all = new ArrayList<>(modifiers);
      all.add(INotifyModifiers.RECURSIVE);
      blocked.add(service.register(directory, CREATED, all.toArray(WatchEvent.Modifier[]::new)));
      Files.createDirectory(directory.resolve("held" + i));
    }
    for (Gate gate : gates) {
      gate.awaitReached();
    }

    Files.createFile(other.resolve("x"));
    Told.until(others, "ENTRY_CREATE x");
    assertThat(service.sync(Duration.ofMillis(50))).isFalse();
    Path elsewhere = outside.resolve("elsewhere");
    Path below = Files.createDirectories(elsewhere.resolve("d"));
    Future<WatchKey> registering =
        threads.submit(() -> service.register(elsewhere, CREATED, INotifyModifiers.RECURSIVE));
    WatchKey another = registering.get(5, SECONDS);
    Files.createFile(below.resolve("y"));
    Told.until(another, "ENTRY_CREATE d/y");
    blocked.get(0).cancel();

    gates.get(1).open();
    Told.until(blocked.get(1), "ENTRY_CREATE held1");
    Future<?> closing = threads.submit(service::close);
    closing.get(5, SECONDS);
    gates.forEach(Gate::open);
    assertThat(blocked).noneMatch(WatchKey::isValid);
  }

  @Test
  void whereOneIsRegistered_othersOfTheServiceAreRegisteredMeanwhile() throws Exception {
    mkdirs("held");
    Gate gate = kernel.holdOpening("held");
    gates.add(gate);
    Future<WatchKey> held = threads.submit(() -> register(CREATED));
    gate.awaitReached();
    Path other = outside.resolve("other");
    Path below = Files.createDirectories(other.resolve("d"));
    Future<WatchKey> registering =
        threads.submit(() -> service.register(other, CREATED, INotifyModifiers.RECURSIVE));
    WatchKey key = registering.get(5, SECONDS);
    Path file = outside.resolve("file");
    Future<WatchKey> fileRegistering =
        threads.submit(() -> service.register(file, CREATED, INotifyModifiers.FILE));
    WatchKey fileKey = fileRegistering.get(5, SECONDS);
    Files.createFile(below.resolve("x"));
    Files.createFile(file);
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/x");
    assertThat(Told.by(fileKey)).hasSize(1);
    assertThat(held.isDone()).isFalse();
    gate.open();
    WatchKey late = held.get(5, SECONDS);
    touch("held/x");
    assertThat(told(late)).containsExactly("ENTRY_CREATE held/x");
  }

  @Test
  void severalWhoRegisterOneDirectoryAtOnce_getOneKey() throws Exception {
    mkdirs("d");
    Path file = outside.resolve("file");
    List<Future<WatchKey>> trees = new ArrayList<>();
    List<Future<WatchKey>> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      trees.add(threads.submit(() -> register(CREATED)));
      files.add(threads.submit(() -> service.register(file, CREATED, INotifyModifiers.FILE)));
    }
    WatchKey key = trees.get(0).get(5, SECONDS);
    for (Future<WatchKey> one : trees) {
      assertThat(one.get(5, SECONDS)).isSameAs(key);
    }
    WatchKey fileKey = files.get(0).get(5, SECONDS);
    for (Future<WatchKey> one : files) {
      assertThat(one.get(5, SECONDS)).isSameAs(fileKey);
    }
    touch("d/x");
    Files.createFile(file);
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/x");
    assertThat(Told.by(fileKey)).hasSize(1);
  }
}
