package org.inotify4j;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which limit it was that the kernel met, since ENOSPC and EMFILE do not say.
 *
 * <p>Watches and instances are counted twice: against the {@code fs.inotify} setting of the system
 * and, inside of a user namespace (a container), against the {@code user} setting of that
 * namespace; the smaller one is met first. EMFILE can also be the process's own limit on
 * descriptors: then every new descriptor is refused, not just those of inotify.
 */
final class KernelLimits {

  /** The words that programs look for, since the JDK's own watch service says them. */
  private static final String NO_WATCHES = "User limit of inotify watches reached";

  private static final String NO_INSTANCES =
      "User limit of inotify instances reached or too many open files";

  private static final String NO_DESCRIPTORS = "Too many open files";

  private KernelLimits() {}

  /**
   * Loads what is needed to say which limit was met, while there are descriptors to load it with.
   */
  static void prepare() {
    Class<?> unused = INotifyLimitException.class;
  }

  static INotifyLimitException watches(String file) {
    return watches(file, INotifyLimitException.UNKNOWN);
  }

  /** As {@link #watches(String)}, where it is known how many a tree needs. */
  static INotifyLimitException watches(String file, long needed) {
    String setting = smaller("fs.inotify.max_user_watches", "user.max_inotify_watches");
    return ofSetting(file, NO_WATCHES, setting, needed);
  }

  static INotifyLimitException descriptorsOrInstances(LibC libC) {
    int probe = libC.eventfd(0, LibC.EFD_CLOEXEC);
    if (Errno.EMFILE.is(probe)) {
      return descriptors(libC, null);
    }
    if (probe >= 0) {
      libC.close(probe);
    }
    String setting = smaller("fs.inotify.max_user_instances", "user.max_inotify_instances");
    return ofSetting(null, NO_INSTANCES, setting, INotifyLimitException.UNKNOWN);
  }

  /** The process has as many descriptors as it may have. */
  static INotifyLimitException descriptors(LibC libC, @Nullable String file) {
    ByteBuffer limit = ByteBuffer.allocateDirect(2 * Long.BYTES).order(ByteOrder.nativeOrder());
    // Asked without needing a descriptor.
    boolean isKnown = libC.getrlimit(LibC.RLIMIT_NOFILE, limit) >= 0;
    long value = isKnown ? limit.getLong(0) : -1;
    return new INotifyLimitException(
        file,
        file == null ? NO_INSTANCES : NO_DESCRIPTORS,
        "RLIMIT_NOFILE",
        value,
        raise(value, limit.getLong(Long.BYTES)),
        INotifyLimitException.UNKNOWN);
  }

  /**
   * What raises the limit on descriptors: a program may do so up to the hard one, where a JVM puts
   * it by itself.
   */
  private static String raise(long soft, long hard) {
    long raised = soft < 0 ? 65536 : 2 * soft;
    // No limit is the largest number without a sign.
    return soft < 0 || Long.compareUnsigned(soft, hard) < 0
        ? "ulimit -n " + (soft < 0 || hard < 0 ? raised : Math.min(raised, hard))
        : "LimitNOFILE="
            + raised
            + " (systemd), nofile in /etc/security/limits.conf, or docker run --ulimit nofile="
            + raised;
  }

  /** The system has as many open files as it may have. */
  static INotifyLimitException openFilesOfTheSystem(@Nullable String file) {
    String summary = file == null ? NO_INSTANCES : NO_DESCRIPTORS;
    return ofSetting(file, summary, "fs.file-max", INotifyLimitException.UNKNOWN);
  }

  private static INotifyLimitException ofSetting(
      @Nullable String file, String summary, String setting, long needed) {
    long value = value(setting);
    // What is used already is used by this as well, at most.
    String raised = value < 0 ? "=N" : "=" + (value + Math.max(Math.max(1, value), needed));
    return new INotifyLimitException(
        file, summary, setting, value, "sysctl -w " + setting + raised, needed);
  }

  private static String smaller(String ofTheSystem, String ofTheNamespace) {
    long namespace = value(ofTheNamespace);
    return namespace >= 0 && namespace < value(ofTheSystem) ? ofTheNamespace : ofTheSystem;
  }

  private static long value(String setting) {
    return value(Path.of("/proc"), setting);
  }

  /** A sysctl setting, or -1. */
  static long value(Path proc, String setting) {
    try {
      // The kernel gives these files out in one read only: Files.readString asks for more.
      Path file = proc.resolve("sys").resolve(setting.replace('.', '/'));
      return Long.parseLong(Files.readAllLines(file).get(0).trim());
    } catch (IOException | RuntimeException e) {
      return -1;
    }
  }
}
