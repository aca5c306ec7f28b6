package org.inotify4j.libc;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * The system calls by JNA's direct mapping.
 *
 * <p>errno: JNA saves it for the calling thread inside the native call itself, before the Java
 * virtual machine runs anything else, and {@link #result} reads what was saved, in the same method
 * and only where the call returned -1. Nothing stands between the two, so no other call of JNA can
 * overwrite it. ({@code LastErrorException} is not used: it is thrown whenever errno is set, also
 * when the call succeeded, and the result would be lost.)
 *
 * <p>Buffers are handed over by their {@linkplain Addresses addresses}, and kept reachable until
 * the call is over.
 */
@SuppressWarnings("ReachabilityFenceUsage") // Nothing throws before the fence.
final class JnaLibC implements LibC {

  /** Binds the functions; throws an {@link Error} where JNA cannot. */
  JnaLibC() {
    Functions.bind();
    Addresses.prepare();
  }

  @Override
  public int inotifyInit1(int flags) {
    return result(Functions.inotify_init1(flags));
  }

  @Override
  public int inotifyAddWatch(int fd, byte[] path, int mask) {
    NativeBytes bytes = NativeBytes.of(path);
    int returned = result(Functions.inotify_add_watch(fd, bytes.address(), mask));
    bytes.release();
    return returned;
  }

  @Override
  public int inotifyRmWatch(int fd, int wd) {
    return result(Functions.inotify_rm_watch(fd, wd));
  }

  @Override
  public int read(int fd, ByteBuffer buffer, int count) {
    int result = result(Functions.read(fd, Addresses.of(buffer), count));
    Reference.reachabilityFence(buffer);
    return result;
  }

  @Override
  public int write(int fd, ByteBuffer buffer, int count) {
    int result = result(Functions.write(fd, Addresses.of(buffer), count));
    Reference.reachabilityFence(buffer);
    return result;
  }

  @Override
  public int poll(ByteBuffer fds, int count, int timeoutMillis) {
    int result = result(Functions.poll(Addresses.of(fds), count, timeoutMillis));
    Reference.reachabilityFence(fds);
    return result;
  }

  @Override
  public int eventfd(int initialValue, int flags) {
    return result(Functions.eventfd(initialValue, flags));
  }

  @Override
  public int ioctl(int fd, long request, ByteBuffer argument) {
    int result = result(Functions.ioctl(fd, request, Addresses.of(argument)));
    Reference.reachabilityFence(argument);
    return result;
  }

  @Override
  public int open(byte[] path, int flags) {
    return result(Functions.open(path, flags));
  }

  @Override
  public int openat(int directory, byte[] path, int flags) {
    NativeBytes bytes = NativeBytes.of(path);
    int returned = result(Functions.openat(directory, bytes.address(), flags));
    bytes.release();
    return returned;
  }

  @Override
  public int statx(int directory, byte[] path, int flags, int mask, ByteBuffer status) {
    // C libraries before glibc 2.28 do not wrap this one.
    NativeBytes bytes = NativeBytes.of(path);
    long name = bytes.address();
    long address = Addresses.of(status);
    int result =
        result(Functions.syscall(SystemCall.STATX.number, directory, name, flags, mask, address));
    Reference.reachabilityFence(status);
    bytes.release();
    return result;
  }

  @Override
  public int statx(
      int directory, ByteBuffer paths, int start, int flags, int mask, ByteBuffer status) {
    long name = Addresses.of(paths) + start;
    long address = Addresses.of(status);
    int result =
        result(Functions.syscall(SystemCall.STATX.number, directory, name, flags, mask, address));
    Reference.reachabilityFence(paths);
    Reference.reachabilityFence(status);
    return result;
  }

  @Override
  public int fstatfs(int fd, ByteBuffer status) {
    int result = result(Functions.fstatfs(fd, Addresses.of(status)));
    Reference.reachabilityFence(status);
    return result;
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries, int count) {
    // C libraries before glibc 2.30 do not wrap this one.
    long address = Addresses.of(entries);
    int result = result(Functions.syscall(SystemCall.GETDENTS64.number, fd, address, count));
    Reference.reachabilityFence(entries);
    return result;
  }

  @Override
  public int memfdCreate(byte[] name, int flags) {
    return result(Functions.memfd_create(name, flags));
  }

  @Override
  public int fchmod(int fd, int mode) {
    return result(Functions.fchmod(fd, mode));
  }

  @Override
  public int ftruncate(int fd, long length) {
    return result(Functions.ftruncate(fd, length));
  }

  @Override
  public int fcntl(int fd, int command, int argument) {
    return result(Functions.fcntl(fd, command, argument));
  }

  @Override
  public int pipe2(ByteBuffer descriptors, int flags) {
    int result = result(Functions.pipe2(Addresses.of(descriptors), flags));
    Reference.reachabilityFence(descriptors);
    return result;
  }

  @Override
  public int getrlimit(int resource, ByteBuffer limit) {
    int result = result(Functions.getrlimit(resource, Addresses.of(limit)));
    Reference.reachabilityFence(limit);
    return result;
  }

  @Override
  public int clockGettime(int clock, ByteBuffer time) {
    int result = result(Functions.clock_gettime(clock, Addresses.of(time)));
    Reference.reachabilityFence(time);
    return result;
  }

  @Override
  public int close(int fd) {
    return result(Functions.close(fd));
  }

  private static int result(long returned) {
    return returned == -1 ? -Native.getLastError() : (int) returned;
  }

  /** The C functions under their own names, as JNA binds them. */
  private static final class Functions {

    /** Looks the functions up among those that the process has loaded already. */
    static void bind() {
      Native.register(Functions.class, NativeLibrary.getProcess());
    }

    static native int inotify_init1(int flags);

    static native int inotify_add_watch(int fd, long pathname, int mask);

    static native int inotify_rm_watch(int fd, int wd);

    static native long read(int fd, long buf, long count);

    static native long write(int fd, long buf, long count);

    static native int poll(long fds, long nfds, int timeout);

    static native int eventfd(int initval, int flags);

    static native int ioctl(int fd, long request, long argument);

    static native int open(byte[] pathname, int flags);

    static native int openat(int dirfd, long pathname, int flags);

    static native long syscall(long number, long fd, long dirp, long count);

    static native long syscall(
        long number, long dirfd, long pathname, long flags, long mask, long statxbuf);

    static native int fstatfs(int fd, long buf);

    static native int memfd_create(byte[] name, int flags);

    static native int fchmod(int fd, int mode);

    static native int ftruncate(int fd, long length);

    static native int fcntl(int fd, int cmd, long arg);

    static native int pipe2(long pipefd, int flags);

    static native int getrlimit(int resource, long rlim);

    static native int clock_gettime(int clockid, long tp);

    static native int close(int fd);

    private Functions() {}
  }
}
