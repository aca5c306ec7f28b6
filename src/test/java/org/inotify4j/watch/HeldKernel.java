package org.inotify4j.watch;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * A kernel, the machine's own or another, some of whose calls a test holds back: the poller's
 * reads, so that events gather in the kernel's queue, and the placing of a watch, as on a slow file
 * system.
 */
final class HeldKernel {

  private final LibC real;
  private final int capacity;
  private final LibC libC = Intercepted.by(this::call);
  private final Map<String, Gate> beforePlacing = new ConcurrentHashMap<>();
  private final Map<String, Gate> afterPlacing = new ConcurrentHashMap<>();
  private volatile @Nullable Gate reads;
  private volatile @Nullable Errno memfdError;
  private volatile @Nullable Errno pipeError;
  private volatile int memfdFlags;
  private volatile int refusedFlags;
  private volatile boolean hidesFdinfo;

  HeldKernel() {
    this(SystemLibC.get());
  }

  HeldKernel(LibC real) {
    this(real, Hubs.CAPACITY);
  }

  /** The machine's own, where the poller reads so many bytes at a time. */
  HeldKernel(int capacity) {
    this(SystemLibC.get(), capacity);
  }

  private HeldKernel(LibC real, int capacity) {
    this.real = real;
    this.capacity = capacity;
  }

  /** A hub over this kernel. */
  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC), capacity);
  }

  /** The poller reads nothing until the gate is opened. */
  Gate holdReads() {
    Gate gate = new Gate();
    reads = gate;
    return gate;
  }

  /** A registration of the path waits before it comes to the kernel. */
  Gate holdBeforePlacing(Path path) {
    return beforePlacing.computeIfAbsent(path.toString(), key -> new Gate());
  }

  /** A registration of the path waits after the kernel has placed the watch. */
  Gate holdAfterPlacing(Path path) {
    return afterPlacing.computeIfAbsent(path.toString(), key -> new Gate());
  }

  /** No private files any more, and so no marks in the queue; null for what the kernel says. */
  void failMemfd(@Nullable Errno errno) {
    memfdError = errno;
  }

  /** Private files are for those only who ask with these flags. */
  void allowMemfdWith(int flags) {
    memfdFlags = flags;
  }

  /** Private files are refused to who asks with these flags. */
  void failMemfdWith(int flags, Errno errno) {
    refusedFlags = flags;
    memfdError = errno;
  }

  /** No pipes any more. */
  void failPipe(@Nullable Errno errno) {
    pipeError = errno;
  }

  /** The kernel does not tell which watches there are. */
  void hideFdinfo() {
    hidesFdinfo = true;
  }

  /** It does again. */
  void showFdinfo() {
    hidesFdinfo = false;
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "read" -> {
        if (arguments[2].equals(capacity)) {
          return pollerRead(method, arguments);
        }
      }
      case "open" -> {
        if (hidesFdinfo && Intercepted.text(arguments[0]).startsWith("/proc/self/fdinfo/")) {
          return -Errno.ENOENT.number();
        }
      }
      case "memfdCreate" -> {
        Errno errno = memfdError;
        boolean isAllowed = memfdFlags != 0 && ((int) arguments[1] & memfdFlags) == memfdFlags;
        boolean isRefused = ((int) arguments[1] & refusedFlags) == refusedFlags;
        if (errno != null && !isAllowed && isRefused) {
          return -errno.number();
        }
      }
      case "pipe2" -> {
        Errno errno = pipeError;
        if (errno != null) {
          return -errno.number();
        }
      }
      case "inotifyAddWatch" -> {
        pass(beforePlacing.remove(Intercepted.text(arguments[1])));
        Object wd = Intercepted.pass(real, method, arguments);
        pass(afterPlacing.remove(Intercepted.text(arguments[1])));
        return wd;
      }
      default -> {}
    }
    return Intercepted.pass(real, method, arguments);
  }

  /** Waits beside the queue, so that a read which is held leaves in it what there is. */
  private Object pollerRead(Method method, Object[] arguments) throws Throwable {
    Readability.await(real, (int) arguments[0]);
    pass(reads);
    return Intercepted.pass(real, method, arguments);
  }

  private static void pass(@Nullable Gate gate) {
    if (gate != null) {
      gate.pass();
    }
  }
}
