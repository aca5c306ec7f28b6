package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.FILE;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.ONESHOT;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.inotify4j.poll.PollSettings;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A key that is told first what is there. */
final class InitialTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  /** {@code -Dinotify4j.initial.entries=1000000} takes a million. */
  private static final int ENTRIES = Integer.getInteger("inotify4j.initial.entries", 20_000);

  private WatchKey registerWith(Path path, WatchEvent.Modifier... modifiers) throws Exception {
    return service.register(path, KINDS, modifiers);
  }

  @Test
  void tree_isListedParentsFirst_thenReady_thenWhatHappens() throws Exception {
    mkdirs("a/b");
    touch("a/b/f");
    touch("g");
    WatchKey key = registerWith(root, RECURSIVE, INITIAL);
    List<String> listed = told(key);
    assertThat(listed)
        .containsExactlyInAnyOrder("EXISTS a", "EXISTS a/b", "EXISTS a/b/f", "EXISTS g", "READY ")
        .endsWith("READY ")
        .containsSubsequence("EXISTS a", "EXISTS a/b", "EXISTS a/b/f");
    touch("a/b/h");
    Files.delete(root.resolve("g"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/b/h", "ENTRY_DELETE g");
  }

  @Test
  void directory_isListedWithoutWhatIsBelow() throws Exception {
    mkdirs("a/b");
    touch("g");
    WatchKey key = registerWith(root, INITIAL);
    assertThat(told(key)).containsExactlyInAnyOrder("EXISTS a", "EXISTS g", "READY ");
    touch("a/unheard");
    mkdirs("c/d");
    touch("h");
    move("h", "i");
    assertThat(told(key))
        .containsExactly("ENTRY_CREATE c", "ENTRY_CREATE h", "ENTRY_DELETE h", "ENTRY_CREATE i");
    assertThat(hub.watchCount()).isEqualTo(1);
  }

  @Test
  void events_sayThatTheyWereFound_andWhatIsADirectory() throws Exception {
    mkdirs("a");
    WatchKey key = registerWith(root, INITIAL, RECURSIVE);
    Pending.sync(service);
    List<INotifyWatchEvent<?>> events = new ArrayList<>();
    key.pollEvents().forEach(event -> events.add((INotifyWatchEvent<?>) event));
    assertThat(events).extracting(INotifyWatchEvent::isSynthetic).containsExactly(true, true);
    assertThat(events).extracting(INotifyWatchEvent::isDirectory).containsExactly(true, false);
    assertThat(events).extracting(INotifyWatchEvent::mask).containsExactly(0x40000000, 0);
    assertThat(events.get(1).kind()).isEqualTo(INotifyEventKinds.READY);
    assertThat(events.get(1).context()).isEqualTo(Path.of(""));
  }

  @Test
  void whatIsExcluded_isNotListed() throws Exception {
    mkdirs("target/classes");
    touch("f.tmp");
    touch("f");
    WatchKey key =
        registerWith(
            root,
            RECURSIVE,
            INITIAL,
            INotifyModifiers.exclude("target/"),
            INotifyModifiers.exclude("*.tmp"));
    assertThat(told(key)).containsExactly("EXISTS f", "READY ");
  }

  @Test
  void file_existsOrNot() throws Exception {
    touch("f");
    WatchKey there = registerWith(root.resolve("f"), FILE, INITIAL);
    WatchKey missing = registerWith(root.resolve("g"), FILE, INITIAL);
    assertThat(told(there)).containsExactly("EXISTS ", "READY ");
    assertThat(Told.by(missing)).containsExactly("READY ");
    touch("g");
    Files.delete(root.resolve("f"));
    assertThat(told(missing)).contains("ENTRY_CREATE ");
    assertThat(Told.by(there)).containsExactly("ENTRY_DELETE ");
  }

  @Test
  void registeredAgain_isListedAgain() throws Exception {
    touch("f");
    WatchKey key = registerWith(root, RECURSIVE, INITIAL);
    assertThat(told(key)).containsExactly("EXISTS f", "READY ");
    assertThat(registerWith(root, RECURSIVE, INITIAL)).isSameAs(key);
    assertThat(told(key)).containsExactly("EXISTS f", "READY ");
    assertThat(registerWith(root, RECURSIVE)).isSameAs(key);
    assertThat(told(key)).isEmpty();
  }

  @Test
  void listing_waitsForTheConsumer_andNeverOverflows() throws Exception {
    int bound = 1000;
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < ENTRIES; i++) {
      touch("f" + i);
      expected.add("EXISTS f" + i);
    }
    Set<String> existing = new TreeSet<>();
    Set<String> created = new TreeSet<>();
    try (INotifyWatchService small = Bound.of(bound, hub)) {
      WatchKey key = small.register(root, KINDS, RECURSIVE, INITIAL);
      boolean isReady = false;
      while (!isReady) {
        assertThat(small.poll(30, java.util.concurrent.TimeUnit.SECONDS)).isSameAs(key);
        List<String> part = Told.by(key);
        // With an overflow of what came later.
        assertThat(part).hasSizeLessThanOrEqualTo(bound + 1);
        if (existing.isEmpty()) {
          // Behind the listing, or in it.
          touch("meanwhile");
        }
        for (String event : part) {
          if (event.equals("READY ")) {
            isReady = true;
          } else {
            assertThat((isReady ? created : existing).add(event)).as(event).isTrue();
          }
        }
        key.reset();
      }
      assertThat(small.sync(Duration.ofSeconds(30))).isTrue();
      created.addAll(Told.by(key));
    }
    assertThat(existing).containsExactlyInAnyOrderElementsOf(expected);
    // It may come when as much of the listing is pending as may be.
    assertThat(created).containsAnyOf("ENTRY_CREATE meanwhile", "OVERFLOW").hasSize(1);
  }

  /** What comes behind the listing is known by its coming, whether that is asked for or not. */
  @ParameterizedTest
  @MethodSource("whatTellsFirst")
  void listingThatWaits_passesOverNothingThatComesBehindIt(List<WatchEvent.Modifier> ways)
      throws Exception {
    int bound = 10;
    TreeSnapshot before = TreeSnapshot.take(root);
    for (int i = 0; i < 3 * bound; i++) {
      touch("f" + i);
    }
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    try (INotifyWatchService small = Bound.of(bound, hub)) {
      WatchEvent.Modifier[] modifiers =
          Stream.concat(
                  ways.stream(),
                  ways.contains(INITIAL) ? Stream.of() : Stream.of(INotifyModifiers.since(before)))
              .toArray(WatchEvent.Modifier[]::new);
      WatchKey key =
          small.register(
              root,
              new WatchEvent.Kind<?>[] {INotifyEventKinds.CLOSE_WRITE, ENTRY_DELETE},
              modifiers);
      await().until(() -> small.statistics().pendingEvents() == bound);
      Files.writeString(root.resolve("new"), "new");
      Files.delete(root.resolve("f1"));
      Files.writeString(root.resolve("f1"), "again");
      Files.delete(root.resolve("f1"));
      List<String> told = Told.until(key, "READY ");
      while (!small.sync(Duration.ofMillis(10))) {
        told.addAll(Told.by(key));
      }
      told.addAll(Told.by(key));
      assertThat(told.subList(told.indexOf("READY ") + 1, told.size()))
          .containsExactly(
              "CLOSE_WRITE new", "ENTRY_DELETE f1", "CLOSE_WRITE f1", "ENTRY_DELETE f1");
    } finally {
      System.clearProperty(PollSettings.MODE_PROPERTY);
    }
  }

  static List<List<WatchEvent.Modifier>> whatTellsFirst() {
    return List.of(List.of(INITIAL), List.of(INITIAL, RECURSIVE), List.of(), List.of(RECURSIVE));
  }

  @Test
  void kindsOfTheListing_needIt_andItExcludesOthers() {
    WatchEvent.Kind<?>[] existing = {INotifyEventKinds.EXISTS};
    assertThatThrownBy(() -> service.register(root, existing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("INITIAL");
    assertThatThrownBy(() -> registerWith(root, INITIAL, ONESHOT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ONESHOT");
    assertThat(service.watchCount()).isZero();
  }

  @Test
  void onlyTheListing_canBeAskedFor() throws Exception {
    touch("f");
    WatchEvent.Kind<?>[] existing = {INotifyEventKinds.EXISTS, INotifyEventKinds.READY};
    WatchKey key = service.register(root, existing, INITIAL);
    touch("g");
    assertThat(told(key)).contains("EXISTS f", "READY ").doesNotContain("ENTRY_CREATE g");
  }
}
