package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.inotify4j.libc.Errno.EBADF;
import static org.inotify4j.libc.Errno.EINVAL;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inotify4j.libc.ScriptedLibC.Call;
import org.jspecify.annotations.Nullable;

/**
 * What {@link ScriptedLibC} is behind its lock: the table of descriptors and the script's errors.
 * Nothing here waits; what would is told by EAGAIN.
 */
final class ScriptedKernel {

  /** The number of the first made-up descriptor. */
  static final int FIRST_DESCRIPTOR = 1_000_000;

  /** In place of the number of a call: all of them. */
  static final int EVERY = 0;

  private static final short POLLNVAL = 0x20;
  private static final int POLLFD = 8;

  private final LibC real = SystemLibC.get();

  /** What is open: instances and counters, and a plain object for every other descriptor. */
  private final Map<Integer, Object> open = new HashMap<>();

  private final Set<Object> memfds = new HashSet<>();
  private final Set<Integer> closed = new HashSet<>();
  private final List<String> misuse = new ArrayList<>();
  private final List<Integer> pollTimeouts = new ArrayList<>();
  private final Map<Call, Integer> calls = new EnumMap<>(Call.class);

  /** Errors by call and the number of the call, counted from 1, or {@link #EVERY}. */
  private final Map<Call, Map<Integer, Errno>> errors = new EnumMap<>(Call.class);

  private final Map<String, Errno> pathErrors = new HashMap<>();
  private int nextDescriptor = FIRST_DESCRIPTOR;
  private int watchLimit = Integer.MAX_VALUE;
  private int descriptorLimit = Integer.MAX_VALUE;
  private @Nullable ScriptedInstance newest;
  private @Nullable Integer fileSystemType;

  // The script.

  void fail(Call call, int number, Errno errno) {
    errors.computeIfAbsent(call, c -> new HashMap<>()).put(number, errno);
  }

  void heal(Call call) {
    errors.remove(call);
  }

  void failPath(String path, Errno errno) {
    pathErrors.put(path, errno);
  }

  void watchLimit(int limit) {
    watchLimit = limit;
  }

  void descriptorLimit(int limit) {
    descriptorLimit = limit;
  }

  void fileSystemType(int type) {
    fileSystemType = type;
  }

  ScriptedInstance newest() {
    if (newest == null) {
      throw new IllegalStateException("the script needs an instance: open one first");
    }
    return newest;
  }

  // What happened.

  int calls(Call call) {
    return calls.getOrDefault(call, 0);
  }

  List<Integer> pollTimeouts() {
    return pollTimeouts;
  }

  Set<Integer> openDescriptors() {
    return Set.copyOf(open.keySet());
  }

  List<String> misuse() {
    return List.copyOf(misuse);
  }

  // The system calls.

  /** Counts a call. Returns 0, or what the script wants it to return. */
  int begin(Call call) {
    int number = calls.merge(call, 1, Integer::sum);
    Map<Integer, Errno> scripted = errors.getOrDefault(call, Map.of());
    Errno errno = scripted.getOrDefault(number, scripted.get(EVERY));
    return errno == null ? 0 : -errno.number();
  }

  int inotifyInit1(int flags) {
    if ((flags & ~(LibC.IN_NONBLOCK | LibC.IN_CLOEXEC)) != 0) {
      return -EINVAL.number();
    }
    ScriptedInstance instance = new ScriptedInstance((flags & LibC.IN_NONBLOCK) != 0);
    int result = register(instance);
    if (result >= 0) {
      newest = instance;
    }
    return result;
  }

  int inotifyAddWatch(int fd, byte[] path, int mask) {
    if (!(find("inotify_add_watch", fd) instanceof ScriptedInstance instance)) {
      return notTheKind(fd);
    }
    String text = new String(path, 0, path.length - 1, UTF_8);
    Errno errno = pathErrors.get(text);
    return errno != null
        ? -errno.number()
        : instance.add(text, watchedObject(text), mask, watchLimit);
  }

  int inotifyRmWatch(int fd, int wd) {
    return find("inotify_rm_watch", fd) instanceof ScriptedInstance instance
        ? instance.remove(wd)
        : notTheKind(fd);
  }

  /** Returns EAGAIN also where the descriptor {@link #blocks}. */
  int read(int fd, ByteBuffer buffer, int count) {
    Object object = find("read", fd);
    if (object instanceof ScriptedInstance instance) {
      return instance.read(buffer, count);
    }
    return object instanceof ScriptedCounter counter ? counter.read(buffer, count) : notTheKind(fd);
  }

  boolean blocks(int fd) {
    Object object = open.get(fd);
    return (object instanceof ScriptedInstance instance && !instance.nonblocking())
        || (object instanceof ScriptedCounter counter && !counter.nonblocking());
  }

  int write(int fd, ByteBuffer buffer, int count) {
    Object object = find("write", fd);
    if (object instanceof ScriptedCounter counter) {
      return counter.write(buffer, count);
    }
    return object instanceof ScriptedInstance ? -EBADF.number() : notTheKind(fd);
  }

