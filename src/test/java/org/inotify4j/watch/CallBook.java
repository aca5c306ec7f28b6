package org.inotify4j.watch;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.LockInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Which calls are under way in which threads, since when, and how many have ended. */
final class CallBook {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<Thread, Call> underWay = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> ended = new ConcurrentSkipListMap<>();
  private final LongAdder changes = new LongAdder();
  private final LongAdder told = new LongAdder();
  private final LongAdder overflows = new LongAdder();

  /** Makes a call that is to return at once. */
  <T> T call(String name, Callable<T> callable) throws Exception {
    return call(name, Duration.ZERO, callable);
  }

  /** Makes a call that may wait for so long. */
  <T> T call(String name, Duration waiting, Callable<T> callable) throws Exception {
    long deadline = System.nanoTime() + waiting.plus(PATIENCE).toNanos();
    underWay.put(Thread.currentThread(), new Call(name, deadline));
    try {
      return callable.call();
    } finally {
      underWay.remove(Thread.currentThread());
      ended.computeIfAbsent(name, any -> new LongAdder()).increment();
    }
  }

  /** Makes a call; null where it throws what is documented for it. */
  static <T> @Nullable T documented(INotifyWatchService service, Callable<T> call)
      throws Exception {
    try {
      return call.call();
    } catch (ClosedWatchServiceException e) {
      assertThat(service.isOpen()).isFalse();
      if (e.getCause() != null) {
        throw e;
      }
      return null;
    } catch (NoSuchFileException | NotDirectoryException e) {
      return null;
    } catch (FileSystemException e) {
      // Links that lead to each other, on the way.
      if (!String.valueOf(e.getReason()).contains("Too many levels")) {
        throw e;
      }
      return null;
    } catch (InterruptedException e) {
      return null; // It is over.
    }
  }

  /** What has no result. */
  interface Action {
    void run() throws Exception;
  }

  /** Does it, for who needs a result. */
  static boolean done(Action action) throws Exception {
    action.run();
    return true;
  }

  /** How often each call was made. */
  Map<String, LongAdder> counts() {
    return ended;
  }

  /** So many changes of a tree were tried. */
  void changed(int times) {
    changes.add(times);
  }

  /** An event was told. */
  void told(WatchEvent<?> event) {
    told.increment();
    if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
      overflows.increment();
    }
  }

  /** What was done, and what was told, in numbers. */
  Totals totals() {
    long calls = ended.values().stream().mapToLong(LongAdder::sum).sum();
    return new Totals(calls, changes.sum(), told.sum(), overflows.sum());
  }

  /** What is wrong: a call that should have returned, or threads that wait for each other. */
  @Nullable String fault() {
    long[] deadlocked = ManagementFactory.getThreadMXBean().findDeadlockedThreads();
    if (deadlocked != null) {
      return "threads wait for each other: " + Arrays.toString(deadlocked) + "\n" + threads();
    }
    long now = System.nanoTime();
    Set<String> late = ConcurrentHashMap.newKeySet();
    underWay.forEach(
        (thread, call) -> {
          if (call.deadline() - now < 0) {
            late.add(call.name() + " in " + thread.getName());
          }
        });
    return late.isEmpty() ? null : "did not return in time: " + late + "\n" + threads();
  }

  private static String threads() {
    ThreadInfo[] all = ManagementFactory.getThreadMXBean().dumpAllThreads(true, true);
    return Arrays.stream(all).map(CallBook::text).collect(joining("\n"));
  }

  private static String text(ThreadInfo thread) {
    LockInfo lock = thread.getLockInfo();
    return thread.getThreadName()
        + " "
        + thread.getThreadState()
        + (lock == null ? "" : " on " + lock + " of " + thread.getLockOwnerName())
        + Arrays.stream(thread.getStackTrace()).map(f -> "\n    at " + f).collect(joining());
  }

  /** How many calls and changes there were, how many events, and how many of these OVERFLOW. */
  record Totals(long calls, long changes, long told, long overflows) {}

  /** A call, and when it should have returned. */
  private record Call(String name, long deadline) {}
}
