package org.inotify4j.libc;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * Repeats a system call that a signal interrupted, so that no caller ever sees EINTR.
 *
 * <p>This is the one place that does. A {@code poll} with a timeout is repeated with what is left
 * of it, so that signals do not make it longer. {@code close} is never repeated: Linux has released
 * the descriptor when it returns EINTR, and the number may belong to another thread already.
 */
final class RestartingLibC implements LibC {

  private final LibC libC;

  RestartingLibC(LibC libC) {
    this.libC = libC;
  }

  @Override
  public int inotifyInit1(int flags) {
    return libC.inotifyInit1(flags);
  }

  @Override
  public int inotifyAddWatch(int fd, byte[] path, int mask) {
    int result;
    do {
      result = libC.inotifyAddWatch(fd, path, mask);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int inotifyRmWatch(int fd, int wd) {
    return libC.inotifyRmWatch(fd, wd);
  }

  @Override
  public int read(int fd, ByteBuffer buffer, int count) {
    int result;
    do {
      result = libC.read(fd, buffer, count);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int write(int fd, ByteBuffer buffer, int count) {
    int result;
    do {
      result = libC.write(fd, buffer, count);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int poll(ByteBuffer fds, int count, int timeoutMillis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    int result = libC.poll(fds, count, timeoutMillis);
    while (Errno.EINTR.is(result)) {
      int left = timeoutMillis <= 0 ? timeoutMillis : millisUntil(end);
      result = libC.poll(fds, count, left);
    }
    return result;
  }

  @Override
  public int eventfd(int initialValue, int flags) {
    return libC.eventfd(initialValue, flags);
  }

  @Override
  public int ioctl(int fd, long request, ByteBuffer argument) {
    return libC.ioctl(fd, request, argument);
  }

  @Override
  public int open(byte[] path, int flags) {
    int result;
    do {
      result = libC.open(path, flags);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int openat(int directory, byte[] path, int flags) {
    int result;
    do {
      result = libC.openat(directory, path, flags);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int statx(int directory, byte[] path, int flags, int mask, ByteBuffer status) {
    int result;
    do {
      result = libC.statx(directory, path, flags, mask, status);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int statx(
      int directory, ByteBuffer paths, int start, int flags, int mask, ByteBuffer status) {
    int result;
    do {
      result = libC.statx(directory, paths, start, flags, mask, status);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int fstatfs(int fd, ByteBuffer status) {
    int result;
    do {
      result = libC.fstatfs(fd, status);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int getdents64(int fd, ByteBuffer entries, int count) {
    int result;
    do {
      result = libC.getdents64(fd, entries, count);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int memfdCreate(byte[] name, int flags) {
    return libC.memfdCreate(name, flags);
  }

  @Override
  public int fchmod(int fd, int mode) {
    return libC.fchmod(fd, mode);
  }

  @Override
  public int ftruncate(int fd, long length) {
    int result;
    do {
      result = libC.ftruncate(fd, length);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int fcntl(int fd, int command, int argument) {
    int result;
    do {
      result = libC.fcntl(fd, command, argument);
    } while (Errno.EINTR.is(result));
    return result;
  }

  @Override
  public int pipe2(ByteBuffer descriptors, int flags) {
    return libC.pipe2(descriptors, flags);
  }

  @Override
  public int getrlimit(int resource, ByteBuffer limit) {
    return libC.getrlimit(resource, limit);
  }

  @Override
  public int clockGettime(int clock, ByteBuffer time) {
    return libC.clockGettime(clock, time);
  }

  @Override
  public int close(int fd) {
    return libC.close(fd);
  }

  private static int millisUntil(long end) {
    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime() + 999_999);
    return (int) Math.max(0, left);
  }
}
