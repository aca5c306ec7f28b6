package org.inotify4j.watch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In which round it is told what is done beneath a mount, where inotify is silent, and that a round
 * which has no end holds up nothing else. A round is held where it opens a directory to read it, so
 * that it is certain which ones began before a change, and which after it; no clock is asked. The
 * kernel keeps nothing of what the server said before: no round can know what that holds back.
 */
final class PolledRoundsTest extends SilentMountTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final String ROOT = ".";

  @RegisterExtension private final PollInterval interval = new PollInterval("0.05");

  PolledRoundsTest() {
    super("tree/mounted", "inner/", "deleted", "written", "moved");
  }

  @Override
  Bindfs mountSource() throws IOException {
    return mounts.mountWithoutCache(source, mounted);
  }

  private long rounds() {
    return service.statistics().pollRounds();
  }

  /** Nothing is uncertain any more, so that the rounds are about what is done from here on. */
  private void awaitQuiet(WatchKey key) {
    Pending.awaitRounds(service, 2);
    assertThat(Told.by(key)).isEmpty();
  }

  /** Holds the next round that reads a directory of this name, before it does. */
  private Gate holdRound(String name) throws InterruptedException {
    Gate round = kernel.holdOpening(name);
    round.awaitReached();
    return round;
  }

  /** Lets a round go on, and holds the next one: what the former has found is told by then. */
  private Gate nextRound(Gate round) throws InterruptedException {
    Gate next = kernel.holdOpening(ROOT);
    round.open();
    next.awaitReached();
    return next;
  }

  private void changeBeneath() throws IOException {
    Files.createFile(source.resolve("created"));
    Files.delete(source.resolve("deleted"));
    Files.writeString(source.resolve("written"), "text");
    Files.move(source.resolve("moved"), source.resolve("to"), ATOMIC_MOVE);
    Files.createDirectories(source.resolve("new/below"));
  }

  /** The mount itself, or a tree that leads into it. */
  @ParameterizedTest
  @ValueSource(strings = {"", "mounted/"})
  void whatIsDoneBehindTheBackOfARound_isToldByTheNextOne(String at) throws Exception {
    Path root = at.isEmpty() ? mounted : scratch.resolve("tree");
    WatchKey key = service.register(root, KINDS, RECURSIVE);
    awaitQuiet(key);
    Gate first = holdRound("inner");
    long before = rounds();
    // The round has read where this is done.
    changeBeneath();
    Gate second = nextRound(first);
    assertThat(rounds()).isEqualTo(before + 1);
    assertThat(Told.by(key)).isEmpty();
    Gate third = nextRound(second);
    assertThat(rounds()).isEqualTo(before + 2);
    assertThat(Told.by(key))
        .containsExactlyInAnyOrder(
            "ENTRY_CREATE " + at + "created",
            "ENTRY_DELETE " + at + "deleted",
            "ENTRY_MODIFY " + at + "written",
            "ENTRY_DELETE " + at + "moved",
            "ENTRY_CREATE " + at + "to",
            "ENTRY_CREATE " + at + "new",
            "ENTRY_CREATE " + at + "new/below");
    third.open();
  }

  @Test
  void directory_isToldByTheRoundThatBeginsAfterTheChange() throws Exception {
    WatchEvent.Modifier often = INotifyModifiers.poll(Duration.ofMillis(50));
    WatchKey key = service.register(mounted, KINDS, often);
    awaitQuiet(key);
    Gate round = holdRound(ROOT);
    long before = rounds();
    changeBeneath();
    Gate next = nextRound(round);
    assertThat(rounds()).isEqualTo(before + 1);
    assertThat(Told.by(key))
        .containsExactlyInAnyOrder(
            "ENTRY_CREATE created",
            "ENTRY_DELETE deleted",
            "ENTRY_MODIFY written",
            "ENTRY_DELETE moved",
            "ENTRY_CREATE to",
            "ENTRY_CREATE new");
    next.open();
  }

  /** A round is under way that ends no sooner than its server goes on. */
  private void stopAmidARound() throws Exception {
    Gate round = holdRound(ROOT);
    server.stop();
    round.open();
  }

  @Test
  void serverThatDoesNotAnswer_holdsUpItsOwnRoundsOnly() throws Exception {
    Path other = Files.createDirectory(scratch.resolve("other"));
    WatchKey others = service.register(other, KINDS, RECURSIVE);
    WatchKey key = service.register(mounted, KINDS, RECURSIVE);
    stopAmidARound();
    long before = rounds();
    Files.createFile(source.resolve("late"));
    Files.createFile(other.resolve("f"));
    Told.isTold(others, "ENTRY_CREATE f");
    assertThat(rounds()).isEqualTo(before);
    server.goOn();
    Told.isTold(key, "ENTRY_CREATE late");
    stopAmidARound();
    long then = rounds();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread.submit(service::close).get(5, SECONDS);
    } finally {
      thread.shutdown();
    }
    assertThat(rounds()).isEqualTo(then);
    assertThat(Arrays.asList(key.isValid(), others.isValid())).containsOnly(false);
  }
}
