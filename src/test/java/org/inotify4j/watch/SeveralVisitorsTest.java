package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.inotify4j.tree.Crawls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads go through a tree. */
@Timeout(120)
final class SeveralVisitorsTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final int PATIENCE_SECONDS = 30;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void help() {
    Crawls.haveHelpAtOnce();
  }

  @AfterEach
  void end() {
    Crawls.areAsUsual();
    threads.shutdownNow();
  }

  private void grow(String... names) throws Exception {
    for (String name : names) {
      for (int i = 0; i < 10; i++) {
        mkdirs(name + "/" + i + "/deep/er");
      }
    }
  }

  @Test
  void whileOneIsHeld_theOtherGoesOn_andNothingThatComesIsLost() throws Exception {
    mkdirs("a");
    mkdirs("b");
    try (Gate gate = kernel.holdListing("a")) {
      Future<WatchKey> registering = threads.submit(() -> register(ENTRY_CREATE));
      gate.awaitReached();
      await().until(() -> hub.watchCount() == 3);
      // Of the one directory nobody has read anything, of the other one all.
      mkdirs("a/new");
      mkdirs("b/new");
      move("b", "a/b");
      gate.open();
      WatchKey key = registering.get(PATIENCE_SECONDS, SECONDS);
      assertWatchesAreTheDirectories();
      assertThat(told(key)).isEmpty();
      touch("a/new/f");
      touch("a/b/new/f");
      assertThat(told(key))
          .containsExactlyInAnyOrder("ENTRY_CREATE a/new/f", "ENTRY_CREATE a/b/new/f");
    }
  }

  @Test
  void repair_isHelpedToo() throws Exception {
    grow("a", "b");
    WatchKey key = register(ENTRY_CREATE);
    try (Gate gate = kernel.holdReads()) {
      mkdirs("a/0/new/er");
      move("b", "a/b");
      gate.awaitReached();
      requireNonNull(((Key) key).follower()).overflow();
    }
    Pending.sync(service);
    key.pollEvents();
    assertWatchesAreTheDirectories();
    touch("a/b/3/deep/er/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE a/b/3/deep/er/f");
  }

  @Test
  void withAllThatReadingCauses_nothingOfThatIsTold() throws Exception {
    grow("a", "b", "c");
    WatchKey key = register(ENTRY_CREATE, INotifyEventKinds.OPEN, INotifyEventKinds.CLOSE_NOWRITE);
    assertThat(told(key)).isEmpty();
    Set<Integer> masks = new TreeSet<>(KernelView.masks(hub.inotifyFd()).values());
    // The root's watch is the key's own, and has the same.
    assertThat(masks).hasSize(1);
  }

  @Test
  void closedWhileOneIsHeld_leavesNothing() throws Exception {
    grow("a", "b");
    try (INotifyWatchService other = INotifyWatchService.open(hub);
        Gate gate = kernel.holdListing("er")) {
      Future<WatchKey> registering = threads.submit(() -> register(ENTRY_CREATE));
      gate.awaitReached();
      service.close();
      assertThat(hub.watchCount()).isZero();
      gate.open();
      assertThatThrownBy(() -> registering.get(PATIENCE_SECONDS, SECONDS))
          .hasCauseInstanceOf(ClosedWatchServiceException.class);
      assertThat(KernelView.openBelow(root)).isEmpty();
      assertThat(other.isOpen()).isTrue();
      assertThat(hub.watchCount()).isZero();
      KernelView.awaitNoLeak(hub);
    }
  }

  @Test
  void helperWithoutADescriptor_costsNothing() throws Exception {
    grow("a", "b");
    HelpedKernel helped = new HelpedKernel("openat", () -> -Errno.EMFILE.number());
    Hub helpedHub = helped.openHub();
    try (INotifyWatchService registered = INotifyWatchService.open(helpedHub)) {
      registered.register(root, CREATED, INotifyModifiers.RECURSIVE);
      assertThat(helped.times()).isPositive();
      Pending.sync(registered);
      assertThat(EventModel.watchedInodes(helpedHub)).isEqualTo(EventModel.inodes(root));
      assertThat(KernelView.openBelow(root)).isEmpty();
    }
  }

  @Test
  void errorInAHelper_isThrown_andLeavesNothing() throws Exception {
    grow("a", "b");
    HelpedKernel helped =
        new HelpedKernel(
            "getdents64",
            () -> {
              throw new OutOfMemoryError("of the test");
            });
    Hub helpedHub = helped.openHub();
    try (INotifyWatchService registered = INotifyWatchService.open(helpedHub)) {
      assertThatThrownBy(() -> registered.register(root, CREATED, INotifyModifiers.RECURSIVE))
          .isInstanceOf(OutOfMemoryError.class)
          .hasMessage("of the test");
      assertThat(KernelView.openBelow(root)).isEmpty();
      assertThat(helpedHub.watchCount()).isZero();
      KernelView.awaitNoLeak(helpedHub);
      // What it works with is as good as new.
      Files.createDirectory(outside.resolve("d"));
      WatchKey key = registered.register(outside, CREATED);
      Files.createFile(outside.resolve("f"));
      Pending.sync(registered);
      assertThat(Told.by(key)).containsExactly("ENTRY_CREATE f");
    }
  }
}
