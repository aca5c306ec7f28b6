package org.inotify4j.libc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** The machine's own kernel, with a count of the calls that a signal interrupted. */
final class InterruptedCalls {

  private final AtomicInteger count = new AtomicInteger();
  private final LibC libC;

  /** By a layer. */
  InterruptedCalls(Layer layer) {
    libC = new RestartingLibC(counting(layer.open()));
  }

  int count() {
    return count.get();
  }

  /** Restarts what it has counted. */
  LibC libC() {
    return libC;
  }

  private LibC counting(LibC real) {
    return (LibC)
        Proxy.newProxyInstance(
            LibC.class.getClassLoader(),
            new Class<?>[] {LibC.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                if (Errno.EINTR.is((int) result)) {
                  count.incrementAndGet();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
