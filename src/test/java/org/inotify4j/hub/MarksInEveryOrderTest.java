package org.inotify4j.hub;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
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

  /** The watches that were removed, whose IGNORED is in the queue. */
  private final Queue<Integer> ignored = new ArrayDeque<>();

  private final QueueMarks marks = new QueueMarks(kernel(), 1);
  private int watches;
  private int placed;
  private int acted;
  private boolean isClosed;

  @SuppressWarnings("ReferenceEquality") // That is what the equality of this object is.
  private LibC kernel() {
    InvocationHandler calls =
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "equals" -> proxy == arguments[0];
              case "memfdCreate" -> 5;
              case "inotifyAddWatch" -> ++watches;
              case "inotifyRmWatch" -> ignored.add((Integer) arguments[1]) ? 0 : -1;
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
      Integer wd = ignored.poll();
      Runnable action = wd == null || isClosed ? null : marks.reached(wd);
      if (action != null) {
        action.run();
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
        ignored.clear();
        marks.placeAgain();
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
        .iterations(Integer.getInteger("inotify4j.orders", 4))
        .invocationsPerIteration(300)
        .sequentialSpecification(OneAfterTheOther.class)
        .check(getClass());
  }

  /** What is to be seen of it: how many are placed, wait, and were acted on. */
  public static final class OneAfterTheOther {
    private int placed;
    private int waiting;
    private int acted;
    private boolean isClosed;

    public int place() {
      if (isClosed) {
        acted++;
      } else {
        waiting++;
      }
      return ++placed;
    }

    public int read() {
      if (waiting > 0) {
        waiting--;
        acted++;
      }
      return acted;
    }

    public void overflow() {}

    public int close() {
      isClosed = true;
      acted += waiting;
      waiting = 0;
      return placed - acted;
    }
  }
}
