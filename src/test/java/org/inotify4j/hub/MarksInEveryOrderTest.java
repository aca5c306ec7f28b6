package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.libc.LibC;
import org.junit.jupiter.api.Test;

/**
 * Marks, the poller that comes to them, a full queue and the close, in every order in which they
 * can come: each mark that was placed is acted on once, whatever ends the wait for it.
 *
 * <p>Each is done under the hub's lock as a whole. So however threads meet, it is one of these
 * orders.
 */
final class MarksInEveryOrderTest {

  private static final Step[] KINDS = Step.values();
  private static final int STEPS = 6;

  /** What can be done. */
  enum Step {
    /** As {@link Hub#atThisPlace} does it. */
    PLACE,
    /** The same where the file cannot be changed, and its watch is removed. */
    PLACE_BY_END,
    /** The poller comes to the next record. */
    READ,
    /** The queue was full, and what was in it is lost. */
    OVERFLOW,
    /** The queue was full, and what is still in it may have gaps. */
    GAP,
    CLOSE
  }

  @Test
  void eachMarkIsActedOnOnce() throws IOException {
    List<Step> order = new ArrayList<>();
    int orders = (int) Math.pow(KINDS.length, STEPS);
    for (int i = 0; i < orders; i++) {
      order.clear();
      for (int rest = i, step = 0; step < STEPS; step++, rest /= KINDS.length) {
        order.add(KINDS[rest % KINDS.length]);
      }
      Tried tried = new Tried();
      Expected expected = new Expected();
      for (int step = 0; step < STEPS; step++) {
        tried.take(order.get(step));
        expected.take(order.get(step));
        if (tried.acted != expected.acted) {
          assertThat(tried.acted)
              .as("acted on after %s", order.subList(0, step + 1))
              .isEqualTo(expected.acted);
        }
      }
    }
  }

  /** The marks of a hub, over a kernel that has just their queue. */
  private static final class Tried {

    /** What the poller would read. */
    private final Queue<Queued> queue = new ArrayDeque<>();

    private final QueueMarks marks;
    private int watches;
    private boolean isUnchangeable;
    private int acted;
    private boolean isClosed;

    private record Queued(int wd, boolean isIgnored) {}

    Tried() throws IOException {
      LibC kernel = kernel();
      marks = new QueueMarks(new Instance(kernel, ScriptedINotify.openForHub(kernel)));
    }

    private LibC kernel() {
      InvocationHandler calls =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "memfdCreate" -> 5;
                case "inotifyAddWatch" -> ++watches;
                case "fchmod", "ftruncate" ->
                    !isUnchangeable && queue.add(new Queued(watches, false)) ? 0 : -1;
                case "inotifyRmWatch" -> queue.add(new Queued(watches, true)) ? 0 : -1;
                default -> 0;
              };
      return (LibC)
          Proxy.newProxyInstance(LibC.class.getClassLoader(), new Class<?>[] {LibC.class}, calls);
    }

    void take(Step step) {
      switch (step) {
        case PLACE, PLACE_BY_END -> {
          isUnchangeable = step == Step.PLACE_BY_END;
          if (isClosed || marks.place(() -> acted++) < 0) {
            acted++;
          }
        }
        case READ -> {
          Queued record = queue.poll();
          if (record != null && !isClosed) {
            boolean unused = marks.reached(record.wd, record.isIgnored);
          }
        }
        case OVERFLOW, GAP -> {
          if (step == Step.OVERFLOW) {
            queue.clear();
          }
          if (!isClosed) {
            marks.placeAgain(() -> {});
          }
        }
        case CLOSE -> {
          isClosed = true;
          marks.reachAll();
        }
      }
    }
  }

  /**
   * How many were acted on, by how many wait at the place of each record. After the queue was full
   * all that wait have one place, which comes also where none do, once there was a mark.
   */
  private static final class Expected {
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private int acted;
    private boolean isWatched;
    private boolean isClosed;

    void take(Step step) {
      switch (step) {
        case PLACE, PLACE_BY_END -> {
          if (isClosed) {
            acted++;
          } else {
            isWatched = true;
            waiting.add(1);
          }
        }
        case READ -> {
          if (!waiting.isEmpty()) {
            acted += waiting.remove();
          }
        }
        case OVERFLOW, GAP -> {
          if (isWatched && !isClosed) {
            int all = waiting.stream().mapToInt(Integer::intValue).sum();
            List<Integer> left = Collections.nCopies(step == Step.GAP ? waiting.size() : 0, 0);
            waiting.clear();
            waiting.addAll(left);
            waiting.add(all);
          }
        }
        case CLOSE -> {
          isClosed = true;
          waiting.forEach(count -> acted += count);
          waiting.clear();
        }
      }
    }
  }
}
