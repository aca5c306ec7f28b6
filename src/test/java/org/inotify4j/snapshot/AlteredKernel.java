package org.inotify4j.snapshot;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;

/** The machine's kernel, with calls that a test has otherwise, and a count of open descriptors. */
final class AlteredKernel {

  /** What a call gives in place of its result, or does before. */
  interface Alteration {
    int apply(Object[] arguments, int result);
  }

  private final LibC real = SystemLibC.get();
  private final Map<String, Alteration> alterations = new ConcurrentHashMap<>();
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();

  final LibC libC = Intercepted.by(this::call);

  /** Gives the results of a call to an alteration. */
  void alter(String call, Alteration alteration) {
    alterations.put(call, alteration);
  }

  /** The same where only the result matters. */
  void alter(String call, IntUnaryOperator result) {
    alter(call, (arguments, given) -> result.applyAsInt(given));
  }

  /** Does something before each call. */
  void before(String call, Runnable what) {
    before.put(call, what);
  }

  int open() {
    return open.get();
  }

  int mostOpen() {
    return mostOpen.get();
  }

  /** The last direct buffer among the arguments: what the call fills. */
  static ByteBuffer filled(Object[] arguments) {
    ByteBuffer last = null;
    for (Object argument : arguments) {
      last = argument instanceof ByteBuffer buffer ? buffer : last;
    }
    if (last == null) {
      throw new AssertionError("no buffer");
    }
    return last;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    String name = method.getName();
    before.getOrDefault(name, () -> {}).run();
    int result = (int) Intercepted.pass(real, method, arguments);
    count(name, result);
    Alteration alteration = alterations.get(name);
    if (alteration == null) {
      return result;
    }
    int altered = alteration.apply(arguments, result);
    if (altered < 0 && result >= 0 && name.startsWith("open")) {
      real.close(result);
      open.decrementAndGet();
    }
    return altered;
  }

  private void count(String name, int result) {
    if (name.startsWith("open") && result >= 0) {
      int now = open.incrementAndGet();
      mostOpen.accumulateAndGet(now, Math::max);
    } else if (name.equals("close") && result == 0) {
      open.decrementAndGet();
    }
  }
}
