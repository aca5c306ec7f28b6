package org.inotify4j.libc;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A kernel that plays inotify by script, so that what is rare can be tested: an overflow, a signal
 * in any call, a limit, a pair of records split over two reads, bytes that no kernel writes.
 *
 * <p>Its inotify instances, eventfds and memfds are made up, with numbers from {@value
 * ScriptedKernel#FIRST_DESCRIPTOR} on that are never given out twice. It behaves as Linux does: the
 * same path gets the same watch descriptor until the watch is removed, which queues IGNORED; {@code
 * poll} blocks; an eventfd is a counter. Events come from the script only ({@link #deliver}).
 * Directories are opened and listed by the machine's own kernel: a test makes real ones and scripts
 * their events.
 *
 * <p>Any thread may call any method.
 */
public final class ScriptedLibC implements LibC {

  /** The system calls, for the script to name. */
  public enum Call {
    INOTIFY_INIT1,
    INOTIFY_ADD_WATCH,
    INOTIFY_RM_WATCH,
    READ,
    WRITE,
    POLL,
    EVENTFD,
    IOCTL,
    OPEN,
    OPENAT,
    STATX,
    FSTATFS,
    GETDENTS64,
    MEMFD_CREATE,
    FCHMOD,
    FTRUNCATE,
    FCNTL,
    PIPE2,
    GETRLIMIT,
    CLOCK_GETTIME,
    CLOSE
  }

  private final Lock lock = new ReentrantLock();

  /** Signalled whenever a blocked call may go on. */
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final ScriptedKernel kernel = new ScriptedKernel();

  /** This kernel as {@link SystemLibC} would hand it out: its calls never return EINTR. */
  public LibC restarting() {
    return new RestartingLibC(this);
  }

  // The script.

  /** The {@code nth} call from now on fails; 1 is the next. */
  @CanIgnoreReturnValue
  public ScriptedLibC fail(Call call, int nth, Errno errno) {
    return script(k -> k.fail(call, k.calls(call) + nth, errno));
  }

  /** Every call fails from now on. */
  @CanIgnoreReturnValue
  public ScriptedLibC failAlways(Call call, Errno errno) {
    return script(k -> k.fail(call, ScriptedKernel.EVERY, errno));
  }

  /** Forgets the scripted errors of a call. */
  @CanIgnoreReturnValue
  public ScriptedLibC heal(Call call) {
    return script(k -> k.heal(call));
  }

  /** Adding a watch on the path fails; ENOENT is a path that is not there. */
  @CanIgnoreReturnValue
  public ScriptedLibC failPath(String path, Errno errno) {
    return script(k -> k.failPath(path, errno));
  }

  /** Adding fails with ENOSPC where an instance has so many watches already. */
  @CanIgnoreReturnValue
  public ScriptedLibC watchLimit(int limit) {
    return script(k -> k.watchLimit(limit));
  }

  /** Made-up descriptors fail with EMFILE where so many descriptors are open already. */
  @CanIgnoreReturnValue
  public ScriptedLibC descriptorLimit(int limit) {
    return script(k -> k.descriptorLimit(limit));
  }

  /** Every descriptor is on a file system of this type, as {@code f_type} has it. */
  @CanIgnoreReturnValue
  public ScriptedLibC fileSystemType(int type) {
    return script(k -> k.fileSystemType(type));
  }

  /** Queues records for the instance that was opened last. */
  @CanIgnoreReturnValue
  public ScriptedLibC deliver(EventRecord... records) {
    return script(
        k -> {
          for (EventRecord record : records) {
            k.newest().queue(record.encoded());
          }
        });
  }

  /** Queues bytes, possible or not, that one read gives out whole. */
  @CanIgnoreReturnValue
  public ScriptedLibC deliverRaw(byte[] bytes) {
    return script(k -> k.newest().queue(bytes.clone()));
  }

  /** A read that comes to this place in the queue ends before it. */
  @CanIgnoreReturnValue
  public ScriptedLibC split() {
    return script(k -> k.newest().split());
  }

  /** A read that begins at this place in the queue fails once. */
  @CanIgnoreReturnValue
  public ScriptedLibC deliverError(Errno errno) {
    return script(k -> k.newest().queueError(errno));
  }

  // What happened.

  /** How often a system call was made, failures included. */
  public int calls(Call call) {
    return ask(k -> k.calls(call));
  }

  /** The watch descriptor of a path in the instance that was opened last. */
  public int wd(String path) {
    return ask(k -> k.newest().wd(path));
  }

  /** The mask of a path's watch in the instance that was opened last. */
  public int mask(String path) {
    return ask(k -> k.newest().mask(path));
  }

  /**
   * The paths watched in the instance that was opened last, as they were first added, but for those
   * that stand for a descriptor.
   */
  public Set<String> watchedPaths() {
    Set<String> paths = ask(k -> k.newest().watchedPaths());
    paths.removeIf(path -> path.startsWith("/proc/self/fd/"));
    return paths;
  }

  /** The timeouts that {@code poll} was called with, in milliseconds. */
  public List<Integer> pollTimeouts() {
    return ask(k -> List.copyOf(k.pollTimeouts()));
  }

  /** The descriptors that are open. */
  public Set<Integer> openDescriptors() {
    return ask(k -> k.openDescriptors());
  }

  /** Fails the test if a descriptor was used or closed after it was closed. */
  public void assertNoMisuse() {
    List<String> misuse = ask(k -> k.misuse());
    if (!misuse.isEmpty()) {
      throw new AssertionError("descriptors used after they were closed: " + misuse);
    }
  }

  /** Fails the test if a descriptor is open, or was used or closed after it was closed. */
  public void assertAllClosed() {
    assertNoMisuse();
    Set<Integer> left = openDescriptors();
    if (!left.isEmpty()) {
      throw new AssertionError("descriptors left open: " + left);
    }
  }

  // The system calls.

  @Override
  public int inotifyInit1(int flags) {
    return call(Call.INOTIFY_INIT1, k -> k.inotifyInit1(flags));
  }

  @Override
  public int inotifyAddWatch(int fd, byte[] path, int mask) {
    return call(Call.INOTIFY_ADD_WATCH, k -> k.inotifyAddWatch(fd, path, mask));
  }

  @Override
  public int inotifyRmWatch(int fd, int wd) {
    return call(Call.INOTIFY_RM_WATCH, k -> k.inotifyRmWatch(fd, wd));
  }

  @Override
  public int read(int fd, ByteBuffer buffer, int count) {
    return call(
        Call.READ,
        k -> {
          int result = k.read(fd, buffer, count);
          while (Errno.EAGAIN.is(result) && k.blocks(fd)) {
            changed.awaitUninterruptibly();
            result = k.read(fd, buffer, count);
          }
          return result;
        });
  }

  @Override
  public int write(int fd, ByteBuffer buffer, int count) {
    return call(Call.WRITE, k -> k.write(fd, buffer, count));
  }

  @Override
  public int poll(ByteBuffer fds, int count, int timeoutMillis) {
    script(k -> k.pollTimeouts().add(timeoutMillis));
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    return call(
        Call.POLL,
        k -> timeoutMillis < 0 ? awaitReady(k, fds, count) : awaitReady(k, fds, count, end));
  }

  @Override
  public int eventfd(int initialValue, int flags) {
    return call(Call.EVENTFD, k -> k.eventfd(initialValue, flags));
  }

  @Override
  public int ioctl(int fd, long request, ByteBuffer argument) {
    return call(Call.IOCTL, k -> k.ioctl(fd, request, argument));
  }

  @Override
  public int open(byte[] path, int flags) {
    return call(Call.OPEN, k -> k.open(path, flags));
  }

  @Override
  public int openat(int directory, byte[] path, int flags) {
    return call(Call.OPENAT, k -> k.openat(directory, path, flags));
  }

  @Override
  public int statx(int directory, byte[] path, int flags, int mask, ByteBuffer status) {
    return call(Call.STATX, k -> k.statx(directory, path, flags, mask, status));
  }

  @Override
  public int statx(
      int directory, ByteBuffer paths, int start, int flags, int mask, ByteBuffer status) {
    return call(Call.STATX, k -> k.statx(directory, paths, start, flags, mask, status));
  }

  @Override
  public int fstatfs(int fd, ByteBuffer status) {
    return call(Call.FSTATFS, k -> k.fstatfs(fd, status));
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries, int count) {
    return call(Call.GETDENTS64, k -> k.getdents64(fd, entries, count));
  }

  @Override
  public int memfdCreate(byte[] name, int flags) {
    return call(Call.MEMFD_CREATE, k -> k.memfdCreate());
  }

  @Override
  public int fchmod(int fd, int mode) {
    return call(Call.FCHMOD, k -> k.changed("fchmod", fd, ScriptedInstance.ATTRIB));
  }

  @Override
  public int ftruncate(int fd, long length) {
    return call(Call.FTRUNCATE, k -> k.changed("ftruncate", fd, ScriptedInstance.MODIFY));
  }

  @Override
  public int fcntl(int fd, int command, int argument) {
    return call(Call.FCNTL, k -> k.fcntl(fd, command, argument));
  }

  @Override
  public int pipe2(ByteBuffer descriptors, int flags) {
    return call(Call.PIPE2, k -> k.pipe2(descriptors));
  }

  @Override
  public int getrlimit(int resource, ByteBuffer limit) {
    return call(Call.GETRLIMIT, k -> k.getrlimit(resource, limit));
  }

  @Override
  public int clockGettime(int clock, ByteBuffer time) {
    return call(Call.CLOCK_GETTIME, k -> k.clockGettime(clock, time));
  }

  @Override
  public int close(int fd) {
    return call(Call.CLOSE, k -> k.close(fd));
  }

  /** One system call: it is counted, fails if the script says so, and else does its work. */
  private int call(Call call, ToIntFunction<ScriptedKernel> work) {
    return ask(
        k -> {
          int scripted = k.begin(call);
          int result = scripted != 0 ? scripted : work.applyAsInt(k);
          changed.signalAll();
          return result;
        });
  }

  @CanIgnoreReturnValue
  private ScriptedLibC script(Consumer<ScriptedKernel> change) {
    return ask(
        k -> {
          change.accept(k);
          changed.signalAll();
          return this;
        });
  }

  private <T> T ask(Function<ScriptedKernel, T> question) {
    lock.lock();
    try {
      return question.apply(kernel);
    } finally {
      lock.unlock();
    }
  }

  private int awaitReady(ScriptedKernel k, ByteBuffer fds, int count) {
    int ready = k.ready(fds, count);
    while (ready == 0) {
      changed.awaitUninterruptibly();
      ready = k.ready(fds, count);
    }
    return ready;
  }

  /** Waits as poll(2) does, which knows nothing of Java's interrupts. */
  private int awaitReady(ScriptedKernel k, ByteBuffer fds, int count, long end) {
    boolean interrupted = false;
    int ready = k.ready(fds, count);
    long left = end - System.nanoTime();
    while (ready == 0 && left > 0) {
      try {
        left = changed.awaitNanos(left);
      } catch (InterruptedException e) {
        interrupted = true;
        left = end - System.nanoTime();
      }
      ready = k.ready(fds, count);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return ready;
  }
}
