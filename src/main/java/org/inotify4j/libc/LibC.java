package org.inotify4j.libc;

import java.nio.ByteBuffer;

/**
 * The system calls that inotify4j makes, one method each.
 *
 * <p>Every method returns what the system call returned, or {@code -errno} where it failed (see
 * {@link Errno}); none throws for a failed call. {@code ByteBuffer} arguments are direct, in native
 * byte order, and stand for their first byte: position and limit are neither read nor changed. Path
 * and name arguments are bytes that end with a NUL. The methods may be called from any thread.
 */
public interface LibC {

  /** {@code inotify_init1}: no read of the descriptor blocks. */
  int IN_NONBLOCK = 0x800;

  /** {@code inotify_init1}: the descriptor is closed when a program is executed. */
  int IN_CLOEXEC = 0x80000;

  /** {@code eventfd}: no read or write of the descriptor blocks. */
  int EFD_NONBLOCK = 0x800;

  /** {@code eventfd}: the descriptor is closed when a program is executed. */
  int EFD_CLOEXEC = 0x80000;

  /** {@code memfd_create}: the descriptor is closed when a program is executed. */
  int MFD_CLOEXEC = 0x1;

  /**
   * {@code memfd_create}: the file can never be executed; some systems insist on it. Since Linux
   * 6.3.
   */
  int MFD_NOEXEC_SEAL = 0x8;

  /** {@code open}: for reading. */
  int O_RDONLY = 0;

  /** {@code open}: the descriptor is closed when a program is executed. */
  int O_CLOEXEC = 0x80000;

  /**
   * {@code open}: a descriptor that only stands for the file: nothing is opened, nobody notices.
   */
  int O_PATH = 0x200000;

  /** {@code open}: who opens what is no plain file does not wait for its other end. */
  int O_NONBLOCK = 0x800;

  /** {@code fcntl}: which signal tells that somebody wants what a lease holds back. */
  int F_SETSIG = 10;

  /** {@code fcntl}: takes a lease on a file, or gives it back; what kind is the argument. */
  int F_SETLEASE = 1024;

  /** {@code fcntl}: a lease that is refused where somebody has the file open for writing. */
  int F_RDLCK = 0;

  /** {@code openat}: relative to the current directory. */
  int AT_FDCWD = -100;

  /** {@code statx}: of a symbolic link itself. */
  int AT_SYMLINK_NOFOLLOW = 0x100;

  /** {@code statx}: of what the descriptor stands for, where the path is empty. */
  int AT_EMPTY_PATH = 0x1000;

  /** {@code statx}: a file system's server is asked, whatever is kept of what it said. */
  int AT_STATX_FORCE_SYNC = 0x2000;

  /** {@code poll}: there is something to read. */
  short POLLIN = 0x1;

  /** {@code poll}: there is something exceptional, such as a change of the mounts. */
  short POLLPRI = 0x2;

  /** {@code clock_gettime}: the time of day that files are stamped with, a tick old at most. */
  int CLOCK_REALTIME_COARSE = 5;

  /** {@code clock_gettime}: how long the calling thread has had a processor. */
  int CLOCK_THREAD_CPUTIME_ID = 3;

  /** {@code fstatfs}: what {@code struct statfs} takes, on every processor. */
  int STATFS_SIZE = 120;

  /** {@code getrlimit}: one more than the highest descriptor of the process. */
  int RLIMIT_NOFILE = 7;

  /**
   * {@code int inotify_init1(int flags)}.
   *
   * @param flags {@link #IN_NONBLOCK}, {@link #IN_CLOEXEC}
   * @return a descriptor, or {@code -errno}
   */
  int inotifyInit1(int flags);

  /**
   * {@code int inotify_add_watch(int fd, const char *pathname, uint32_t mask)}.
   *
   * @param fd an inotify descriptor
   * @param path the path, with a NUL at its end
   * @param mask event and option bits
   * @return a watch descriptor, or {@code -errno}
   */
  int inotifyAddWatch(int fd, byte[] path, int mask);

  /**
   * {@code int inotify_rm_watch(int fd, int wd)}.
   *
   * @param fd an inotify descriptor
   * @param wd a watch descriptor
   * @return 0, or {@code -errno}
   */
  int inotifyRmWatch(int fd, int wd);

  /**
   * {@code ssize_t read(int fd, void *buf, size_t count)}.
   *
   * @param fd a descriptor
   * @param buffer where the bytes go
   * @param count how many bytes there is room for
   * @return the number of bytes read, or {@code -errno}
   */
  int read(int fd, ByteBuffer buffer, int count);

  /**
   * {@code ssize_t write(int fd, const void *buf, size_t count)}.
   *
   * @param fd a descriptor
   * @param buffer the bytes
   * @param count how many of them
   * @return the number of bytes written, or {@code -errno}
   */
  int write(int fd, ByteBuffer buffer, int count);

  /**
   * {@code int poll(struct pollfd *fds, nfds_t nfds, int timeout)}.
   *
   * @param fds {@code struct pollfd { int fd; short events; short revents; }}, {@code count} times
   * @param count how many there are
   * @param timeoutMillis how long to wait, in milliseconds; 0 does not wait, -1 waits for good
   * @return how many are ready, 0 when the time is over, or {@code -errno}
   */
  int poll(ByteBuffer fds, int count, int timeoutMillis);

  /**
   * {@code int eventfd(unsigned int initval, int flags)}.
   *
   * @param initialValue the counter's first value
   * @param flags {@link #EFD_NONBLOCK}, {@link #EFD_CLOEXEC}
   * @return a descriptor, or {@code -errno}
   */
  int eventfd(int initialValue, int flags);

