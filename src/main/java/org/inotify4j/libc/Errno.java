package org.inotify4j.libc;

/**
 * The error numbers that the system calls of {@link LibC} return, with their names.
 *
 * <p>The numbers are those of Linux on every processor that {@link SystemLibC} accepts.
 */
public enum Errno {
  /** The operation is not permitted. */
  EPERM(1, "operation not permitted"),
  /** There is no such file, or a part of the path is missing. */
  ENOENT(2, "no such file or directory"),
  /** A signal interrupted the call before it did anything. */
  EINTR(4, "interrupted by a signal"),
  /** The device failed. */
  EIO(5, "input/output error"),
  /** The number is not an open descriptor. */
  EBADF(9, "not an open descriptor"),
  /** There is nothing to read now. */
  EAGAIN(11, "nothing there yet"),
  /** The kernel has no memory for it. */
  ENOMEM(12, "the kernel is out of memory"),
  /** A permission is missing. */
  EACCES(13, "permission denied"),
  /** An address is outside of the process's memory. */
  EFAULT(14, "bad address"),
  /** It exists already. */
  EEXIST(17, "exists already"),
  /** The device, or the server of the file system, is not there any more. */
  ENODEV(19, "no such device"),
  /** A part of the path is not a directory. */
  ENOTDIR(20, "not a directory"),
  /** An argument is not valid. */
  EINVAL(22, "invalid argument"),
  /** The system has too many open files. */
  ENFILE(23, "too many open files in the system"),
  /** The process or user has too many open files. */
  EMFILE(24, "too many open files"),
  /** A limit on space, or on inotify watches, was met. */
  ENOSPC(28, "no space left, or no watch left"),
  /** The path or a name in it is too long. */
  ENAMETOOLONG(36, "file name too long"),
  /** The kernel does not have the call. */
  ENOSYS(38, "not implemented by this kernel"),
  /** Too many symbolic links were met on the way. */
  ELOOP(40, "Too many levels of symbolic links or unable to access attributes of symbolic link"),
  /** The server of the file system ended while it was asked. */
  ECONNABORTED(103, "the server of the file system has gone away"),
  /** The server of the file system has ended, and the mount is still there. */
  ENOTCONN(107, "Transport endpoint is not connected"),
  /** The server of the file system did not answer in time. */
  ETIMEDOUT(110, "the server of the file system does not answer"),
  /** The server's machine is down. */
  EHOSTDOWN(112, "the machine of the server is down"),
  /** There is no way to the server. */
  EHOSTUNREACH(113, "no route to the server"),
  /** The server has another file, or none, where this one was. */
  ESTALE(116, "stale file handle: the server has it no more");

  private final int number;
  private final String description;

  Errno(int number, String description) {
    this.number = number;
    this.description = description;
  }

  /**
   * The number.
   *
   * @return the positive number that {@code errno} takes
   */
  public int number() {
    return number;
  }

  /**
   * Whether a system call failed with this error.
   *
   * @param result what a method of {@link LibC} returned
   * @return whether it is this error, negated
   */
  public boolean is(int result) {
    return result == -number;
  }

  /** Whether it is for want of a descriptor that a call has failed: this process's, or any. */
  public static boolean isForWantOfDescriptors(int result) {
    return EMFILE.is(result) || ENFILE.is(result);
  }

  /** The error in words, without its name. */
  public String description() {
    return description;
  }

  /**
   * The error in words.
   *
   * @param result what a method of {@link LibC} returned, a negative number
   * @return a description with the error's name or number, such as {@code "no such file or
   *     directory (ENOENT)"}
   */
  public static String describe(int result) {
    for (Errno errno : values()) {
      if (errno.is(result)) {
        return errno.description + " (" + errno.name() + ")";
      }
    }
    return "error number " + -result;
  }
}
