package org.inotify4j.watch;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * The machine's kernel, which refuses directories by their names until a test has it otherwise, and
 * holds calls back: what only another user, or a limit, or luck would show.
 */
final class AlteredKernel {

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);
  private final Map<String, Errno> unreadable = new ConcurrentHashMap<>();
  private final Map<String, Errno> unwatchable = new ConcurrentHashMap<>();
  private final Map<String, Gate> beforeOpening = new ConcurrentHashMap<>();
  private final Map<String, Gate> beforeListing = new ConcurrentHashMap<>();
  private final Map<String, Gate> beforePlacing = new ConcurrentHashMap<>();
  private final List<String> placed = new CopyOnWriteArrayList<>();
  private volatile int capacity = Hubs.CAPACITY;
  private volatile @Nullable Gate reads;
  private volatile boolean hidesTypes;

  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC), capacity);
  }

  /** A hub whose poller reads so few bytes at a time. */
  Hub openHub(int bytes) throws IOException {
    capacity = bytes;
    return openHub();
  }

  /** To open a directory of this name for reading fails; {@code .} is the registered one. */
  void refuseToOpen(String name, Errno errno) {
    unreadable.put(name, errno);
  }

  /**
   * To watch a directory of this name fails; where that is for want of room, one that is watched
   * already is not refused, as by any kernel.
   */
  void refuseToWatch(String name, Errno errno) {
    unwatchable.put(name, errno);
  }

  void allow(String name) {
    unreadable.remove(name);
    unwatchable.remove(name);
  }

  /** Who opens a directory of this name waits, once. */
  Gate holdOpening(String name) {
    return beforeOpening.computeIfAbsent(name, any -> new Gate());
  }

  /** Who reads a directory of this name waits, once. */
  Gate holdListing(String name) {
    return beforeListing.computeIfAbsent(name, any -> new Gate());
  }

  /** Who watches a directory of this name waits, once. */
  Gate holdPlacing(String name) {
    return beforePlacing.computeIfAbsent(name, any -> new Gate());
  }

  /** Directories do not list what their entries are, as on some file systems. */
  void hideTypes() {
    hidesTypes = true;
  }

  /** The poller reads nothing until the gate is opened. */
  Gate holdReads() {
    Gate gate = new Gate();
    reads = gate;
    return gate;
  }

  /** The names of the directories that a watch was asked for so far, one for each call. */
  List<String> placed() {
    return List.copyOf(placed);
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    switch (method.getName()) {
      case "read" -> {
        if (arguments[2].equals(capacity)) {
          return pollerRead(method, arguments);
        }
      }
      case "openat" -> {
        String name = Intercepted.text(arguments[1]);
        boolean isToRead = ((int) arguments[2] & LibC.O_PATH) == 0;
        Errno errno = unreadable.get(name);
        if (isToRead && errno != null) {
          return -errno.number();
        }
        pass(isToRead ? beforeOpening.remove(name) : null);
      }
      case "getdents64" -> {
        if (!beforeListing.isEmpty()) {
          Path directory = Files.readSymbolicLink(Path.of("/proc/self/fd/" + arguments[0]));
          pass(beforeListing.remove(String.valueOf(directory.getFileName())));
        }
        int length = (int) Intercepted.pass(real, method, arguments);
        if (hidesTypes) {
          hideTypes((ByteBuffer) arguments[1], length);
        }
        return length;
      }
      case "inotifyAddWatch" -> {
        Path path = Path.of(Intercepted.text(arguments[1]));
        Path target = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : path;
        String name = String.valueOf(target.getFileName());
        if (!name.startsWith("memfd:")) {
          placed.add(name);
        }
        pass(beforePlacing.remove(name));
        Errno errno = unwatchable.get(name);
        if (errno != null && !(errno == Errno.ENOSPC && isWatched((int) arguments[0], path))) {
          return -errno.number();
        }
      }
      default -> {}
    }
    return Intercepted.pass(real, method, arguments);
  }

  private static boolean isWatched(int instance, Path path) throws IOException {
    String inode = Long.toHexString((Long) Files.getAttribute(path, "unix:ino"));
    return KernelView.watchedInodes(instance).contains(inode);
  }

  /** Waits beside the queue, so that a read which is held leaves in it what there is. */
  private Object pollerRead(Method method, Object[] arguments) throws Throwable {
    Readability.await(real, (int) arguments[0]);
    pass(reads);
    return Intercepted.pass(real, method, arguments);
  }

  /** Makes each {@code d_type} of {@code struct linux_dirent64} an unknown one. */
  private static void hideTypes(ByteBuffer entries, int length) {
    for (int at = 0;
        at < length;
        at += Short.toUnsignedInt(entries.order(ByteOrder.nativeOrder()).getShort(at + 16))) {
      entries.put(at + 18, (byte) 0);
    }
  }

  private static void pass(@Nullable Gate gate) {
    if (gate != null) {
      gate.pass();
    }
  }
}
