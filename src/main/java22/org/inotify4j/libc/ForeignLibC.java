package org.inotify4j.libc;

import static org.inotify4j.libc.SystemCall.CLOCK_GETTIME;
import static org.inotify4j.libc.SystemCall.CLOSE;
import static org.inotify4j.libc.SystemCall.EVENTFD2;
import static org.inotify4j.libc.SystemCall.FCHMOD;
import static org.inotify4j.libc.SystemCall.FCNTL;
import static org.inotify4j.libc.SystemCall.FSTATFS;
import static org.inotify4j.libc.SystemCall.FTRUNCATE;
import static org.inotify4j.libc.SystemCall.GETDENTS64;
import static org.inotify4j.libc.SystemCall.INOTIFY_ADD_WATCH;
import static org.inotify4j.libc.SystemCall.INOTIFY_INIT1;
import static org.inotify4j.libc.SystemCall.INOTIFY_RM_WATCH;
import static org.inotify4j.libc.SystemCall.IOCTL;
import static org.inotify4j.libc.SystemCall.MEMFD_CREATE;
import static org.inotify4j.libc.SystemCall.OPENAT;
import static org.inotify4j.libc.SystemCall.PIPE2;
import static org.inotify4j.libc.SystemCall.PPOLL;
import static org.inotify4j.libc.SystemCall.PRLIMIT64;
import static org.inotify4j.libc.SystemCall.READ;
import static org.inotify4j.libc.SystemCall.STATX;
import static org.inotify4j.libc.SystemCall.WRITE;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * The system calls by {@code java.lang.foreign}, which Java has since 22: this class is in the
 * jar's part for that release, and {@link Layer} looks it up by its name.
 *
 * <p>Each is made by its number, through {@link Syscall}. Buffers are handed over by their
 * addresses, and kept reachable until the call is over; bytes on the heap are copied.
 */
@SuppressWarnings("ReachabilityFenceUsage") // Nothing throws before the fence.
final class ForeignLibC implements LibC {

  /** No argument there. */
  private static final long NONE = 0;

  private final Syscall syscall = new Syscall();

  /**
   * Links what is needed, and makes a first call: later there may be no descriptor left to load a
   * class with.
   */
  ForeignLibC() {
    int result = close(-1);
    if (!Errno.EBADF.is(result)) {
      throw new UnsupportedOperationException("close(-1) returned ".concat(describe(result)));
    }
  }

  private static String describe(int result) {
    return result < 0 ? Errno.describe(result) : Integer.toString(result);
  }

  @Override
  public int inotifyInit1(int flags) {
    return call(INOTIFY_INIT1, flags, NONE, NONE);
  }

  @Override
  public int inotifyAddWatch(int fd, byte[] path, int mask) {
    return callWithPath(INOTIFY_ADD_WATCH, fd, path, mask, NONE, NONE);
  }

  @Override
  public int inotifyRmWatch(int fd, int wd) {
    return call(INOTIFY_RM_WATCH, fd, wd, NONE);
  }

  @Override
  public int read(int fd, ByteBuffer buffer, int count) {
    int result = call(READ, fd, addressOf(buffer), count);
    Reference.reachabilityFence(buffer);
    return result;
  }

  @Override
  public int write(int fd, ByteBuffer buffer, int count) {
    int result = call(WRITE, fd, addressOf(buffer), count);
    Reference.reachabilityFence(buffer);
    return result;
  }

  @Override
  public int poll(ByteBuffer fds, int count, int timeoutMillis) {
    CallMemory memory = syscall.take();
    long time = NONE;
    if (timeoutMillis >= 0) {
      memory.putTime(timeoutMillis);
      time = memory.address();
    }
    int result = syscall.call(memory, PPOLL, addressOf(fds), count, time, NONE, NONE);
    Reference.reachabilityFence(fds);
    return result;
  }

  @Override
  public int eventfd(int initialValue, int flags) {
    return call(EVENTFD2, initialValue, flags, NONE);
  }

  @Override
  public int ioctl(int fd, long request, ByteBuffer argument) {
    int result = call(IOCTL, fd, request, addressOf(argument));
    Reference.reachabilityFence(argument);
    return result;
  }

  @Override
  public int open(byte[] path, int flags) {
    return openat(AT_FDCWD, path, flags);
  }

  @Override
  public int openat(int directory, byte[] path, int flags) {
    return callWithPath(OPENAT, directory, path, flags, NONE, NONE);
  }

  @Override
  public int statx(int directory, byte[] path, int flags, int mask, ByteBuffer status) {
    int result = callWithPath(STATX, directory, path, flags, mask, addressOf(status));
    Reference.reachabilityFence(status);
    return result;
  }

  @Override
  public int statx(
      int directory, ByteBuffer paths, int start, int flags, int mask, ByteBuffer status) {
    long path = addressOf(paths) + start;
    long address = addressOf(status);
    int result = syscall.call(syscall.take(), STATX, directory, path, flags, mask, address);
    Reference.reachabilityFence(paths);
    Reference.reachabilityFence(status);
    return result;
  }

  @Override
  public int fstatfs(int fd, ByteBuffer status) {
    int result = call(FSTATFS, fd, addressOf(status), NONE);
    Reference.reachabilityFence(status);
    return result;
  }

  @Override
  public int clockGettime(int clock, ByteBuffer time) {
    int result = call(CLOCK_GETTIME, clock, addressOf(time), NONE);
    Reference.reachabilityFence(time);
    return result;
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries, int count) {
    int result = call(GETDENTS64, fd, addressOf(entries), count);
    Reference.reachabilityFence(entries);
    return result;
  }

  @Override
  public int memfdCreate(byte[] name, int flags) {
    CallMemory memory = syscall.take(name);
    return syscall.call(memory, MEMFD_CREATE, memory.address(), flags, NONE, NONE, NONE);
  }

  @Override
  public int fchmod(int fd, int mode) {
    return call(FCHMOD, fd, mode, NONE);
  }

  @Override
  public int ftruncate(int fd, long length) {
    return call(FTRUNCATE, fd, length, NONE);
  }

  @Override
  public int fcntl(int fd, int command, int argument) {
    return call(FCNTL, fd, command, argument);
  }

  @Override
  public int pipe2(ByteBuffer descriptors, int flags) {
    int result = call(PIPE2, addressOf(descriptors), flags, NONE);
    Reference.reachabilityFence(descriptors);
    return result;
  }

  @Override
  public int getrlimit(int resource, ByteBuffer limit) {
    // Of this process, and without a new limit.
    long address = addressOf(limit);
    int result = syscall.call(syscall.take(), PRLIMIT64, 0, resource, NONE, address, NONE);
    Reference.reachabilityFence(limit);
    return result;
  }

  @Override
  public int close(int fd) {
    return call(CLOSE, fd, NONE, NONE);
  }

  private int call(SystemCall call, long a, long b, long c) {
    return syscall.call(syscall.take(), call, a, b, c, NONE, NONE);
  }

  /** One whose second argument is a path. */
  private int callWithPath(SystemCall call, int a, byte[] path, long c, long d, long e) {
    CallMemory memory = syscall.take(path);
    return syscall.call(memory, call, a, memory.address(), c, d, e);
  }

  /** The address of a direct buffer's first byte, whatever its position. */
  private static long addressOf(ByteBuffer buffer) {
    return MemorySegment.ofBuffer(buffer).address() - buffer.position();
  }
}