  /**
   * {@code int ioctl(int fd, unsigned long request, void *argument)}.
   *
   * @param fd a descriptor
   * @param request {@link Processor#FIONREAD}
   * @param argument where the answer goes: an {@code int} for {@link Processor#FIONREAD}
   * @return 0, or {@code -errno}
   */
  int ioctl(int fd, long request, ByteBuffer argument);

  /**
   * {@code int open(const char *pathname, int flags)}.
   *
   * @param path the path, with a NUL at its end
   * @param flags such as {@link #O_RDONLY}, {@link #O_CLOEXEC}, {@link Processor#O_DIRECTORY}
   * @return a descriptor, or {@code -errno}
   */
  int open(byte[] path, int flags);

  /**
   * {@code int openat(int dirfd, const char *pathname, int flags)}.
   *
   * @param directory the descriptor of a directory, or {@link #AT_FDCWD}
   * @param path the path relative to it, with a NUL at its end
   * @param flags such as {@link #O_RDONLY}, {@link #O_CLOEXEC}, {@link Processor#O_DIRECTORY}
   * @return a descriptor, or {@code -errno}
   */
  int openat(int directory, byte[] path, int flags);

  /**
   * {@code int statx(int dirfd, const char *pathname, int flags, unsigned int mask, struct statx
   * *statxbuf)}.
   *
   * @param directory the descriptor of a directory, or {@link #AT_FDCWD}
   * @param path the path relative to it, with a NUL at its end
   * @param flags {@link #AT_SYMLINK_NOFOLLOW}, {@link #AT_EMPTY_PATH}
   * @param mask what is asked for
   * @param status where the {@code struct statx} goes, which has 256 bytes
   * @return 0, or {@code -errno}
   */
  int statx(int directory, byte[] path, int flags, int mask, ByteBuffer status);

  /**
   * The same of a path that lies in memory outside of the heap already, as a name that {@code
   * getdents64} wrote there: nothing is copied.
   *
   * @param directory the descriptor of a directory, or {@link #AT_FDCWD}
   * @param paths where the path is, with a NUL at its end
   * @param start the index of its first byte
   * @param flags {@link #AT_SYMLINK_NOFOLLOW}, {@link #AT_EMPTY_PATH}, {@link #AT_STATX_FORCE_SYNC}
   * @param mask what is asked for
   * @param status where the {@code struct statx} goes, which has 256 bytes
   * @return 0, or {@code -errno}
   */
  int statx(int directory, ByteBuffer paths, int start, int flags, int mask, ByteBuffer status);

  /**
   * {@code int fstatfs(int fd, struct statfs *buf)}.
   *
   * @param fd a descriptor, which may be one of {@link #O_PATH}
   * @param status where the {@code struct statfs} goes, which has {@link #STATFS_SIZE} bytes at
   *     most. Its first field is the type of the file system, in four bytes on s390x and in eight
   *     elsewhere: all of them processors on which the number is in the first four
   * @return 0, or {@code -errno}
   */
  int fstatfs(int fd, ByteBuffer status);

  /**
   * {@code ssize_t getdents64(int fd, void *dirp, size_t count)}.
   *
   * @param fd the descriptor of a directory
   * @param entries where the {@code struct linux_dirent64} records go
   * @param count how many bytes there is room for
   * @return the number of bytes filled, 0 at the directory's end, or {@code -errno}
   */
  int getdents64(int fd, ByteBuffer entries, int count);

  /**
   * {@code int memfd_create(const char *name, unsigned int flags)}.
   *
   * @param name a name for people, with a NUL at its end
   * @param flags {@link #MFD_CLOEXEC}, {@link #MFD_NOEXEC_SEAL}
   * @return a descriptor, or {@code -errno}
   */
  int memfdCreate(byte[] name, int flags);

  /**
   * {@code int fchmod(int fd, mode_t mode)}.
   *
   * @param fd a descriptor
   * @param mode who may do what with the file
   * @return 0, or {@code -errno}
   */
  int fchmod(int fd, int mode);

  /**
   * {@code int ftruncate(int fd, off_t length)}.
   *
   * @param fd a descriptor that is open for writing
   * @param length how long the file is then, in bytes
   * @return 0, or {@code -errno}
   */
  int ftruncate(int fd, long length);

  /**
   * {@code int fcntl(int fd, int cmd, int arg)}.
   *
   * @param fd a descriptor
   * @param command such as {@link #F_SETLEASE}
   * @param argument what the command takes
   * @return what the command gives, or {@code -errno}
   */
  int fcntl(int fd, int command, int argument);

  /**
   * {@code int pipe2(int pipefd[2], int flags)}.
   *
   * @param descriptors where the two descriptors go: the end to read from, the end to write to
   * @param flags {@link #O_CLOEXEC}
   * @return 0, or {@code -errno}
   */
  int pipe2(ByteBuffer descriptors, int flags);

  /**
   * {@code int getrlimit(int resource, struct rlimit *rlim)}.
   *
   * @param resource {@link #RLIMIT_NOFILE}
   * @param limit where the limit goes: {@code struct rlimit { long soft; long hard; }}
   * @return 0, or {@code -errno}
   */
  int getrlimit(int resource, ByteBuffer limit);

  /**
   * {@code int clock_gettime(clockid_t clockid, struct timespec *tp)}.
   *
   * @param clock {@link #CLOCK_REALTIME_COARSE}, {@link #CLOCK_THREAD_CPUTIME_ID}
   * @param time where the time goes: {@code struct timespec { long seconds; long nanoseconds; }}
   * @return 0, or {@code -errno}
   */
  int clockGettime(int clock, ByteBuffer time);

  /**
   * {@code int close(int fd)}. The descriptor is gone whatever is returned.
   *
   * @param fd a descriptor
   * @return 0, or {@code -errno}
   */
  int close(int fd);
}
