package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.FILE;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.Told.isTold;

import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.inotify4j.libc.Errno;
import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is to be polled of a tree, or what is mounted there, cannot be seen when that is asked for
 * first: it is asked again.
 */
@Timeout(60)
final class UnseenAtFirstTest extends SilentTreeTest {

  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatIsMounted_whenATreeIsRegistered_isAskedForAgain(WatchEvent.Modifier also)
      throws Exception {
    hearOfMounts();
    mountAndHear(mounted);
    refuseTable(Errno.EMFILE);
    WatchKey key = register(also);
    picky.allowAll();
    if (!also.equals(RESCAN)) {
      // What was done there meanwhile nobody could say.
      isTold(key, COMES_ANEW);
    }
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    isToldNothingMore(key);
  }

  /** The table of mounts cannot be opened, so nobody waits for it to change: that is made good. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatIsMountedLater_isFound_whereThatCouldNotBeHeardAtFirst(boolean isTree) throws Exception {
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    refuseTable(Errno.EMFILE);
    WatchKey key =
        isTree ? register(RECURSIVE) : service.register(mounted.resolve("f"), KINDS, FILE);
    assertThat(picky.refused()).isPositive();
    picky.allowAll();
    mount(mounted);
    isTold(key, isTree ? COMES_ANEW : new String[] {"ENTRY_CREATE "});
  }

  /** What is there then is where it begins, also for who hears of no creation. */
  @Test
  void whatIsMounted_whenATreeIsRegistered_isPolledForWhoHearsOfDeletionsOnly() throws Exception {
    hearOfMounts();
    mountAndHear(mounted);
    refuseTable(Errno.ENFILE);
    WatchKey key = register(RECURSIVE, new WatchEvent.Kind<?>[] {ENTRY_DELETE});
    picky.allowAll();
    isToldNothingMore(key);
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE mounted/f");
  }

  /** Of what is polled nothing could be kept when it was mounted. */
  @Test
  void whatCannotBeReadWhenItIsMounted_isPolledLater() throws Exception {
    WatchKey key = register(RECURSIVE);
    picky.refuse("getdents64", root.toString()::equals, Errno.EIO.number());
    mount(mounted);
    isTold(key, COMES_ANEW);
    await().until(() -> picky.refused() > 0);
    picky.allowAll();
    isTold(key, COMES_ANEW);
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE mounted/g");
    isToldNothingMore(key);
  }

  /** What costs something at worst: it is polled, as if it were known to be silent. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void rootOfWhichNothingIsSaid_isPolled(boolean isTree) throws Exception {
    mount(mounted);
    System.setProperty(PollSettings.MODE_PROPERTY, "auto");
    refuseTypes();
    WatchKey key =
        isTree ? service.register(mounted, KINDS, RECURSIVE) : service.register(mounted, KINDS);
    picky.allowAll();
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE g");
    Files.delete(mounted.resolve("g"));
    isTold(key, "ENTRY_DELETE g");
    isToldNothingMore(key);
  }

  /** Where all is kept it is polled as a whole until that is known, and then no more. */
  @Test
  void rootOfWhichNothingIsSaid_isPolled_untilItIsKnownToBeHeard() throws Exception {
    refuseTypes();
    WatchKey key = register(RESCAN);
    Pending.awaitRounds(service, 2);
    picky.allowAll();
    Pending.awaitEndOfRounds(service);
    touch("f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE f");
  }

  /** Another directory is at the path when something is mounted, and nothing in that. */
  @ParameterizedTest
  @MethodSource("kindsOfTrees")
  void whatIsMounted_isPolledAgain_whenItsTreeIsBackAtItsPath(WatchEvent.Modifier also)
      throws Exception {
    mount(mounted);
    WatchKey key = register(also);
    move(root, outside.resolve("away"));
    Files.createDirectory(root);
    mountElsewhere();
    Files.delete(root);
    move(outside.resolve("away"), root);
    Pending.sync(service);
    Files.createFile(source.resolve("g"));
    Told.until(key, "ENTRY_CREATE mounted/g");
  }

  /** The root can be opened, and not the directory that it is in, which is the same one here. */
  @Test
  void whatIsMountedOverADirectory_whileThatCannotBeReached_isFoundLater() throws Exception {
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    WatchKey key = register(RECURSIVE);
    picky.refuse("open", root.toString()::equals, Errno.EMFILE.number()).from(2).times(1);
    mount(mounted);
    isTold(key, COMES_ANEW);
    assertThat(picky.refused()).isEqualTo(1);
    touch("mounted/g");
    assertThat(told(key)).containsExactly("ENTRY_CREATE mounted/g");
  }

