package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;

/**
 * The machine's kernel, in which a call of a worker ends otherwise; other threads wait before their
 * first visit of a directory until a worker has come to that call.
 */
final class HelpedKernel {

  private static final int PATIENCE_SECONDS = 30;

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);
  private final String altered;
  private final Supplier<Integer> result;
  private final CountDownLatch isReached = new CountDownLatch(1);
  private final AtomicInteger times = new AtomicInteger();

  /**
   * A kernel.
   *
   * @param altered the name of the call, as of {@link LibC}
   * @param result gives what it returns to a worker, or throws
   */
  HelpedKernel(String altered, Supplier<Integer> result) {
    this.altered = altered;
    this.result = result;
  }

  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }

  /** How many calls of workers ended otherwise. */
  int times() {
    return times.get();
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    boolean isWorker = Thread.currentThread().getName().startsWith("inotify4j-worker-");
    boolean isVisit = method.getName().equals("openat") && !isSelf((byte[]) arguments[1]);
    if (isWorker && method.getName().equals(altered)) {
      times.incrementAndGet();
      isReached.countDown();
      return result.get();
    } else if (!isWorker && isVisit) {
      assertThat(isReached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("a worker helps").isTrue();
    }
    return Intercepted.pass(real, method, arguments);
  }

  private static boolean isSelf(byte[] path) {
    return path.length == 2 && path[0] == '.';
  }
}
