package org.inotify4j.poll;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.inotify4j.libc.LibC;

/**
 * How long the calling thread has had a processor, in nanoseconds: of the kernel, since what Java
 * has for it takes a module that a program may be without. For one thread at a time.
 */
final class ThreadTime {

  private static final int NOT_KNOWN = -1;

  private final LibC libC;
  private final ByteBuffer time =
      ByteBuffer.allocateDirect(2 * Long.BYTES).order(ByteOrder.nativeOrder());

  private ThreadTime(LibC libC) {
    this.libC = libC;
  }

  /** That clock, or one of all the time that goes by where the kernel does not tell. */
  static LongSupplier clock(LibC libC) {
    ThreadTime own = new ThreadTime(libC);
    return own.nanos() == NOT_KNOWN ? System::nanoTime : own::nanos;
  }

  private long nanos() {
    return libC.clockGettime(LibC.CLOCK_THREAD_CPUTIME_ID, time) < 0
        ? NOT_KNOWN
        : TimeUnit.SECONDS.toNanos(time.getLong(0)) + time.getLong(Long.BYTES);
  }
}
