package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.EXCLUDE_UNLINKED;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.INotifyModifiers.exclude;

import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A key is registered anew while what it is owed is being looked for: what the look sees of what
 * happens after that is told by who tells the key from there on.
 */
final class LookWhileRegisteredAnewTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] BOTH = {ENTRY_CREATE, ENTRY_DELETE};
  private static final WatchEvent.Modifier[] NONE = {};
  private static final int BOUND = 10;

  private INotifyWatchService small;
  private Gate gate;

  @BeforeEach
  void openSmall() {
    small = Bound.of(BOUND, hub);
    gate = new Gate();
  }

  @AfterEach
  void closeSmall() {
    gate.open();
    small.close();
  }

  /** A key that is owed something, for which the disk is about to be looked at. */
  private WatchKey registerAndLook() throws Exception {
    WatchKey key = small.register(root, BOTH, RECURSIVE, RESCAN);
    for (int i = 0; i < 2 * BOUND; i++) {
      touch("new" + i);
    }
    // What there is no room for waits for the program.
    await().until(() -> ((Key) key).extras().waitsForRoom);
    gate = kernel.holdListing("root");
    assertThat(Told.by(key)).hasSize(BOUND);
    key.reset();
    gate.awaitReached();
    return key;
  }

  /** The look is over: it, and what was told meanwhile, is an OVERFLOW, and nothing else. */
  private void assertOverflowOnly(WatchKey key) throws Exception {
    gate.open();
    Pending.sync(small);
    assertThat(Told.by(key)).singleElement().asString().startsWith("OVERFLOW");
    touch("last");
    assertThat(Told.by(key, small)).containsExactly("ENTRY_CREATE last");
  }

  @Test
  void whereAPlainWatchFollows_whatIsOwed_isAnOverflow() throws Exception {
    WatchKey key = registerAndLook();
    small.register(root, BOTH, NONE);
    touch("later");
    assertOverflowOnly(key);
  }

  @Test
  void whereATreeFollowsThatKeepsNothing_whatIsOwed_isAnOverflow() throws Exception {
    WatchKey key = registerAndLook();
    small.register(root, BOTH, RECURSIVE);
    touch("later");
    assertOverflowOnly(key);
  }

  /** Who looks is not the last one that told the key. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereOneComesBetween_itIsTheSame(boolean isTree) throws Exception {
    WatchKey key = registerAndLook();
    small.register(root, BOTH, RECURSIVE, RESCAN, exclude("x"));
    small.register(root, BOTH, isTree ? new WatchEvent.Modifier[] {RECURSIVE} : NONE);
    touch("later");
    assertOverflowOnly(key);
  }

  /** Nothing is lost then. */
  @Test
  void whereOneFollowsThatKnowsWhatWasTold_allIsTold() throws Exception {
    List<String> expected = new ArrayList<>();
    WatchKey key = registerAndLook();
    small.register(root, BOTH, RECURSIVE, RESCAN, EXCLUDE_UNLINKED);
    touch("later");
    Files.createFile(outside.resolve("f"));
    move(outside.resolve("f"), root.resolve("moved"));
    gate.open();
    for (int i = BOUND; i < 2 * BOUND; i++) {
      expected.add("ENTRY_CREATE new" + i);
    }
    expected.addAll(List.of("ENTRY_CREATE later", "ENTRY_CREATE moved"));
    List<String> told = new ArrayList<>();
    boolean isAll;
    do {
      isAll = small.sync(Duration.ofMillis(500));
      told.addAll(Told.by(key));
    } while (!isAll);
    assertThat(told).containsExactlyInAnyOrderElementsOf(expected);
  }
}
