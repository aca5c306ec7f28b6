package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.Told.isTold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.Objects;
import org.inotify4j.follow.Follower;
import org.inotify4j.follow.Prelude;
import org.inotify4j.libc.Errno;
import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tree that is heard of in full when it is registered, and not later: then it is polled. */
final class PolledLaterTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE};

  @RegisterExtension private final PollInterval interval = new PollInterval("0.1");
  @RegisterExtension private final SilentMounts mounts = new SilentMounts();

  private WatchKey register(WatchEvent.Modifier also) throws IOException {
    WatchKey key = service.register(root, KINDS, RECURSIVE, also);
    if (also.equals(INITIAL)) {
      Told.until(key, "READY ");
    }
    return key;
  }

  /** A limit leaves over a directory that came later, and a file in it was found nevertheless. */
  private WatchKey registerWhereAFileIsLeftOver(WatchEvent.Modifier also) throws Exception {
    WatchKey key = register(also);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    isTold(key, "ENTRY_CREATE left");
    touch("left/f");
    isTold(key, "ENTRY_CREATE left/f");
    return key;
  }

  @Test
  void registering_looksOnceWhatIsSilent() throws Exception {
    int fewest = Integer.MAX_VALUE;
    // Whatever somebody mounts meanwhile is a reason to look once more.
    for (int tries = 0; tries < 3; tries++) {
      PickyKernel counting = new PickyKernel();
      PickyKernel.Refusal looks = counting.refuse("fstatfs", any -> true, 0).times(0);
      try (INotifyWatchService other = INotifyWatchService.open(counting.openHub())) {
        assertThat(other.register(root, KINDS, RECURSIVE, RESCAN).isValid()).isTrue();
        fewest = Math.min(fewest, looks.calls());
      }
    }
    assertThat(fewest).isEqualTo(1);
  }

  /**
   * A tree of which all is kept that was told, one of which nothing is but what is polled, and one
   * of which all is at first.
   */
  static List<WatchEvent.Modifier> kindsOfTrees() {
    return List.of(RESCAN, RECURSIVE, INITIAL);
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatALimitLeavesOver_isPolled_untilThereIsRoom(WatchEvent.Modifier also) throws Exception {
    WatchKey key = registerWhereAFileIsLeftOver(also);
    touch("left/g");
    isTold(key, "ENTRY_CREATE left/g");
    kernel.allow("left");
    // It is tried again in time.
    await().until(() -> EventModel.watchedInodes(hub).equals(EventModel.inodes(root)));
    Files.delete(root.resolve("left/f"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE left/f");
    mkdirs("left/d");
    touch("left/d/f");
    touch("left/f");
    // A last round may find them first, in the order in which the directory has them.
    assertThat(told(key))
        .containsExactlyInAnyOrder(
            "ENTRY_CREATE left/d", "ENTRY_CREATE left/d/f", "ENTRY_CREATE left/f")
        .containsSubsequence("ENTRY_CREATE left/d", "ENTRY_CREATE left/d/f");
  }

  private static LeftOverPolling pollingOf(WatchKey key) {
    Follower follower = Objects.requireNonNull(((Key) key).follower());
    return (LeftOverPolling) follower.prelude();
  }

  @Test
  void plainTree_hasARecovery_onlyWhileSomethingIsLeftOver() throws Exception {
    mkdirs("a/b");
    WatchKey key = service.register(root, KINDS, RECURSIVE);
    mkdirs("c");
    touch("a/b/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE c", "ENTRY_CREATE a/b/f");
    assertThat(pollingOf(key).isUnderWay()).isFalse();
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    touch("left/f");
    isTold(key, "ENTRY_CREATE left", "ENTRY_CREATE left/f");
    assertThat(pollingOf(key).isUnderWay()).isTrue();
    kernel.allow("left");
    await().until(() -> !pollingOf(key).isUnderWay());
    assertWatchesAreTheDirectories();
    long rounds = service.statistics().pollRounds();
    Files.delete(root.resolve("left/f"));
    touch("left/g");
    assertThat(told(key)).containsExactly("ENTRY_DELETE left/f", "ENTRY_CREATE left/g");
    assertThat(service.statistics().pollRounds()).isEqualTo(rounds);
  }

  @Test
  void whatIsLeftOver_isToldInTheNextRound_asSynthetic() throws Exception {
    WatchKey key = service.register(root, KINDS, RECURSIVE);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    await().until(() -> service.statistics().pollRounds() > 1);
    isTold(key, "ENTRY_CREATE left");
    touch("left/f");
    Pending.awaitRounds(service, 2);
    Pending.sync(service);
    assertThat(key.pollEvents())
        .singleElement()
        .asInstanceOf(type(INotifyWatchEvent.class))
        .satisfies(event -> assertThat(event.context()).hasToString("left/f"))
        .satisfies(event -> assertThat(event.isSynthetic()).isTrue());
  }

  @Test
  void whereNothingIsToBePolled_itIsNot() throws Exception {
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    try (INotifyWatchService never = INotifyWatchService.open(kernel.openHub())) {
      WatchKey key = never.register(root, KINDS, RECURSIVE);
      kernel.refuseToWatch("left", Errno.ENOSPC);
      mkdirs("left");
      Pending.sync(never);
      assertThat(Told.by(key)).containsExactly("ENTRY_CREATE left");
      assertThat(((Key) key).follower()).extracting(Follower::prelude).isSameAs(Prelude.NONE);
    } finally {
      System.clearProperty(PollSettings.MODE_PROPERTY);
    }
  }

  /** Its end is noted as well: else what comes there anew were taken for what is known. */
  @Test
  void whoHearsOfCreationsOnly_hearsOfEachOne() throws Exception {
    WatchKey key = service.register(root, new WatchEvent.Kind<?>[] {ENTRY_CREATE}, RECURSIVE);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    touch("left/f");
    isTold(key, "ENTRY_CREATE left", "ENTRY_CREATE left/f");
    // A look at it finds the same, whenever that is.
    Path other = Files.createLink(outside.resolve("f"), root.resolve("left/f"));
    try (Gate gate = kernel.holdReads()) {
      kernel.allow("left");
      await().until(() -> EventModel.watchedInodes(hub).equals(EventModel.inodes(root)));
      Files.delete(root.resolve("left/f"));
      Files.createLink(root.resolve("left/f"), other);
      gate.open();
    }
    assertThat(told(key)).containsExactly("ENTRY_CREATE left/f");
  }

  @Test
  void whatIsKnownOfWhatIsLeftOver_isKept_whenRecordsAreLost() throws Exception {
    WatchKey key = service.register(root, KINDS, RECURSIVE);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    touch("left/f");
    touch("left/g");
    isTold(key, "ENTRY_CREATE left", "ENTRY_CREATE left/f", "ENTRY_CREATE left/g");
    Objects.requireNonNull(((Key) key).follower()).overflow();
    // What is told before it is dropped for it: the program looks for itself then.
    isTold(key, "OVERFLOW");
    Files.delete(root.resolve("left/f"));
    isTold(key, "ENTRY_DELETE left/f");
  }

  @Test
  void whatIsPolled_keepsWhatIsKnown_whenADirectoryAboveMoves() throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME};
    WatchKey key = service.register(root, kinds, RECURSIVE);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("a/left/d");
    touch("a/left/d/f");
    isTold(
        key,
        "ENTRY_CREATE a",
        "ENTRY_CREATE a/left",
        "ENTRY_CREATE a/left/d",
        "ENTRY_CREATE a/left/d/f");
    Files.move(root.resolve("a"), root.resolve("b"));
    isTold(key, "RENAME a -> b");
    touch("b/left/g");
    isTold(key, "ENTRY_CREATE b/left/g");
    Files.delete(root.resolve("b/left/d/f"));
    isTold(key, "ENTRY_DELETE b/left/d/f");
  }

  /** What the model finds once more is in its place, with all in it, and was not left out. */
  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatIsWatchedBelowWhatIsLeftOver_isNotToldAnew(WatchEvent.Modifier also) throws Exception {
    WatchKey key = register(also);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left/left/a");
    touch("left/left/a/f");
    isTold(
        key,
        "ENTRY_CREATE left",
        "ENTRY_CREATE left/left",
        "ENTRY_CREATE left/left/a",
        "ENTRY_CREATE left/left/a/f");
    kernel.allow("left");
    await().until(() -> EventModel.watchedInodes(hub).equals(EventModel.inodes(root)));
    touch("left/left/a/g");
    isTold(key, "ENTRY_CREATE left/left/a/g");
    long rounds = service.statistics().pollRounds();
    assertThat(rounds).isPositive();
    touch("left/left/h");
    assertThat(told(key)).containsExactly("ENTRY_CREATE left/left/h");
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatWasDoneBetweenTheLastRoundAndTheWatch_isTold(WatchEvent.Modifier also) throws Exception {
    WatchKey key = registerWhereAFileIsLeftOver(also);
    try (Gate gate = kernel.holdPlacing("left")) {
      gate.awaitReached();
      touch("left/g");
      Files.delete(root.resolve("left/f"));
      kernel.allow("left");
    }
    isTold(key, "ENTRY_CREATE left/g", "ENTRY_DELETE left/f");
  }

  @Test
  void whatWasDoneBeforeATreeIsRegisteredAgain_isTold() throws Exception {
    WatchKey key = registerWhereAFileIsLeftOver(RECURSIVE);
    touch("left/g");
    kernel.allow("left");
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME};
    assertThat(service.register(root, kinds, RECURSIVE)).isSameAs(key);
    isTold(key, "ENTRY_CREATE left/g");
    await().until(() -> !pollingOf(key).isUnderWay());
    assertThat(told(key)).isEmpty();
  }

  @Test
  void whatIsKnownOfASilentPlace_isKept_whenItsTreeIsRegisteredAgain() throws Exception {
    Path source = Files.createDirectory(outside.resolve("source"));
    Files.createFile(source.resolve("f"));
    mounts.mount(source, mkdirs("mounted"));
    WatchKey key = service.register(root, KINDS, RECURSIVE);
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    // Another part is left over beside it.
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    touch("left/f");
    isTold(key, "ENTRY_CREATE left", "ENTRY_CREATE left/f");
    kernel.allow("left");
    await().until(() -> EventModel.watchedInodes(hub).equals(EventModel.inodes(root)));
    Files.delete(source.resolve("f"));
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME};
    assertThat(service.register(root, kinds, RECURSIVE)).isSameAs(key);
    isTold(key, "ENTRY_DELETE mounted/f");
    // All that is kept is what is silent, but for one who is told all: that begins anew.
    touch("heard");
    isTold(key, "ENTRY_CREATE heard");
    assertThat(service.register(root, kinds, RECURSIVE, RESCAN)).isSameAs(key);
    Files.delete(source.resolve("g"));
    isTold(key, "ENTRY_DELETE mounted/g");
  }

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void roundLooksOnlyWhereNothingIsHeard(WatchEvent.Modifier also) throws Exception {
    Path heard = mkdirs("heard");
    mkdirs("heard/below");
    WatchKey key = register(also);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    touch("left/f");
    isTold(key, "ENTRY_CREATE left", "ENTRY_CREATE left/f");
    try (INotifyWatchService other = INotifyWatchService.openDedicated()) {
      WatchKey opened = other.register(heard, INotifyEventKinds.OPEN);
      touch("left/g");
      isTold(key, "ENTRY_CREATE left/g");
      Files.delete(root.resolve("left/f"));
      isTold(key, "ENTRY_DELETE left/f");
      Pending.sync(other);
      assertThat(Told.by(opened)).isEmpty();
    }
  }
}
