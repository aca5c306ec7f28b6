package org.inotify4j.libc;

import static org.inotify4j.libc.Errno.EAGAIN;
import static org.inotify4j.libc.Errno.EEXIST;
import static org.inotify4j.libc.Errno.EINVAL;
import static org.inotify4j.libc.Errno.ENOSPC;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** An inotify instance of the {@link ScriptedKernel}: its watches and its queue. */
final class ScriptedInstance {

  static final int MODIFY = 0x2;
  static final int ATTRIB = 0x4;
  private static final int IGNORED = 0x8000;
  private static final int DELETE_SELF = 0x400;
  private static final int MASK_CREATE = 0x1000_0000;
  private static final int MASK_ADD = 0x2000_0000;

  /** What the queue holds besides the bytes of records, which are {@code byte[]}. */
  private enum Mark {
    /** A read ends here. */
    SPLIT
  }

  private final boolean nonblocking;
  private final Map<Integer, Watch> watches = new LinkedHashMap<>();

  /** {@code byte[]}, {@link Mark} or {@link Errno}. */
  private final Deque<Object> queue = new ArrayDeque<>();

  private int lastWd;

  ScriptedInstance(boolean nonblocking) {
    this.nonblocking = nonblocking;
  }

  boolean nonblocking() {
    return nonblocking;
  }

  // The queue.

  void queue(byte[] bytes) {
    queue.add(bytes);
  }

  void split() {
    queue.add(Mark.SPLIT);
  }

  void queueError(Errno errno) {
    queue.add(errno);
  }

  boolean readable() {
    return queue.stream().anyMatch(element -> element != Mark.SPLIT);
  }

  /** The bytes there are. An error counts as one, so that whoever asks first goes on to read. */
  int available() {
    int bytes = 0;
    for (Object element : queue) {
      bytes += element instanceof byte[] record ? record.length : element instanceof Errno ? 1 : 0;
    }
    return bytes;
  }

  int read(ByteBuffer buffer, int count) {
    while (queue.peek() == Mark.SPLIT) {
      queue.remove();
    }
    if (queue.peek() instanceof Errno errno) {
      queue.remove();
      return -errno.number();
    }
    if (queue.isEmpty()) {
      return -EAGAIN.number();
    }
    int length = 0;
    while (queue.peek() instanceof byte[] record && record.length <= count - length) {
      buffer.put(length, record);
      length += record.length;
      queue.remove();
    }
    return length > 0 ? length : -EINVAL.number();
  }

  // The watches.

  int add(String path, Object object, int mask, int limit) {
    if (mask == 0 || ((mask & MASK_ADD) != 0 && (mask & MASK_CREATE) != 0)) {
      return -EINVAL.number();
    }
    int events = mask & ~(MASK_ADD | MASK_CREATE);
    for (Map.Entry<Integer, Watch> entry : watches.entrySet()) {
      Watch watch = entry.getValue();
      if (watch.object.equals(object)) {
        if ((mask & MASK_CREATE) != 0) {
          return -EEXIST.number();
        }
        watch.mask = (mask & MASK_ADD) != 0 ? watch.mask | events : events;
        return entry.getKey();
      }
    }
    if (watches.size() >= limit) {
      return -ENOSPC.number();
    }
    watches.put(++lastWd, new Watch(path, object, events));
    return lastWd;
  }

  int remove(int wd) {
    if (watches.remove(wd) == null) {
      return -EINVAL.number();
    }
    queue(EventRecord.of(wd, IGNORED).encoded());
    return 0;
  }

  /** An object that may be watched here is not as it was. */
  void changed(Object object, int event) {
    watches.forEach(
        (wd, watch) -> {
          if (watch.object.equals(object) && (watch.mask & event) != 0) {
            queue(EventRecord.of(wd, event).encoded());
          }
        });
  }

  /** An object that may be watched here is gone. */
  void destroyed(Object object) {
    for (Map.Entry<Integer, Watch> entry : Map.copyOf(watches).entrySet()) {
      if (entry.getValue().object.equals(object)) {
        if ((entry.getValue().mask & DELETE_SELF) != 0) {
          queue(EventRecord.of(entry.getKey(), DELETE_SELF).encoded());
        }
        remove(entry.getKey());
      }
    }
  }

  int wd(String path) {
    for (Map.Entry<Integer, Watch> entry : watches.entrySet()) {
      if (entry.getValue().path.equals(path)) {
        return entry.getKey();
      }
    }
    throw new AssertionError("not watched: " + path + "; watched are " + watchedPaths());
  }

  int mask(String path) {
    Watch watch = watches.get(wd(path));
    if (watch == null) {
      throw new AssertionError("not watched: " + path);
    }
    return watch.mask;
  }

  Set<String> watchedPaths() {
    Set<String> paths = new LinkedHashSet<>();
    watches.values().forEach(watch -> paths.add(watch.path));
    return paths;
  }

  /** A watch: belongs to the object, whatever paths lead to it. */
  private static final class Watch {
    final String path;
    final Object object;
    int mask;

    Watch(String path, Object object, int mask) {
      this.path = path;
      this.object = object;
      this.mask = mask;
    }
  }
}
