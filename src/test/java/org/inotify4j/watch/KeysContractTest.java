package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract: which key it is, what it goes through, and its events. */
@ParameterizedClass
@MethodSource("org.inotify4j.watch.Implementation#all")
final class KeysContractTest extends WatchServiceContract {

  private static final WatchEvent.Kind<?>[] DELETION = {ENTRY_DELETE};
  private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  KeysContractTest(Implementation implementation) {
    super(implementation);
  }

  // Which key, and whose.

  @Test
  void watchable_isTheVeryObjectThatWasRegistered() throws Exception {
    Path path = Path.of(root.toString());
    assertThat(register(path, ENTRY_CREATE).watchable()).isSameAs(path);
  }

  @Test
  void sameDirectoryAgain_isTheSameKey_alsoThroughAnotherSpellingOrALink() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    mkdir("sub");
    Path link = Files.createSymbolicLink(file("link"), root);
    assertThat(register(root, ENTRY_CREATE)).isSameAs(key);
    assertThat(register(root.resolve("sub/.."), ENTRY_DELETE)).isSameAs(key);
    assertThat(register(link, ENTRY_MODIFY)).isSameAs(key);
    assertThat(key.watchable()).isSameAs(root);
  }

  @Test
  void sameDirectoryAgain_replacesTheEventSet() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    register(root, ENTRY_DELETE);
    touch("x");
    delete("x");
    assertThat(told(key)).containsExactly("ENTRY_DELETE x");
    register(root, ENTRY_CREATE, ENTRY_MODIFY);
    touch("y");
    append("y");
    delete("y");
    assertThat(told(key)).containsExactly("ENTRY_CREATE y", "ENTRY_MODIFY y");
  }

  @Test
  void sameDirectoryAgain_leavesPendingEvents() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    sync();
    register(root, ENTRY_DELETE);
    delete("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x");
  }

  @Test
  void sameDirectoryAgain_leavesEventsThatHappenedBefore() throws Exception {
    // Without waiting for the delivery: every event is of the set of its time.
    WatchKey key = register(root, ENTRY_CREATE);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      register(root, ENTRY_CREATE);
      touch("x" + i);
      register(root, ENTRY_DELETE);
      delete("x" + i);
      expected.add("ENTRY_CREATE x" + i);
      expected.add("ENTRY_DELETE x" + i);
    }
    assertThat(told(key)).isEqualTo(expected);
  }

  @Test
  void twoServices_haveAKeyEach_andEachHearsWhatItAskedFor() throws Exception {
    try (WatchService other = implementation.open()) {
      WatchKey key = register(root, ENTRY_CREATE);
      WatchKey others = implementation.register(other, root, DELETION);
      assertThat(others).isNotSameAs(key);
      touch("x");
      delete("x");
      assertThat(told(key)).containsExactly("ENTRY_CREATE x");
      sync(other);
      assertThat(Told.by(others)).containsExactly("ENTRY_DELETE x");
    }
  }

  @Test
  void sameDirectoryAgain_hearsNoEventOfTheNewSetThatHappenedBefore() throws Exception {
    // Another service keeps the kernel reporting all of them.
    try (WatchService other = implementation.open()) {
      implementation.register(other, root, ALL);
      List<String> expected = new ArrayList<>();
      WatchKey key = register(root, ENTRY_DELETE);
      for (int i = 0; i < 50; i++) {
        register(root, ENTRY_CREATE);
        touch("x" + i);
        delete("x" + i);
        register(root, ENTRY_DELETE);
        touch("y" + i);
        delete("y" + i);
        expected.add("ENTRY_CREATE x" + i);
        expected.add("ENTRY_DELETE y" + i);
      }
      assertThat(told(key)).isEqualTo(expected);
    }
  }

  // From ready to signalled and back.

  @Test
  void event_queuesTheKeyOnce() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    sync();
    assertThat(service.poll()).isNull();
    touch("x");
    touch("y");
    sync();
    assertThat(service.poll()).isSameAs(key);
    assertThat(service.poll()).isNull();
    touch("z");
    sync();
    assertThat(service.poll()).isNull();
  }

  @Test
  void keys_areGivenOutInTheOrderTheyWereSignalled() throws Exception {
    WatchKey one = register(mkdir("one"), ENTRY_CREATE);
    WatchKey two = register(mkdir("two"), ENTRY_CREATE);
    touch("two/x");
    touch("one/x");
    touch("two/y");
    sync();
    assertThat(service.poll()).isSameAs(two);
    assertThat(service.poll()).isSameAs(one);
    assertThat(service.poll()).isNull();
  }

  @Test
  void reset_withEventsPending_queuesAgain() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    taken();
    assertThat(key.reset()).isTrue();
    assertThat(service.poll()).isSameAs(key);
  }

  @Test
  void reset_withNothingPending_makesReady() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    taken().pollEvents();
    assertThat(key.reset()).isTrue();
    assertThat(service.poll()).isNull();
    touch("y");
    sync();
    assertThat(service.poll()).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE y");
  }

  @Test
  void reset_ofAReadyKey_changesNothing_andReturnsItsValidity() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    assertThat(key.reset()).isTrue();
    assertThat(key.reset()).isTrue();
    assertThat(service.poll()).isNull();
    touch("x");
    assertThat(taken()).isSameAs(key);
    key.cancel();
    assertThat(key.reset()).isFalse();
  }

  @Test
  void repeatedReset_inTheJdkQueuesTwice() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    taken();
    key.reset();
    key.reset();
    assertThat(service.poll()).isSameAs(key);
    if (isJdk()) {
      assertThat(service.poll()).isSameAs(key);
    }
    assertThat(service.poll()).isNull();
  }

  // Polling events.

  @Test
  void pollEvents_takesAllInOrder_andMayBeCalledInAnyState() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE, ENTRY_DELETE);
    assertThat(key.pollEvents()).as("ready").isEmpty();
    touch("b");
    touch("a");
    delete("b");
    assertThat(told(key))
        .as("queued")
        .containsExactly("ENTRY_CREATE b", "ENTRY_CREATE a", "ENTRY_DELETE b");
    assertThat(key.pollEvents()).as("nothing is left").isEmpty();
    assertThat(taken()).isSameAs(key);
    touch("c");
    assertThat(told(key)).as("taken").containsExactly("ENTRY_CREATE c");
    touch("d");
    sync();
    key.cancel();
    assertThat(Told.by(key)).as("invalid").containsExactly("ENTRY_CREATE d");
  }

  @Test
  void keyWhoseEventsWerePolledWhileQueued_isStillGivenOut() throws Exception {
    WatchKey key = register(root, ENTRY_CREATE);
    touch("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
    assertThat(service.poll()).isSameAs(key);
    assertThat(key.pollEvents()).isEmpty();
  }
}
