package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.Told.isTold;
import static org.inotify4j.watch.Told.isToldInAnyOrder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchKey;
import java.util.Objects;
import org.inotify4j.follow.Follower;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A silent file system is mounted in a tree after that was registered, and unmounted: it is polled
 * while it is there.
 */
final class MountedLaterTest extends SilentTreeTest {

  MountedLaterTest() {
    // A test does something more before the first round, mostly.
    super("0.15");
  }

  private static LeftOverPolling pollingOf(WatchKey key) {
    Follower follower = Objects.requireNonNull(((Key) key).follower());
    return (LeftOverPolling) follower.prelude();
  }

  /** The place is told anew; a round may have found before that what was in it is gone. */
  private static void isToldUnmounted(WatchKey key, String place) {
    assertThat(Told.until(key, "ENTRY_CREATE " + place))
        .filteredOn(told -> !told.startsWith("ENTRY_DELETE " + place + "/"))
        .containsExactly("ENTRY_DELETE " + place, "ENTRY_CREATE " + place);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMountedLater_isPolled(Kind kind) throws Exception {
    WatchKey key = register(kind);
    Bindfs server = mount(mounted);
    isTold(key, COMES_ANEW);
    // Before the first round, mostly.
    Files.writeString(source.resolve("f"), "other text", StandardOpenOption.WRITE);
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
    isToldUnmounted(key, "mounted");
    touch("mounted/local");
    isTold(key, "ENTRY_CREATE mounted/local");
  }

  @ParameterizedTest
  @EnumSource
  void whatGoesBeforeTheFirstRound_isTold(Kind kind) throws Exception {
    WatchKey key = register(kind);
    mount(mounted);
    isTold(key, COMES_ANEW);
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
      isToldUnmounted(key, "mounted");
      touch("mounted/local");
      isTold(key, "ENTRY_CREATE mounted/local");
      Files.delete(root.resolve("mounted/local"));
      isTold(key, "ENTRY_DELETE mounted/local");
      Files.delete(source.resolve("g"));
      first = mount(mounted);
      isTold(key, COMES_ANEW);
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
    isToldInAnyOrder(key, "ENTRY_DELETE mounted/f", "ENTRY_DELETE a/second/f");
    mounts.unmount(second);
    isToldUnmounted(key, "a/second");
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    isToldNothingMore(key);
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
    isToldInAnyOrder(key, "ENTRY_CREATE mounted/g", "ENTRY_CREATE second/g");
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
    isTold(key, COMES_ANEW);
    assertThat(pollingOf(key).isUnderWay()).isTrue();
    isToldNothingMore(key);
    mounts.unmount(server);
    isToldUnmounted(key, "mounted");
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
