package org.inotify4j.follow;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;

/** The machine's kernel, whose poller comes to no mark while a test holds what it has read. */
final class HeldReads {

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);
  private volatile CountDownLatch held = new CountDownLatch(0);

  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }

  void hold() {
    held = new CountDownLatch(1);
  }

  void release() {
    held.countDown();
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    Object result = Intercepted.pass(real, method, arguments);
    // Behind the read: one that is on its way while hold() is called has nothing newer.
    if (method.getName().equals("read") && arguments[2].equals(Hubs.CAPACITY)) {
      if (!held.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("not released");
      }
    }
    return result;
  }
}
