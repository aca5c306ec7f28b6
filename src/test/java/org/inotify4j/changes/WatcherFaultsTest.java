package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.base.Silenced;
import org.inotify4j.libc.Errno;
import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the kernel refuses a watcher: at its start, later, and for good. */
@ExtendWith(Silenced.class)
final class WatcherFaultsTest extends WatcherScene {

  private final AtomicReference<Throwable> end = new AtomicReference<>();
  private RefusingKernel kernel;

  @BeforeEach
  void open() throws IOException {
    kernel = new RefusingKernel();
  }

  @AfterEach
  void close() throws Exception {
    closeAll();
    kernel.close();
    assertThat(OpenWatchers.on(kernel.hub())).isEmpty();
  }

  private PathWatcher startHere(WatcherBuilder builder) throws IOException {
    return startHere(builder, new CountedDemand(Long.MAX_VALUE));
  }

  private PathWatcher startHere(WatcherBuilder builder, Demand demand) throws IOException {
    PathWatcher watcher =
        builder
            .settle(LONG, LONG)
            .onError(problem -> problems.add(problem.kind() + ": " + problem.reason()))
            .start(batch -> batches.add(lines(batch)), demand, end::set, kernel);
    watchers.add(watcher);
    return watcher;
  }

  @Test
  void limitAtTheStart_isThrown_andNothingIsLeft() throws Exception {
    for (int i = 0; i < 20; i++) {
      mkdirs("d" + i + "/e");
    }
    kernel.refuseToWatch("d7", Errno.ENOSPC);
    assertThatThrownBy(() -> startHere(PathWatcher.of(root)))
        .isInstanceOf(INotifyLimitException.class)
        .hasMessageStartingWith("User limit of inotify watches reached");
    assertThat(kernel.hub().watchCount()).isZero();
    assertThat(OpenWatchers.on(kernel.hub())).isEmpty();
  }

  @Test
  void limitOfOneOfTwoRoots_leavesNothingOfTheOther() throws Exception {
    mkdirs("one");
    mkdirs("two");
    kernel.refuseToWatch("two", Errno.ENOSPC);
    assertThatThrownBy(
            () ->
                startHere(
                    PathWatcher.of(root.resolve("one"))
                        .and(root.resolve("two"))
                        .andFile(root.resolve("f"))))
        .isInstanceOf(INotifyLimitException.class);
    assertThat(kernel.hub().watchCount()).isZero();
  }

  @Test
  void limitLater_isAProblemOnce_andOverWhenThereIsRoom() throws Exception {
    mkdirs("a");
    PathWatcher watcher = startHere(PathWatcher.of(root));
    kernel.refuseToWatch("c", Errno.ENOSPC);
    mkdirs("c");
    write("c/unheard", "");
    assertThat(told(watcher)).contains("CREATED c/");
    assertThat(takeProblems())
        .containsExactly(
            "UNWATCHED: no inotify watch is left (ENOSPC): see fs.inotify.max_user_watches");
    kernel.allow("c");
    delete("a");
    await().until(() -> isHeard(watcher, "c/heard"));
    assertThat(takeProblems()).isEmpty();
  }

  /** Whether what is written there comes to the listener. */
  private boolean isHeard(PathWatcher watcher, String path) throws Exception {
    write(path, "more");
    return told(watcher).stream().anyMatch(line -> line.endsWith(path));
  }

  @Test
  void instanceThatFails_endsTheWatcher_andSaysSo() throws Exception {
    PathWatcher watcher = startHere(PathWatcher.of(root));
    write("told", "");
    assertThat(told(watcher)).containsExactly("CREATED told");
    kernel.failReads(Errno.EIO);
    write("lost", "");
    await().until(() -> end.get() != null);
    assertThat(end.get()).isInstanceOf(IOException.class).hasMessageContaining("EIO");
    assertThat(takeProblems())
        .singleElement()
        .asString()
        .startsWith("ENDED: the watcher is closed: java.io.IOException")
        .contains("EIO");
    assertThat(watcher.isOpen()).isFalse();
    assertThatThrownBy(() -> watcher.sync(PATIENCE))
        .isInstanceOf(ClosedWatchServiceException.class);
    assertThat(watcher.statistics().watches()).isZero();
    assertThat(batches).isEmpty();

    assertThatThrownBy(() -> startHere(PathWatcher.of(root)))
        .isInstanceOf(IOException.class)
        .cause()
        .hasMessageContaining("EIO");
    PathWatcher other = start(PathWatcher.of(root));
    write("after", "");
    assertThat(told(other)).containsExactly("CREATED after");
  }

  /** The hub tells it again where there was no memory to tell it all. */
  @Test
  void faultThatIsToldAgainMeanwhile_endsTheWatcherOnce() throws Exception {
    PathWatcher watcher = startHere(PathWatcher.of(root));
    Watching watching = OpenWatchers.on(kernel.hub()).get(0);
    AtomicBoolean isFirst = new AtomicBoolean(true);
    watching.fail(
        new IllegalStateException("on purpose") {
          @Override
          public String getMessage() {
            if (isFirst.getAndSet(false)) {
              watching.fail(this);
              joinEnds();
            }
            return "on purpose";
          }
        });
    joinEnds();
    assertThat(isFirst).isFalse();
    assertThat(watcher.isOpen()).isFalse();
    assertThat(end.get()).hasMessage("on purpose");
    assertThat(takeProblems())
        .singleElement()
        .asString()
        .startsWith("ENDED: the watcher is closed: ")
        .endsWith("on purpose");
  }

