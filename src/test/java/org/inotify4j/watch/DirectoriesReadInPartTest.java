package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading a directory fails, at once or in the middle: it is not taken for one that is empty. */
@Timeout(30)
class DirectoriesReadInPartTest extends WholeTreeTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final PickyKernel picky = new PickyKernel();

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  @Test
  void childOfATreeThatIsRegistered_isToldUnwatched_andMadeGood() throws Exception {
    mkdirs("d/sub");
    refuseToRead("d", Errno.EIO).times(1);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    assertThat(told(key)).containsExactly("UNWATCHED d");
    isMadeGood(key);
  }

  /** The kernel says the same of a directory whose removal is not over yet. */
  @Test
  void childThatIsSaidToBeGone_isMadeGoodAtOnce() throws Exception {
    mkdirs("d/sub");
    refuseToRead("d", Errno.ENOENT).times(1);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    isMadeGood(key);
  }

  @Test
  void childThatIsSaidToBeGone_andIsThereStill_isToldUnwatched() throws Exception {
    mkdirs("d/sub");
    refuseToRead("d", Errno.ENOENT).times(2);
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    assertThat(Told.until(key, "UNWATCHED d", SOON)).containsExactly("UNWATCHED d");
    isMadeGood(key);
  }

  /**
   * Only a part of it can ever be read, in which there is a directory: that is tried more rarely.
   */
  @ParameterizedTest
  @EnumSource(names = {"ENOENT", "EIO"})
  void whatCanNeverBeReadToItsEnd_isNotTriedAllTheTime(Errno errno) throws Exception {
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, UNWATCHED);
    Files.createDirectories(outside.resolve("d/sub"));
    AtomicInteger calls = new AtomicInteger();
    picky.refuse(
        "getdents64",
        path -> path.endsWith("/d") && calls.incrementAndGet() % 2 == 0,
        errno.number());
    move(outside.resolve("d"), root.resolve("d"));
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      touch("f" + i);
      told.addAll(told(key));
    }
    assertThat(told).containsOnlyOnce("ENTRY_CREATE d").contains("UNWATCHED d");
    assertThat(picky.refused()).isLessThan(20);
  }

  private PickyKernel.Refusal refuseToRead(String name, Errno errno) {
    return picky.refuse("getdents64", path -> path.endsWith('/' + name), errno.number());
  }

  private void isMadeGood(WatchKey key) throws Exception {
    assertThat(Told.until(key, "ENTRY_CREATE d/sub", SOON)).containsExactly("ENTRY_CREATE d/sub");
    touch("d/sub/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/sub/f");
    assertWatchesAreTheDirectories();
  }

  @ParameterizedTest
  @EnumSource(names = {"ENOENT", "EIO"})
  void rootOfATreeThatIsRegistered_isRefused_andLeavesNothing(Errno errno) throws Exception {
    mkdirs("d");
    PickyKernel.Refusal refusal = refuseToRead("root", errno);
    assertThatThrownBy(() -> register(ENTRY_CREATE))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(root.toString());
    assertThat(refusal.calls()).isLessThan(1000);
    assertThat(hub.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
    assertThat(KernelView.openBelow(root)).isEmpty();
  }

  /** The first half was told; nobody watches it until the directory is read once more. */
  @ParameterizedTest
  @EnumSource(names = {"ENOENT", "EIO"})
  void whatWasReadBefore_isKnownExactly(Errno errno) throws Exception {
    WatchKey key = register(ENTRY_CREATE, ENTRY_DELETE, UNWATCHED);
    EventModel model = new EventModel(service, key);
    Files.createDirectory(outside.resolve("d"));
    Files.createFile(outside.resolve("d/f"));
    Files.createFile(outside.resolve("d/g"));
    // The first call reads all there is, the second one the end.
    refuseToRead("d", errno).from(2).times(1);
    move(outside.resolve("d"), root.resolve("d"));
    model.sync();
    Files.delete(root.resolve("d/g"));
    Files.createFile(root.resolve("d/h"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              model.sync();
              model.poll();
              assertThat(model.paths()).as("%s", model.history()).isEqualTo(EventModel.list(root));
            });
    assertWatchesAreTheDirectories();
  }
}
