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

import com.sun.jna.Native;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.function.ToLongFunction;
import org.inotify4j.base.Spares;

/**
 * The system calls by JNA's direct mapping, each by its number, through {@link JnaSyscall}.
 *
 * <p>errno: JNA saves it for the calling thread inside the native call itself, before the Java
 * virtual machine runs anything else, and {@link #call} reads what was saved, in the same method
 * and only where the call returned -1. Nothing stands between the two, so no other call of JNA can
 * overwrite it. ({@code LastErrorException} is not used: it is thrown whenever errno is set, also
 * when the call succeeded, and the result would be lost.)
 *
 * <p>Buffers are handed over by their {@linkplain Addresses addresses}, and kept reachable until
 * the call is over; bytes on the heap are copied.
 */
@SuppressWarnings("ReachabilityFenceUsage") // Nothing throws before the fence.
final class JnaLibC implements LibC {

  /** No argument there. */
  private static final long NONE = 0;

  /** The number of a call, and its arguments. */
  private static final int WORDS = 6;

  private final ToLongFunction<long[]> syscall;
  private final Spares<long[]> words = new Spares<>();

  /**
   * Binds what is needed, and makes a first call: later there may be no descriptor left to load a
   * class with. Throws an {@link Error} where JNA cannot.
   */
  JnaLibC() {
    this.syscall = JnaBinding.make();
    Addresses.prepare();
    int result = close(-1);
    if (!Errno.EBADF.is(result)) {
      throw new UnsupportedOperationException("close(-1) returned " + result);
    }
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
    int result = call(READ, fd, Addresses.of(buffer), count);
    Reference.reachabilityFence(buffer);
    return result;
  }

  @Override
  public int write(int fd, ByteBuffer buffer, int count) {
    int result = call(WRITE, fd, Addresses.of(buffer), count);
    Reference.reachabilityFence(buffer);
    return result;
  }

  @Override
  public int poll(ByteBuffer fds, int count, int timeoutMillis) {
    int result;
    if (timeoutMillis < 0) {
      result = call(PPOLL, Addresses.of(fds), count, NONE, NONE, NONE);
    } else {
      NativeBytes time = NativeBytes.ofTime(timeoutMillis);
      result = call(PPOLL, Addresses.of(fds), count, time.address(), NONE, NONE);
      time.release();
    }
    Reference.reachabilityFence(fds);
    return result;
  }

  @Override
  public int eventfd(int initialValue, int flags) {
    return call(EVENTFD2, initialValue, flags, NONE);
  }

  @Override
  public int ioctl(int fd, long request, ByteBuffer argument) {
    int result = call(IOCTL, fd, request, Addresses.of(argument));
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
    int result = callWithPath(STATX, directory, path, flags, mask, Addresses.of(status));
    Reference.reachabilityFence(status);
    return result;
  }

  @Override
  public int statx(
      int directory, ByteBuffer paths, int start, int flags, int mask, ByteBuffer status) {
    long path = Addresses.of(paths) + start;
    long address = Addresses.of(status);
    int result = call(STATX, directory, path, flags, mask, address);
    Reference.reachabilityFence(paths);
    Reference.reachabilityFence(status);
    return result;
  }

  @Override
  public int fstatfs(int fd, ByteBuffer status) {
    int result = call(FSTATFS, fd, Addresses.of(status), NONE);
    Reference.reachabilityFence(status);
    return result;
  }

  @Override
  public int clockGettime(int clock, ByteBuffer time) {
    int result = call(CLOCK_GETTIME, clock, Addresses.of(time), NONE);
    Reference.reachabilityFence(time);
    return result;
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries, int count) {
    int result = call(GETDENTS64, fd, Addresses.of(entries), count);
    Reference.reachabilityFence(entries);
    return result;
  }

  @Override
  public int memfdCreate(byte[] name, int flags) {
    NativeBytes bytes = NativeBytes.of(name);
    int result = call(MEMFD_CREATE, bytes.address(), flags, NONE);
    bytes.release();
    return result;
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
    int result = call(PIPE2, Addresses.of(descriptors), flags, NONE);
    Reference.reachabilityFence(descriptors);
    return result;
  }

  @Override
  public int getrlimit(int resource, ByteBuffer limit) {
    // Of this process, and without a new limit.
    long address = Addresses.of(limit);
    int result = call(PRLIMIT64, 0, resource, NONE, address, NONE);
    Reference.reachabilityFence(limit);
    return result;
  }

  @Override
  public int close(int fd) {
    return call(CLOSE, fd, NONE, NONE);
  }

  private int call(SystemCall call, long a, long b, long c) {
    return call(call, a, b, c, NONE, NONE);
  }

  private int call(SystemCall call, long a, long b, long c, long d, long e) {
    long[] kept = words.take();
    long[] all = kept != null ? kept : new long[WORDS];
    all[0] = call.number;
    all[1] = a;
    all[2] = b;
    all[3] = c;
    all[4] = d;
    all[5] = e;
    long returned = syscall.applyAsLong(all);
    int result = returned == -1 ? -Native.getLastError() : (int) returned;
    words.keep(all);
    return result;
  }

  /** One whose second argument is a path. */
  private int callWithPath(SystemCall call, int a, byte[] path, long c, long d, long e) {
    NativeBytes bytes = NativeBytes.of(path);
    int result = call(call, a, bytes.address(), c, d, e);
    bytes.release();
    return result;
  }
}