  /** Waits until no other thread ends a watcher. */
  private static void joinEnds() {
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("inotify4j-watcher-end")
          && !thread.equals(Thread.currentThread())) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Test
  void instanceThatFailsWhileAnotherWaits_endsItsWaiting() throws Exception {
    PathWatcher watcher = startHere(PathWatcher.of(root));
    kernel.failReads(Errno.EIO);
    // The mark that a sync waits for is what the poller cannot read.
    assertThatThrownBy(() -> watcher.sync(PATIENCE))
        .isInstanceOf(ClosedWatchServiceException.class);
    await().until(() -> end.get() != null);
    assertThat(takeProblems()).hasSize(1);
    assertThat(List.copyOf(batches)).isEmpty();
  }

  @Test
  void noMemoryForABatch_endsTheWatcher_andSaysSo() throws Exception {
    Demand failing =
        new Demand() {
          @Override
          public boolean isAny() {
            return true;
          }

          @Override
          public void add(long more) {}

          @Override
          public void take() {
            throw new OutOfMemoryError("on purpose");
          }
        };
    PathWatcher watcher = startHere(PathWatcher.of(root), failing);
    write("lost", "");
    assertThatThrownBy(() -> watcher.sync(PATIENCE))
        .isInstanceOf(ClosedWatchServiceException.class);
    await().until(() -> end.get() != null);
    assertThat(end.get()).isInstanceOf(OutOfMemoryError.class);
    assertThat(takeProblems())
        .containsExactly("ENDED: the watcher is closed: java.lang.OutOfMemoryError: on purpose");
    assertThat(List.copyOf(batches)).isEmpty();
    // What is lost is not to be taken for told.
    assertThatThrownBy(watcher::snapshot).isInstanceOf(ClosedWatchServiceException.class);
  }

  @Test
  void snapshotWhileTheRootIsReplaced_isWhatWasTold() throws Exception {
    mkdirs("v1");
    write("v1/f", "");
    mkdirs("v2");
    Files.createSymbolicLink(root.resolve("current"), Path.of("v1"));
    PathWatcher watcher = startHere(PathWatcher.of(root.resolve("current")));
    Runnable release = kernel.hold("v2");
    Files.createSymbolicLink(root.resolve("next"), Path.of("v2"));
    move("next", "current");
    kernel.awaitHeld();
    FutureTask<Integer> size = new FutureTask<>(() -> watcher.snapshot().size());
    Thread asking = new Thread(size);
    asking.start();
    await().until(() -> asking.getState() == Thread.State.WAITING || size.isDone());
    release.run();
    assertThat(size.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isOne();
    assertThat(told(watcher)).containsExactly("DELETED current/f");
  }

  /** The kernel makes one record of both arrivals. */
  @Test
  void fileThatIsReplacedFromElsewhereJustAfterItsMove_isTold() throws Exception {
    write("x", "");
    write("f", "");
    // Where nothing is watched, as it is in the directory of the root.
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere")).resolve("y");
    Files.writeString(elsewhere, "other");
    PathWatcher watcher = startHere(PathWatcher.of(root));
    // Nothing is being read any more that would part the two.
    assertThat(told(watcher)).isEmpty();
    Runnable release = kernel.holdReads();
    move("x", "f");
    Files.move(elsewhere, root.resolve("f"), StandardCopyOption.ATOMIC_MOVE);
    release.run();
    List<String> all = new ArrayList<>();
    await()
        .until(
            () -> {
              all.addAll(told(watcher));
              return all.contains("MODIFIED f");
            });
    assertThat(all).isSubsetOf("MOVED x -> f", "DELETED x", "MODIFIED f").hasSize(2);
  }

  @Test
  void noMemoryToFollowARootAnew_endsTheWatcher() throws Exception {
    mkdirs("r");
    PathWatcher watcher = startHere(PathWatcher.of(root.resolve("r")));
    move("r", "elsewhere");
    await().until(() -> !problems.isEmpty());
    assertThat(takeProblems()).containsExactly("ROOT_GONE: there is nothing");
    kernel.beforeWatching(
        "r",
        () -> {
          throw new OutOfMemoryError("on purpose");
        });
    mkdirs("r");
    await().until(() -> end.get() != null);
    assertThat(end.get()).isInstanceOf(OutOfMemoryError.class);
    assertThat(watcher.isOpen()).isFalse();
  }

  @Test
  void rulesThatChangeWhileNobodyCanLook_countLater() throws Exception {
    write("a.log", "");
    write(".gitignore", "*.log");
    PathWatcher watcher = startHere(PathWatcher.of(root).gitIgnore());
    AtomicInteger refusals = new AtomicInteger();
    kernel.answerOpening(
        root,
        () -> {
          refusals.incrementAndGet();
          return -Errno.EMFILE.number();
        });
    write(".gitignore", "#");
    assertThat(told(watcher)).containsExactly("MODIFIED .gitignore");
    assertThat(refusals).hasPositiveValue();
    kernel.allowOpening(root);
    await().untilAsserted(() -> assertThat(told(watcher)).containsExactly("CREATED a.log"));
  }

  @Test
  void whatALimitLeavesOver_isPolled() throws Exception {
    System.setProperty(PollSettings.INTERVAL_PROPERTY, "0.1");
    try {
      PathWatcher watcher = startHere(PathWatcher.of(root));
      kernel.refuseToWatch("left", Errno.ENOSPC);
      mkdirs("left");
      assertThat(told(watcher)).containsExactly("CREATED left/");
      write("left/f", "text");
      await().untilAsserted(() -> assertThat(told(watcher)).containsExactly("CREATED left/f"));
      delete("left/f");
      await().untilAsserted(() -> assertThat(told(watcher)).containsExactly("DELETED left/f"));
    } finally {
      System.clearProperty(PollSettings.INTERVAL_PROPERTY);
    }
  }
}
