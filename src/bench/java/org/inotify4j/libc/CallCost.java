package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntSupplier;

/**
 * What a system call costs by each layer, in processor time of the calling thread: the best of some
 * rounds.
 *
 * <pre>
 * mvn -q -B -Pbench test-compile exec:exec -Dbench.class=org.inotify4j.libc.CallCost
 * </pre>
 */
public final class CallCost {

  private static final int CALLS = 200_000;
  private static final int ROUNDS = 12;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CallCost() {}

  /** Takes no argument. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Files.createTempDirectory("call-cost");
    byte[] path = (directory + "\0").getBytes(UTF_8);
    ByteBuffer memory = ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder());
    for (Layer layer : Layer.values()) {
      if (layer.isOfThisJava()) {
        LibC libC = new RestartingLibC(layer.open());
        int inotify = libC.inotifyInit1(LibC.IN_NONBLOCK | LibC.IN_CLOEXEC);
        System.out.printf(
            "%-30s add_watch %5d ns, read (EAGAIN) %5d ns, rm_watch (EINVAL) %5d ns%n",
            layer.description(),
            best(() -> libC.inotifyAddWatch(inotify, path, 0x100)),
            best(() -> libC.read(inotify, memory, memory.capacity())),
            best(() -> libC.inotifyRmWatch(inotify, 999)));
        libC.close(inotify);
      }
    }
    Files.delete(directory);
  }

  private static long best(IntSupplier call) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = THREADS.getCurrentThreadCpuTime();
      for (int i = 0; i < CALLS; i++) {
        call.getAsInt();
      }
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
    }
    return best / CALLS;
  }
}
