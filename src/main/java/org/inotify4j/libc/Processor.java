package org.inotify4j.libc;

/** The numbers of the kernel's interface that differ between processors. */
public final class Processor {

  private static final String NAME = System.getProperty("os.arch", "");
  private static final boolean ARM = NAME.equals("aarch64");
  private static final boolean POWER = NAME.equals("ppc64le");

  /** {@code open}: fail with ENOTDIR where the path is not a directory. */
  public static final int O_DIRECTORY = ARM || POWER ? 0x4000 : 0x10000;

  /** {@code open}: fail with ELOOP where the last part of the path is a symbolic link. */
  public static final int O_NOFOLLOW = ARM || POWER ? 0x8000 : 0x20000;

  /** {@code ioctl}: how many bytes can be read now. */
  public static final long FIONREAD = POWER ? 0x4004667F : 0x541B;

  private Processor() {}

  /** Whether the numbers here, in {@link SystemCall} and in {@link Errno} hold for a processor. */
  static boolean isKnown(String name) {
    return switch (name) {
      case "amd64", "aarch64", "ppc64le", "s390x", "riscv64", "loongarch64" -> true;
      default -> false;
    };
  }
}
