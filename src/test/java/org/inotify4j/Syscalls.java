package org.inotify4j;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Function;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Path;

/** System calls that Java has no method for. A test that needs a missing one is skipped. */
public final class Syscalls {

  private static final int AT_FDCWD = -100;
  private static final int AT_SYMLINK_FOLLOW = 0x400;
  private static final int RENAME_EXCHANGE = 2;
  private static final int O_RDWR = 2;
  private static final int EOPNOTSUPP = 95;
  private static final int EINVAL = 22;
  private static final int EPERM = 1;

  private Syscalls() {}

  /** Swaps two entries in one step. */
  public static void exchange(Path one, Path other) throws IOException {
    check("renameat2", AT_FDCWD, one.toString(), AT_FDCWD, other.toString(), RENAME_EXCHANGE);
  }

  /** Opens a file without a name. */
  static int openNameless(Path directory) throws IOException {
    boolean arm = System.getProperty("os.arch", "").matches("aarch64|ppc64le");
    int directoryFlag = arm ? 0x4000 : 0x10000;
    return check("open", directory.toString(), 0x400000 | directoryFlag | O_RDWR, 0600);
  }

  static int openForWriting(Path file) throws IOException {
    return check("open", file.toString(), O_RDWR);
  }

  static void write(int fd, String text) throws IOException {
    check("write", fd, text, (long) text.length());
  }

  /** Gives a nameless file a name. */
  static void linkNameless(int fd, Path name) throws IOException {
    String magic = "/proc/self/fd/" + fd;
    check("linkat", AT_FDCWD, magic, AT_FDCWD, name.toString(), AT_SYMLINK_FOLLOW);
  }

  static void fallocate(int fd, long length) throws IOException {
    check("fallocate", fd, 0, 0L, length);
  }

  public static void close(int fd) throws IOException {
    check("close", fd);
  }

  /** The number by which the kernel knows the current thread. */
  public static int threadId() throws IOException {
    return check("gettid");
  }

  /** Sends a signal to one thread of this process. */
  public static void signal(int threadId, int signal) throws IOException {
    check("tgkill", (int) ProcessHandle.current().pid(), threadId, signal);
  }

  /** Has a shell run a command, in a child that inherits what is not close-on-exec: system(3). */
  public static void shell(String command) throws IOException {
    int status = check("system", command);
    if (status != 0) {
      throw new IOException(command + " failed: status " + status);
    }
  }

  /** Whether this is the superuser; a test that needs it is skipped otherwise. */
  public static void assumeRoot() {
    assumeTrue(isRoot(), "only root can do this");
  }

  static boolean isRoot() {
    return function("geteuid").invokeInt(new Object[0]) == 0;
  }

  static void mountTmpfs(Path at, long flags) throws IOException {
    check("mount", "none", at.toString(), "tmpfs", flags, "");
  }

  static void unmount(Path at) throws IOException {
    check("umount2", at.toString(), 0);
  }

  private static int check(String name, Object... arguments) throws IOException {
    int result = function(name).invokeInt(arguments);
    if (result >= 0) {
      return result;
    }
    int errno = Native.getLastError();
    if (errno == EOPNOTSUPP || errno == EINVAL || errno == EPERM) {
      abort(name + " is not possible here: errno " + errno);
    }
    throw new IOException(name + " failed: errno " + errno);
  }

  private static Function function(String name) {
    try {
      return NativeLibrary.getProcess().getFunction(name);
    } catch (UnsatisfiedLinkError e) {
      return abort("the C library has no " + name);
    }
  }
}
