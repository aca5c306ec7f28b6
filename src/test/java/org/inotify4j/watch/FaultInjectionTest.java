package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionTimeoutException;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.base.Silenced;
import org.inotify4j.hub.Hub;
import org.inotify4j.tree.Crawls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every system call fails once, or for as long as a service lives, at every place and for every
 * reason that it may have. What comes of it is a documented exception, a service that is closed
 * with the cause, or correct work; and when the fault is over everything is watched again in five
 * seconds, or the program was told that it is not.
 *
 * <p>The build takes a part of the cases, {@code -Dinotify4j.allFaults=true} all of them; {@code
 * -Dinotify4j.fault="TREE openat 5 1 24"} one: the life, the call, its number, how often, errno.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
@ExtendWith(Silenced.class)
final class FaultInjectionTest {

  private static final int IN_PARALLEL = 16;
  private static final int CASES_IN_BUILD = 110;
  private static final int FOR_GOOD = Integer.MAX_VALUE;
  private static final int ESTALE = 116;
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Duration SHORT = Duration.ofMillis(250);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  /** The reasons for which a call may fail. */
  private static final Map<String, List<Integer>> ERRNOS =
      Map.ofEntries(
          Map.entry("inotifyInit1", List.of(12, 23, 24)),
          Map.entry("eventfd", List.of(12, 23, 24)),
          Map.entry("inotifyAddWatch", List.of(28, 12, 13, 5, ESTALE)),
          Map.entry("inotifyRmWatch", List.of(22)),
          Map.entry("read", List.of(5)),
          Map.entry("poll", List.of(12)),
          Map.entry("write", List.of(5, 11)),
          Map.entry("open", List.of(24, 23, 12, 13)),
          Map.entry("openat", List.of(24, 23, 12, 13, 5, ESTALE)),
          Map.entry("getdents64", List.of(5, 12, 2)),
          Map.entry("statx", List.of(5, 12, 13, 38, ESTALE)),
          Map.entry("memfdCreate", List.of(24, 12, 13, 22)),
          Map.entry("fchmod", List.of(1)),
          Map.entry("ftruncate", List.of(1)),
          Map.entry("close", List.of(5)));

  @TempDir private Path scratch;

  @AfterEach
  void speakAgain() {
    Crawls.areAsUsual();
  }

  /** One fault in one life. */
  private record Case(ServiceLife life, String call, int first, int count, int errno) {
    @Override
    public String toString() {
      return life + " " + call + " " + first + " " + count + " " + errno;
    }

