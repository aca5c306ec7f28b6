package org.inotify4j.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.libc.LibC;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Marks, the poller that comes to them, a full queue and the close, in every order in which two
 * threads can meet: each mark that was placed is acted on once, whatever ends the wait for it.
 */
@Timeout(120)
public final class MarksInEveryOrderTest {

  private final OrderedLock lock = new OrderedLock(Rank.HUB);

  /** What the poller would read. */
  private final Queue<Queued> queue = new ArrayDeque<>();

  private final QueueMarks marks = new QueueMarks(instance());
  private int watches;
  private int placed;
  private int acted;
  private boolean isClosed;

  private record Queued(int wd, boolean isIgnored) {}

  private Instance instance() {
    try {
      LibC kernel = kernel();
      return new Instance(kernel, ScriptedINotify.openForHub(kernel));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("ReferenceEquality") // That is what the equality of this object is.
  private LibC kernel() {
    InvocationHandler calls =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> proxy == arguments[0];
              case "memfdCreate" -> 5;
              case "inotifyAddWatch" -> ++watches;
              case "fchmod", "ftruncate" -> queue.add(new Queued(watches, false)) ? 0 : -1;
              case "inotifyRmWatch" -> queue.add(new Queued(watches, true)) ? 0 : -1;
              default -> 0;
            };
    return (LibC)
        Proxy.newProxyInstance(LibC.class.getClassLoader(), new Class<?>[] {LibC.class}, calls);
  }

  /** As {@link Hub#atThisPlace} does it. */
  @Operation
  public int place() {
    lock.lock();
    try {
      placed++;
      if (isClosed || marks.place(() -> acted++) < 0) {
        acted++;
      }
      return placed;
    } finally {
      lock.unlock();
    }
  }

  /** The poller comes to the next record. */
  @Operation
  public int read() {
    lock.lock();
    try {
      Queued record = queue.poll();
      if (record != null && !isClosed) {
        boolean unused = marks.reached(record.wd, record.isIgnored);
      }
      return acted;
    } finally {
      lock.unlock();
    }
  }

  /** The queue was full, and what was in it is lost. */
  @Operation
  public void overflow() {
    lock.lock();
    try {
      if (!isClosed) {
        queue.clear();
        marks.placeAgain(() -> {});
      }
    } finally {
      lock.unlock();
    }
  }

  @Operation
  public int close() {
    lock.lock();
    try {
      isClosed = true;
      marks.reachAll();
      return placed - acted;
    } finally {
      lock.unlock();
    }
  }

  @Test
  void isAsIfOneThreadDidIt() {
    new ModelCheckingOptions()
        .threads(2)
        .actorsPerThread(4)
        .actorsBefore(1)
        .actorsAfter(2)
        .iterations(Integer.getInteger("inotify4j.orders", 3))
        .invocationsPerIteration(300)
        .sequentialSpecification(OneAfterTheOther.class)
        .check(getClass());
  }

  /**
   * What is to be seen of it: how many are placed, wait, and were acted on. After the queue was
   * full all that wait have one place.
   */
  public static final class OneAfterTheOther {
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private int placed;
    private int acted;
    private boolean isClosed;

    public int place() {
      if (isClosed) {
        acted++;
      } else {
        waiting.add(1);
      }
      return ++placed;
    }

    public int read() {
      if (!waiting.isEmpty()) {
        acted += waiting.remove();
      }
      return acted;
    }

    public void overflow() {
      int all = waiting.stream().mapToInt(Integer::intValue).sum();
      waiting.clear();
      if (all > 0) {
        waiting.add(all);
      }
    }

    public int close() {
      isClosed = true;
      waiting.forEach(count -> acted += count);
      waiting.clear();
      return placed - acted;
    }
  }
}
