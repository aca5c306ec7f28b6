package org.inotify4j.watch;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * The machine's kernel, of which one call fails, by its number, once or from then on; it counts all
 * calls, and knows which descriptors are open.
 */
final class FailingKernel {

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Set<Integer> open = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Fault fault;

  /**
   * What fails.
   *
   * @param call its name as of {@link LibC}
   * @param first the number of the first call that does, from 1
   * @param count how many do
   * @param result gives what it returns, or throws
   */
  record Fault(String call, int first, int count, Supplier<Integer> result) {
    static Fault of(String call, int first, int count, int errno) {
      return new Fault(call, first, count, () -> -errno);
    }

    boolean isOf(String name, int number) {
      return call.equals(name) && number >= first && number - first < count;
    }
  }

  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }

  void arm(Fault next) {
    fault = next;
  }

  /** Nothing fails any more. */
  void lift() {
    fault = null;
  }

  /** How often each call was made. */
  Map<String, AtomicInteger> calls() {
    return calls;
  }

  /** Waits until every descriptor is closed. */
  void awaitAllClosed() {
    await("descriptors are closed").atMost(Duration.ofSeconds(10)).until(open::isEmpty);
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    int number = calls.computeIfAbsent(name, any -> new AtomicInteger()).incrementAndGet();
    Fault now = fault;
    boolean fails = now != null && now.isOf(name, number);
    if (name.equals("close")) {
      // Whatever it returns the descriptor is gone.
      open.remove((Integer) arguments[0]);
    } else if (fails && now != null) {
      return now.result().get();
    }
    int result = (int) Intercepted.pass(real, method, arguments);
    note(name, arguments, result);
    return fails && now != null ? now.result().get() : result;
  }

  private void note(String name, Object[] arguments, int result) {
    switch (name) {
      case "inotifyInit1", "eventfd", "open", "openat", "memfdCreate" -> {
        if (result >= 0) {
          open.add(result);
        }
      }
      case "pipe2" -> {
        if (result == 0) {
          ByteBuffer pair = (ByteBuffer) arguments[0];
          open.add(pair.getInt(0));
          open.add(pair.getInt(Integer.BYTES));
        }
      }
      default -> {}
    }
  }
}