    static Case parse(String text) {
      String[] words = text.split(" ", -1);
      return new Case(
          ServiceLife.valueOf(words[0]),
          words[1],
          Integer.parseInt(words[2]),
          Integer.parseInt(words[3]),
          Integer.parseInt(words[4]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whateverFails_isToldOrMadeGood(ServiceLife life) throws Exception {
    String one = System.getProperty("inotify4j.fault");
    List<Case> cases = one == null ? part(cases(life)) : List.of(Case.parse(one));
    ExecutorService threads = Executors.newFixedThreadPool(IN_PARALLEL);
    List<String> failures = new ArrayList<>();
    try {
      List<Future<@Nullable String>> results = new ArrayList<>();
      for (Case each : cases) {
        results.add(threads.submit(() -> failureOf(each)));
      }
      for (Future<@Nullable String> result : results) {
        String failure = result.get();
        if (failure != null) {
          failures.add(failure);
        }
      }
    } finally {
      threads.shutdownNow();
    }
    System.out.println("FaultInjectionTest " + life + ": " + cases.size() + " cases");
    assertThat(failures).isEmpty();
  }

  private static List<Case> part(List<Case> all) {
    if (Boolean.getBoolean("inotify4j.allFaults")) {
      return all;
    }
    List<Case> part = new ArrayList<>();
    int step = Math.max(1, all.size() / CASES_IN_BUILD);
    for (int i = 0; i < all.size(); i += step) {
      part.add(all.get(i));
    }
    return part;
  }

  /** Every call of a life at every place, for every reason, once and for good. */
  private List<Case> cases(ServiceLife life) throws Exception {
    FailingKernel kernel = new FailingKernel();
    assertThat(failureOf(new Case(life, "none", 1, 1, 0), kernel)).isNull();
    List<Case> cases = new ArrayList<>();
    ERRNOS.forEach(
        (call, errnos) -> {
          int calls = kernel.calls().getOrDefault(call, new AtomicInteger()).get();
          for (int errno : errnos) {
            for (int number = 1; number <= calls; number++) {
              cases.add(new Case(life, call, number, 1, errno));
              cases.add(new Case(life, call, number, FOR_GOOD, errno));
            }
          }
        });
    return cases;
  }

  private @Nullable String failureOf(Case each) {
    return failureOf(each, new FailingKernel());
  }

  private @Nullable String failureOf(Case each, FailingKernel kernel) {
    kernel.arm(FailingKernel.Fault.of(each.call, each.first, each.count, each.errno));
    try {
      Path work = Files.createTempDirectory(scratch, "life");
      live(each, kernel, Files.createDirectory(work.resolve("root")));
      kernel.awaitAllClosed();
      TreeChanges.removeAll(work);
      return null;
    } catch (Throwable e) {
      String where = e.getStackTrace().length > 0 ? " at " + e.getStackTrace()[0] : "";
      return each + ": " + e + where;
    }
  }

  private void live(Case each, FailingKernel kernel, Path root) throws Exception {
    each.life.prepare(root);
    Hub hub;
    try {
      if (each.first % 2 == 0) {
        Crawls.haveHelpAtOnce();
      } else {
        Crawls.areAsUsual();
      }
      hub = kernel.openHub();
    } catch (IOException e) {
      assertDocumented(each, e);
      return;
    }
    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
      try {
        live(each, kernel, hub, service, root);
      } catch (ClosedWatchServiceException e) {
        // Only who reads the queue cannot go on where that fails.
        assertThat(each.call).isIn("poll", "read");
        assertThat(e).hasCauseInstanceOf(IOException.class);
        assertThat(service.isOpen()).isFalse();
      }
    }
  }

  private void live(
      Case each, FailingKernel kernel, Hub hub, INotifyWatchService service, Path root)
      throws Exception {
    WatchKey key;
    try {
      key = each.life.register(service, root);
    } catch (FileSystemException e) {
      assertDocumented(each, e);
      assertThat(service.watchCount()).isZero();
      kernel.lift();
      key = each.life.register(service, root);
    }
    ServiceLife.Belief belief = each.life.new Belief(key, root);
    for (ServiceLife.Step step : each.life.steps(root)) {
      step.run();
      boolean unused = service.sync(SHORT);
      belief.poll();
    }
    kernel.lift();
    awaitTruth(each, hub, service, belief, root);
    assertThat(key.isValid()).as("the key is valid").isTrue();
    each.life.change(root);
    awaitTruth(each, hub, service, belief, root);
  }

  /** Soon what is believed is what there is, and all of it is watched. */
  private static void awaitTruth(
      Case each, Hub hub, INotifyWatchService service, ServiceLife.Belief belief, Path root)
      throws Exception {
    try {
      await()
          .pollInterval(BETWEEN_LOOKS)
          .atMost(PATIENCE)
          .until(() -> isAsItShouldBe(each, hub, service, belief, root));
    } catch (ConditionTimeoutException e) {
      // It is tried again, but later.
      assertThat(belief.wasToldOfUnwatched())
          .as(
              "known %s, there is %s, told %s",
              belief.known(), each.life.truth(root), belief.history())
          .isTrue();
    }
  }

  private static boolean isAsItShouldBe(
      Case each, Hub hub, INotifyWatchService service, ServiceLife.Belief belief, Path root)
      throws Exception {
    assertThat(service.sync(PATIENCE)).as("all is delivered in time").isTrue();
    belief.poll();
    return belief.known().equals(each.life.truth(root))
        && (!each.life.isTree || EventModel.watchedInodes(hub).equals(EventModel.inodes(root)));
  }

  private static void assertDocumented(Case each, IOException e) {
    if (List.of(23, 24, 28).contains(each.errno)) {
      assertThat(e).isInstanceOf(INotifyLimitException.class);
    }
  }
}