  /** Also where nobody wants to know what is mounted, and it is just followed. */
  @Test
  void whatIsMountedOverADirectory_whileTheRootCannotBeOpened_isFoundLater() throws Exception {
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    WatchKey key = register(RECURSIVE);
    PickyKernel.Refusal refusal =
        picky.refuse("open", root.toString()::equals, Errno.EMFILE.number());
    mount(mounted);
    await().until(() -> refusal.calls() > 0);
    Pending.sync(service);
    picky.allowAll();
    isTold(key, COMES_ANEW);
    touch("mounted/g");
    assertThat(told(key)).containsExactly("ENTRY_CREATE mounted/g");
  }

  /** Not each second; alone, since whatever another test mounts is a reason to try. */
  @Test
  @Tag("alone")
  void rootThatCannotBeOpenedForLong_isTriedEverMoreRarely() throws Exception {
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    WatchKey key = register(RECURSIVE);
    List<Long> tries = new CopyOnWriteArrayList<>();
    picky.refuse(
        "open",
        path -> path.equals(root.toString()) && tries.add(System.nanoTime()),
        Errno.EMFILE.number());
    mount(mounted);
    // What somebody else mounts meanwhile may be a try in between.
    await().atMost(Duration.ofSeconds(30)).until(() -> longestPause(tries) >= SECONDS.toNanos(2));
    picky.allowAll();
    isTold(key, COMES_ANEW);
  }

  private static long longestPause(List<Long> times) {
    return IntStream.range(1, times.size())
        .mapToLong(i -> times.get(i) - times.get(i - 1))
        .max()
        .orElse(0);
  }

  /** All of it is polled, whatever is mounted in it: it costs nothing not to know that. */
  @Test
  @Tag("alone")
  void silentRoot_whereNobodySaysWhatIsMounted_isNotAskedForThatInEachRound() throws Exception {
    mount(mounted);
    PickyKernel.Refusal refusal = refuseTable(Errno.ENOENT);
    WatchKey key = service.register(mounted, KINDS, RECURSIVE, RESCAN);
    int calls = refusal.calls();
    Pending.awaitRounds(service, 20);
    assertThat(refusal.calls() - calls).isLessThan(10);
    Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE g");
  }

  /** It is found behind the rename, though places are looked at before that as well. */
  @Test
  void whatIsMountedInADirectoryThatWasRenamed_whileOthersAreLookedAtLater_isFound()
      throws Exception {
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    mkdirs("d/m");
    WatchKey key = register(RECURSIVE, WITH_RENAMES);
    PickyKernel.Refusal refusal =
        picky.refuse("open", root.toString()::equals, Errno.EMFILE.number());
    mount(mounted);
    await().until(() -> refusal.calls() > 0);
    Pending.sync(service);
    try (Gate gate = picky.holdReads()) {
      gate.awaitReached();
      picky.allowAll();
      move("d", "e");
      long heard = hub.listenForMounts();
      mount(root.resolve("e/m"));
      await().until(() -> hub.listenForMounts() > heard);
    }
    isTold(
        key,
        "ENTRY_DELETE mounted",
        "ENTRY_CREATE mounted",
        "ENTRY_CREATE mounted/f",
        "RENAME d -> e",
        "ENTRY_DELETE e/m",
        "ENTRY_CREATE e/m",
        "ENTRY_CREATE e/m/f");
  }

  /** The tree looks for it at the name of before, and has not come to the rename. */
  @Test
  void whatIsMountedInADirectoryThatIsRenamedBeforeThatIsLookedAt_isFound() throws Exception {
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    mkdirs("d/m");
    WatchKey key = register(RECURSIVE, WITH_RENAMES);
    try (Gate gate = picky.holdReads()) {
      long heard = hub.listenForMounts();
      mount(root.resolve("d/m"));
      await().until(() -> hub.listenForMounts() > heard);
      gate.awaitReached();
      move("d", "e");
    }
    isTold(key, "RENAME d -> e", "ENTRY_DELETE e/m", "ENTRY_CREATE e/m", "ENTRY_CREATE e/m/f");
  }
}
