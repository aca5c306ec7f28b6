package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.inotify4j.libc.Errno;

/** Goes through something as often as it makes a call, and each time another one fails. */
final class EachCallFails {

  private static final int IN_PARALLEL = 16;
  private static final int MOST_CALLS = 200;

  private EachCallFails() {}

  /** What is gone through, in a thread of its own each time. */
  interface Life {
    /**
     * Goes through it.
     *
     * @param kernel the kernel of a hub of its own
     * @param arm to be run where the calls begin that are to be counted
     * @throws AssertionError if the call that fails is not made good
     */
    void live(PickyKernel kernel, Runnable arm) throws Exception;
  }

  /** At which of the calls a failure is not made good, and what is wrong then. */
  static Map<Integer, String> failures(String call, Errno errno, Life life) throws Exception {
    int calls = countCalls(call, life);
    assertThat(calls).as("calls of %s", call).isBetween(1, MOST_CALLS);
    ExecutorService threads = Executors.newFixedThreadPool(IN_PARALLEL);
    try {
      Map<Integer, Future<String>> results = new TreeMap<>();
      for (int nth = 1; nth <= calls; nth++) {
        int number = nth;
        results.put(nth, threads.submit(() -> failure(call, errno, number, life)));
      }
      Map<Integer, String> failures = new TreeMap<>();
      for (Map.Entry<Integer, Future<String>> result : results.entrySet()) {
        String failure = result.getValue().get();
        if (!failure.isEmpty()) {
          failures.put(result.getKey(), failure);
        }
      }
      return failures;
    } finally {
      threads.shutdownNow();
    }
  }

  private static int countCalls(String call, Life life) throws Exception {
    PickyKernel kernel = new PickyKernel();
    AtomicReference<PickyKernel.Refusal> none = new AtomicReference<>();
    life.live(kernel, () -> none.set(kernel.refuseNth(call, Integer.MAX_VALUE, 1)));
    return none.get().calls();
  }

  private static String failure(String call, Errno errno, int nth, Life life) throws Exception {
    PickyKernel kernel = new PickyKernel();
    try {
      life.live(kernel, () -> kernel.refuseNth(call, nth, errno.number()));
      return "";
    } catch (AssertionError | RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
