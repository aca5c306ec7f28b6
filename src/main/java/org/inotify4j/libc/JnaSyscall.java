package org.inotify4j.libc;

import java.util.function.ToLongFunction;

/**
 * The C library's {@code long syscall(long number, ...)}, which makes any system call, as JNA binds
 * it.
 *
 * <p>The function is given the number and five arguments. It is one of an interface of the JDK's,
 * and knows no other class, so that {@link JnaBinding} can have it in a class loader of its own.
 */
final class JnaSyscall implements ToLongFunction<long[]> {

  JnaSyscall() {}

  @Override
  public long applyAsLong(long[] call) {
    return syscall(call[0], call[1], call[2], call[3], call[4], call[5]);
  }

  private static native long syscall(long number, long a, long b, long c, long d, long e);
}
