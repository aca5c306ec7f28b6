package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.Told.isTold;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.inotify4j.follow.Follower;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A silent file system is mounted in a tree after that was registered, and unmounted: it is polled
 * while it is there.
 */
final class MountedLaterTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  @RegisterExtension private final PollInterval interval = new PollInterval("0.3");
  @RegisterExtension private final SilentMounts mounts = new SilentMounts();

  private Path source;
  private Path mounted;

  /** What else is asked for of a tree. */
  enum Kind {
    PLAIN,
    WITH_INITIAL,
    WITH_SINCE,
    WITH_RESCAN
  }

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectory(outside.resolve("source"));
    Files.writeString(source.resolve("f"), "text");
    mounted = mkdirs("mounted");
  }

  @CanIgnoreReturnValue
  private Bindfs mount(Path at) throws IOException {
    return mounts.mountWithoutCache(source, at);
  }

  private WatchKey register(Kind kind) throws Exception {
    return register(kind, service);
  }

  private WatchKey register(Kind kind, INotifyWatchService by) throws Exception {
    WatchEvent.Modifier also =
        switch (kind) {
          case PLAIN -> RECURSIVE;
          case WITH_INITIAL -> INITIAL;
          case WITH_SINCE -> INotifyModifiers.since(TreeSnapshot.take(root));
          case WITH_RESCAN -> RESCAN;
        };
    WatchKey key = by.register(root, KINDS, RECURSIVE, also);
    if (kind == Kind.WITH_INITIAL || kind == Kind.WITH_SINCE) {
      await().until(() -> Told.by(key).contains("READY "));
    }
    return key;
  }

  /** Nothing is told in two rounds. */
  private void isToldNothingMore(WatchKey key) throws Exception {
    long rounds = service.statistics().pollRounds();
    await().until(() -> service.statistics().pollRounds() >= rounds + 2);
    assertThat(told(key)).isEmpty();
  }

  private static LeftOverPolling pollingOf(WatchKey key) {
    Follower follower = Objects.requireNonNull(((Key) key).follower());
    return (LeftOverPolling) follower.prelude();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMountedLater_isPolled(Kind kind) throws Exception {
    WatchKey key = register(kind);
    Bindfs server = mount(mounted);
    isTold(key, "ENTRY_DELETE mounted", "ENTRY_CREATE mounted", "ENTRY_CREATE mounted/f");
    // Before the first round, mostly.
    Files.writeString(source.resolve("f"), "other text");
    isTold(key, "ENTRY_MODIFY mounted/f");
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE mounted/f");
    touch("mounted/h");
    isTold(key, "ENTRY_CREATE mounted/h");
    isToldNothingMore(key);
    // A mount that is gone takes what was in it along.
    mounts.unmount(server);
    isTold(key, "ENTRY_DELETE mounted", "ENTRY_CREATE mounted");
    touch("mounted/local");
    isTold(key, "ENTRY_CREATE mounted/local");
  }

  @ParameterizedTest
  @EnumSource
  void whatGoesBeforeTheFirstRound_isTold(Kind kind) throws Exception {
    WatchKey key = register(kind);
    mount(mounted);
    isTold(key, "ENTRY_DELETE mounted", "ENTRY_CREATE mounted", "ENTRY_CREATE mounted/f");
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE mounted/f");
    isToldNothingMore(key);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMountedAgain_isPolled(Kind kind) throws Exception {
    Bindfs first = mount(mounted);
    WatchKey key = register(kind);
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    for (int times = 0; times < 2; times++) {
      mounts.unmount(first);
      isTold(key, "ENTRY_DELETE mounted", "ENTRY_CREATE mounted");
      touch("mounted/local");
      isTold(key, "ENTRY_CREATE mounted/local");
      Files.delete(root.resolve("mounted/local"));
      isTold(key, "ENTRY_DELETE mounted/local");
      Files.delete(source.resolve("g"));
      first = mount(mounted);
      isTold(key, "ENTRY_DELETE mounted", "ENTRY_CREATE mounted", "ENTRY_CREATE mounted/f");
      Files.createFile(source.resolve("g"));
      isTold(key, "ENTRY_CREATE mounted/g");
    }
    isToldNothingMore(key);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMountedBesideWhatIsPolled_isPolledToo(Kind kind) throws Exception {
    mkdirs("a/second");
    mount(mounted);
    WatchKey key = register(kind);
    Bindfs second = mount(root.resolve("a/second"));
    isTold(key, "ENTRY_DELETE a/second", "ENTRY_CREATE a/second", "ENTRY_CREATE a/second/f");
    Files.delete(source.resolve("f"));
    List<String> told = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              told.addAll(Told.by(key));
              assertThat(told)
                  .containsExactlyInAnyOrder("ENTRY_DELETE mounted/f", "ENTRY_DELETE a/second/f");
            });
    mounts.unmount(second);
    isTold(key, "ENTRY_DELETE a/second", "ENTRY_CREATE a/second");
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    isToldNothingMore(key);
  }

  @Test
  void whatIsMountedInADirectoryThatMoves_isPolledWhereThatIs() throws Exception {
    mkdirs("p/n");
    mount(root.resolve("p/n"));
    WatchKey key = register(Kind.PLAIN);
    move("p", "q");
    try {
      isTold(key, "ENTRY_DELETE p", "ENTRY_CREATE q", "ENTRY_CREATE q/n", "ENTRY_CREATE q/n/f");
      Files.createFile(source.resolve("g"));
      isTold(key, "ENTRY_CREATE q/n/g");
      isToldNothingMore(key);
    } finally {
      // Where it is unmounted.
      move("q", "p");
    }
  }

  @Test
  void whatIsMountedInADirectoryThatIsRenamed_isPolledWhereThatIs() throws Exception {
    mkdirs("p/n");
    mount(root.resolve("p/n"));
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME};
    WatchKey key = service.register(root, kinds, RECURSIVE);
    move("p", "q");
    try {
      isTold(key, "RENAME p -> q");
      Files.createFile(source.resolve("g"));
      isTold(key, "ENTRY_CREATE q/n/g");
      isToldNothingMore(key);
    } finally {
      // Where it is unmounted.
      move("q", "p");
    }
  }

  /** The rest of it, which is heard, is not looked at in each round because of that. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsMountedInADirectoryThatMoves_isPolledAlone_alsoWhereAllIsKept(boolean tellsRenames)
      throws Exception {
    mkdirs("heard");
    mkdirs("p/n");
    mount(root.resolve("p/n"));
    WatchEvent.Kind<?>[] kinds =
        tellsRenames
            ? new WatchEvent.Kind<?>[] {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME}
            : KINDS;
    WatchKey key = service.register(root, kinds, RECURSIVE, RESCAN);
    move("p", "q");
    try {
      assertThat(told(key)).contains(tellsRenames ? "RENAME p -> q" : "ENTRY_CREATE q/n/f");
      isToldNothingMore(key);
      try (Gate gate = kernel.holdListing("heard")) {
        Files.createFile(source.resolve("g"));
        isTold(key, "ENTRY_CREATE q/n/g");
        isToldNothingMore(key);
        assertThat(gate.isReached()).isFalse();
      }
    } finally {
      // Where it is unmounted.
      move("q", "p");
    }
  }

  /** A directory comes from outside with what is mounted in it, of which no mount tells. */
  @ParameterizedTest
  @EnumSource
  void whatIsMountedInADirectoryThatMovesIn_isPolled(Kind kind) throws Exception {
    WatchKey key = register(kind);
    Path directory = outside.resolve("d");
    mount(Files.createDirectories(directory.resolve("m")));
    Pending.sync(service);
    move(directory, root.resolve("d"));
    try {
      isTold(key, "ENTRY_CREATE d", "ENTRY_CREATE d/m", "ENTRY_CREATE d/m/f");
      Files.delete(source.resolve("f"));
      isTold(key, "ENTRY_DELETE d/m/f");
      Files.createFile(source.resolve("g"));
      isTold(key, "ENTRY_CREATE d/m/g");
      isToldNothingMore(key);
    } finally {
      // Where it is unmounted.
      move(root.resolve("d"), directory);
    }
  }

  /** Nothing there is gone, and to be found again it would have to be. */
  @Test
  void whatIsMountedInADirectoryThatMovesIn_isNotTold_toWhoHearsOfDeletionsOnly() throws Exception {
    WatchKey key = service.register(root, new WatchEvent.Kind<?>[] {ENTRY_DELETE}, RECURSIVE);
    Path directory = outside.resolve("d");
    mount(Files.createDirectories(directory.resolve("m")));
    Pending.sync(service);
    move(directory, root.resolve("d"));
    try {
      isToldNothingMore(key);
      Files.delete(source.resolve("f"));
      isTold(key, "ENTRY_DELETE d/m/f");
      isToldNothingMore(key);
    } finally {
      // Where it is unmounted.
      move(root.resolve("d"), directory);
    }
  }

  /** It is found in a directory that is new, and so no record of its own tells of it. */
  @ParameterizedTest
  @EnumSource
  void whatIsMountedInADirectoryThatMovesIntoANewOne_isPolled(Kind kind) throws Exception {
    WatchKey key = register(kind);
    Path directory = outside.resolve("d");
    mounts.mountWithoutCache(source, Files.createDirectories(directory.resolve("m")));
    Pending.sync(service);
    try (Gate gate = kernel.holdReads()) {
      mkdirs("new");
      move(directory, root.resolve("new/d"));
      gate.open();
      List<String> told = new ArrayList<>();
      await().until(() -> told.addAll(Told.by(key)) && told.contains("ENTRY_CREATE new/d/m/f"));
      Files.createFile(source.resolve("g"));
      await().until(() -> told.addAll(Told.by(key)) && told.contains("ENTRY_CREATE new/d/m/g"));
      isToldNothingMore(key);
    } finally {
      // Where it is unmounted.
      move(root.resolve("new/d"), directory);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatMovesInWhileEventsAreLost_isPolled(Kind kind) throws Exception {
    PickyKernel losing = new PickyKernel();
    try (INotifyWatchService other = INotifyWatchService.open(losing.openHub())) {
      WatchKey key = register(kind, other);
      Path directory = outside.resolve("d");
      mount(Files.createDirectories(directory.resolve("m")));
      Pending.sync(other);
      losing.loseEvents();
      move(directory, root.resolve("d"));
      await().until(() -> !losing.isLosing());
      Pending.sync(other);
      Files.createFile(source.resolve("g"));
      List<String> told = new ArrayList<>();
      await().until(() -> told.addAll(Told.by(key)) && told.contains("ENTRY_CREATE d/m/g"));
    } finally {
      // Where it is unmounted.
      move(root.resolve("d"), outside.resolve("d"));
    }
  }

  /** What is excluded is asked when the mounts were looked for, and are not listened for yet. */
  @Test
  void whatIsMountedAmidTheRegistration_isPolled() throws Exception {
    mount(mounted);
    Path second = mkdirs("second");
    PathMatcher mounting =
        path -> {
          if (path.endsWith("mounted") && mounts.count() == 1) {
            mountUnchecked(second);
          }
          return false;
        };
    WatchKey key = service.register(root, KINDS, RECURSIVE, INotifyModifiers.exclude(mounting));
    assertThat(mounts.count()).isEqualTo(2);
    Files.createFile(source.resolve("g"));
    List<String> told = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              told.addAll(Told.by(key));
              assertThat(told)
                  .containsExactlyInAnyOrder("ENTRY_CREATE mounted/g", "ENTRY_CREATE second/g");
            });
    isToldNothingMore(key);
  }

  private void mountUnchecked(Path at) {
    try {
      mount(at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void plainTree_hasARecovery_onlyWhileSomethingSilentIsMounted() throws Exception {
    WatchKey key = register(Kind.PLAIN);
    assertThat(pollingOf(key).isUnderWay()).isFalse();
    Bindfs server = mount(mounted);
    isTold(key, "ENTRY_DELETE mounted", "ENTRY_CREATE mounted", "ENTRY_CREATE mounted/f");
    assertThat(pollingOf(key).isUnderWay()).isTrue();
    isToldNothingMore(key);
    mounts.unmount(server);
    isTold(key, "ENTRY_DELETE mounted", "ENTRY_CREATE mounted");
    await().until(() -> !pollingOf(key).isUnderWay());
    long rounds = service.statistics().pollRounds();
    mount(Files.createDirectory(outside.resolve("elsewhere")));
    touch("mounted/local");
    assertThat(told(key)).containsExactly("ENTRY_CREATE mounted/local");
    assertThat(pollingOf(key).isUnderWay()).isFalse();
    assertThat(service.statistics().pollRounds()).isEqualTo(rounds);
  }

  @Test
  void whatIsLeftOut_isNotPolled() throws Exception {
    WatchKey key = service.register(root, KINDS, RECURSIVE, INotifyModifiers.exclude("mounted"));
    mount(mounted);
    Pending.sync(service);
    touch("heard");
    assertThat(told(key)).containsExactly("ENTRY_CREATE heard");
    assertThat(pollingOf(key).isUnderWay()).isFalse();
  }
}