  /** How many of the descriptors are ready, with {@code revents} filled in. */
  int ready(ByteBuffer fds, int count) {
    int ready = 0;
    for (int start = 0; start < count * POLLFD; start += POLLFD) {
      int fd = fds.getInt(start);
      int wanted = fds.getShort(start + 4);
      int found = fd < 0 ? 0 : state(find("poll", fd)) & (wanted | POLLNVAL);
      fds.putShort(start + 6, (short) found);
      ready += found != 0 ? 1 : 0;
    }
    return ready;
  }

  private static int state(@Nullable Object object) {
    if (object instanceof ScriptedInstance instance) {
      return instance.readable() ? LibC.POLLIN : 0;
    }
    if (object instanceof ScriptedCounter counter) {
      return counter.readable() ? LibC.POLLIN : 0;
    }
    return POLLNVAL;
  }

  int eventfd(int initialValue, int flags) {
    return (flags & ~(LibC.EFD_NONBLOCK | LibC.EFD_CLOEXEC)) != 0
        ? -EINVAL.number()
        : register(new ScriptedCounter(initialValue, (flags & LibC.EFD_NONBLOCK) != 0));
  }

  int ioctl(int fd, long request, ByteBuffer argument) {
    if (!(find("ioctl", fd) instanceof ScriptedInstance instance)
        || request != Processor.FIONREAD) {
      return notTheKind(fd);
    }
    argument.putInt(0, instance.available());
    return 0;
  }

  int open(byte[] path, int flags) {
    return registerReal(real.open(path, flags));
  }

  int openat(int directory, byte[] path, int flags) {
    return registerReal(real.openat(directory, path, flags));
  }

  int statx(int directory, byte[] path, int flags, int mask, ByteBuffer status) {
    return real.statx(directory, path, flags, mask, status);
  }

  int statx(int directory, ByteBuffer paths, int start, int flags, int mask, ByteBuffer status) {
    return real.statx(directory, paths, start, flags, mask, status);
  }

  int fstatfs(int fd, ByteBuffer status) {
    int result = real.fstatfs(fd, status);
    if (result == 0 && fileSystemType != null) {
      status.putInt(0, fileSystemType);
    }
    return result;
  }

  int clockGettime(int clock, ByteBuffer time) {
    return real.clockGettime(clock, time);
  }

  int getdents64(int fd, ByteBuffer entries, int count) {
    return real.getdents64(fd, entries, count);
  }

  int memfdCreate() {
    Object memfd = new Object();
    memfds.add(memfd);
    return register(memfd);
  }

  /** Tells the watches of a file that is made up, unless it is a pipe's and cannot be cut. */
  int changed(String call, int fd, int event) {
    Object object = find(call, fd);
    if (object == null) {
      return -EBADF.number();
    }
    if (event == ScriptedInstance.MODIFY && !memfds.contains(object)) {
      return -EINVAL.number();
    }
    for (Object other : open.values()) {
      if (other instanceof ScriptedInstance instance) {
        instance.changed(object, event);
      }
    }
    return 0;
  }

  int pipe2(ByteBuffer descriptors) {
    int read = register(new Object());
    int write = read < 0 ? read : register(new Object());
    if (write < 0) {
      open.remove(read);
      return write;
    }
    descriptors.putInt(0, read).putInt(Integer.BYTES, write);
    return 0;
  }

  int fcntl(int fd, int command, int argument) {
    return find("fcntl", fd) == null
        ? -EBADF.number()
        : fd < FIRST_DESCRIPTOR ? real.fcntl(fd, command, argument) : -EINVAL.number();
  }

  int getrlimit(int resource, ByteBuffer limit) {
    return real.getrlimit(resource, limit);
  }

  int close(int fd) {
    Object object = find("close", fd);
    if (object == null) {
      return -EBADF.number();
    }
    open.remove(fd);
    if (fd < FIRST_DESCRIPTOR) {
      return real.close(fd);
    }
    closed.add(fd);
    for (Object other : open.values()) {
      if (other instanceof ScriptedInstance instance) {
        instance.destroyed(object);
      }
    }
    return 0;
  }

  private int register(Object object) {
    if (open.size() >= descriptorLimit) {
      return -Errno.EMFILE.number();
    }
    open.put(nextDescriptor, object);
    return nextDescriptor++;
  }

  private int registerReal(int result) {
    if (result >= 0) {
      open.put(result, new Object());
    }
    return result;
  }

  private @Nullable Object find(String call, int fd) {
    if (closed.contains(fd)) {
      misuse.add(call + "(" + fd + ")");
    }
    return open.get(fd);
  }

  private int notTheKind(int fd) {
    return open.containsKey(fd) ? -EINVAL.number() : -EBADF.number();
  }

  /** What a watch on a path belongs to: a memfd of this kernel, or else the path stands for it. */
  private Object watchedObject(String path) {
    String prefix = "/proc/self/fd/";
    if (path.matches(prefix + "\\d+")) {
      Object object = open.get(Integer.parseInt(path.substring(prefix.length())));
      if (object != null) {
        return object;
      }
    }
    return path;
  }
}
