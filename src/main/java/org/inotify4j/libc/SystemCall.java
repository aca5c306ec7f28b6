package org.inotify4j.libc;

/**
 * The numbers by which the kernel knows its system calls: those of x86-64, of POWER, of s390x, and
 * of all processors that came to Linux later, which share theirs.
 *
 * <p>Calls that the later processors lack have a younger one here, which all have: {@code ppoll}
 * for {@code poll}, {@code openat} for {@code open}, {@code prlimit64} for {@code getrlimit}.
 */
enum SystemCall {
  INOTIFY_INIT1(294, 318, 324, 26),
  INOTIFY_ADD_WATCH(254, 276, 285, 27),
  INOTIFY_RM_WATCH(255, 277, 286, 28),
  READ(0, 3, 3, 63),
  WRITE(1, 4, 4, 64),
  PPOLL(271, 281, 302, 73),
  EVENTFD2(290, 314, 323, 19),
  IOCTL(16, 54, 54, 29),
  OPENAT(257, 286, 288, 56),
  STATX(332, 383, 379, 291),
  FSTATFS(138, 100, 100, 44),
  GETDENTS64(217, 202, 220, 61),
  MEMFD_CREATE(319, 360, 350, 279),
  FCHMOD(91, 94, 94, 52),
  FTRUNCATE(77, 93, 93, 46),
  FCNTL(72, 55, 55, 25),
  PIPE2(293, 317, 325, 59),
  PRLIMIT64(302, 325, 334, 261),
  CLOCK_GETTIME(228, 246, 260, 113),
  CLOSE(3, 6, 6, 57);

  private final int amd64;
  private final int ppc64le;
  private final int s390x;
  private final int others;

  /** On the processor that the program runs on. */
  final long number;

  SystemCall(int amd64, int ppc64le, int s390x, int others) {
    this.amd64 = amd64;
    this.ppc64le = ppc64le;
    this.s390x = s390x;
    this.others = others;
    this.number = on(System.getProperty("os.arch", ""));
  }

  /** The number on a processor, which is named as {@code os.arch} names it. */
  int on(String processor) {
    return switch (processor) {
      case "amd64" -> amd64;
      case "ppc64le" -> ppc64le;
      case "s390x" -> s390x;
      default -> others;
    };
  }
}
