package org.inotify4j.watch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.inotify4j.libc.LibC;

/** Waits until a descriptor can be read, for kernels that hold a read back. */
final class Readability {

  private static final int POLLFD = 8;
  private static final int EVENTS = 4;

  private Readability() {}

  static void await(LibC libC, int fd) {
    ByteBuffer pollfd = ByteBuffer.allocateDirect(POLLFD).order(ByteOrder.nativeOrder());
    pollfd.putInt(0, fd).putShort(EVENTS, LibC.POLLIN);
    int unused = libC.poll(pollfd, 1, -1);
  }
}
