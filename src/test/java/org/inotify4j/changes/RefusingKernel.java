package org.inotify4j.changes;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.inotify4j.Flag;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.hub.Subscription;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * The machine's kernel, which refuses to watch directories by their names, and fails reads of the
 * queue; and one inotify instance of it, which stays open while a test has it.
 */
final class RefusingKernel implements Watching.Instance, AutoCloseable {

  private final LibC real = SystemLibC.get();
  private final Map<String, Errno> unwatchable = new ConcurrentHashMap<>();
  private final Subscription own = new Subscription();
  private final Hub hub;
  private final Map<String, Runnable> watched = new ConcurrentHashMap<>();
  private final Map<String, IntSupplier> opened = new ConcurrentHashMap<>();
  private final CountDownLatch isHeld = new CountDownLatch(1);
  private volatile @Nullable Errno ofReads;
  private volatile @Nullable Errno ofTypes;

  /** How often the type of a file system was asked for. */
  final AtomicInteger typesAsked = new AtomicInteger();

  private volatile CountDownLatch beforeReads = new CountDownLatch(0);

  /** What a test does in the middle of something. */
  interface Action {
    void run() throws Exception;
  }

  RefusingKernel() throws IOException {
    LibC libC = Intercepted.by(this::call);
    hub = Hubs.open(libC, ScriptedINotify.openForHub(libC));
    hub.attach(own);
  }

  @Override
  public Hub attach(Subscription subscription) {
    hub.attach(subscription);
    return hub;
  }

  Hub hub() {
    return hub;
  }

  /** To watch a directory of this name fails. */
  void refuseToWatch(String name, Errno errno) {
    unwatchable.put(name, errno);
  }

  void allow(String name) {
    unwatchable.remove(name);
  }

  /** To watch a directory of this name takes until that is called. */
  Runnable hold(String name) {
    CountDownLatch release = new CountDownLatch(1);
    beforeWatching(
        name,
        () -> {
          isHeld.countDown();
          try {
            release.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    return release::countDown;
  }

  /** Does something first when a directory of this name is watched, and nothing else could be. */
  void beforeWatching(String name, Runnable action) {
    watched.put(name, action);
  }

  /** What opening this path returns, not to read it. */
  void answerOpening(Path path, IntSupplier answer) {
    opened.put(path.toString(), answer);
  }

  void allowOpening(Path path) {
    opened.remove(path.toString());
  }

  /** The type of no file system is said from here on; null for each. */
  void refuseTypes(@Nullable Errno errno) {
    ofTypes = errno;
  }

  /** What the kernel tells is read when that is called. */
  Runnable holdReads() {
    CountDownLatch release = new CountDownLatch(1);
    beforeReads = release;
    return release::countDown;
  }

  /** Waits until somebody is about to watch what is held. */
  void awaitHeld() throws InterruptedException {
    isHeld.await();
  }

  /** Before a directory of this name is watched something happens, once. */
  void beforeWatchingOnce(String name, Action action) {
    beforeWatching(
        name,
        () -> {
          watched.remove(name);
          try {
            action.run();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** From here on what the poller reads is lost, and it cannot go on. */
  void failReads(Errno errno) {
    ofReads = errno;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("inotifyAddWatch")) {
      Path path = Path.of(Intercepted.text(arguments[1]));
      Path target = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : path;
      String name = String.valueOf(target.getFileName());
      Runnable before = watched.get(name);
      if (before != null && Flag.ONLYDIR.isIn((int) arguments[2])) {
        before.run();
      }
      Errno errno = unwatchable.get(name);
      if (errno != null) {
        return -errno.number();
      }
    }
    IntSupplier open =
        method.getName().equals("open") ? opened.get(Intercepted.text(arguments[0])) : null;
    if (open != null) {
      return open.getAsInt();
    }
    if (method.getName().equals("fstatfs")) {
      Errno errno = ofTypes;
      typesAsked.incrementAndGet();
      if (errno != null) {
        return -errno.number();
      }
    }
    boolean isOfQueue = method.getName().equals("read") && arguments[2].equals(Hubs.CAPACITY);
    if (isOfQueue) {
      beforeReads.await();
    }
    Object result = Intercepted.pass(real, method, arguments);
    Errno failing = ofReads;
    return isOfQueue && failing != null ? -failing.number() : result;
  }

  @Override
  public void close() {
    hub.detach(own);
  }
}
