package org.inotify4j.libc;

import static org.inotify4j.libc.Errno.EAGAIN;
import static org.inotify4j.libc.Errno.EINVAL;

import java.nio.ByteBuffer;

/** An eventfd of the {@link ScriptedKernel}. */
final class ScriptedCounter {

  private final boolean nonblocking;
  private long value;

  ScriptedCounter(int initialValue, boolean nonblocking) {
    this.value = Integer.toUnsignedLong(initialValue);
    this.nonblocking = nonblocking;
  }

  boolean nonblocking() {
    return nonblocking;
  }

  boolean readable() {
    return value != 0;
  }

  int read(ByteBuffer buffer, int count) {
    if (count < Long.BYTES) {
      return -EINVAL.number();
    }
    if (value == 0) {
      return -EAGAIN.number();
    }
    buffer.putLong(0, value);
    value = 0;
    return Long.BYTES;
  }

  int write(ByteBuffer buffer, int count) {
    if (count < Long.BYTES || buffer.getLong(0) == -1) {
      return -EINVAL.number();
    }
    value += buffer.getLong(0);
    return Long.BYTES;
  }
}
