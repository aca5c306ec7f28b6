package org.inotify4j.watch;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CountDownLatch;
import org.inotify4j.hub.Hub;

/** Keeps a service's thread from reading, until it is closed. */
final class StalledPoller implements AutoCloseable {

  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  private StalledPoller() {}

  /**
   * Stalls the thread of a service.
   *
   * @param key a key of the service: the JDK's thread is stalled by its monitor
   * @param directory where the key is told of creations: the JDK's thread gets one to be stalled by
   */
  static StalledPoller of(WatchService service, WatchKey key, Path directory)
      throws IOException, InterruptedException {
    StalledPoller stalled = new StalledPoller();
    CountDownLatch begun = new CountDownLatch(1);
    if (service instanceof INotifyWatchService ours) {
      hubOf(ours)
          .mark(
              () -> {
                begun.countDown();
                stalled.await();
              });
      stalled.over.countDown();
    } else {
      Thread holder =
          new Thread(
              () -> {
                synchronized (key) {
                  begun.countDown();
                  stalled.await();
                }
                stalled.over.countDown();
              });
      holder.setDaemon(true);
      holder.start();
    }
    begun.await();
    if (!(service instanceof INotifyWatchService)) {
      Files.createFile(directory.resolve("stalling"));
    }
    return stalled;
  }

  /** By reflection, since on the boot class path it is of another package than the tests are. */
  private static Hub hubOf(INotifyWatchService service) throws IOException {
    try {
      Method hub = INotifyWatchService.class.getDeclaredMethod("hub");
      hub.setAccessible(true);
      return (Hub) hub.invoke(service);
    } catch (ReflectiveOperationException e) {
      throw new IOException(e);
    }
  }

  private void await() {
    awaitUninterruptibly(released);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    released.countDown();
    awaitUninterruptibly(over);
  }
}
