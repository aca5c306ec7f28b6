package org.inotify4j.bench;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.lang.management.ManagementFactory;

/**
 * Loads JNA and calls a function of the C library, and nothing of ours. Prints how long it took.
 */
final class LoadJna {

  private LoadJna() {}

  private static native int getpid();

  /**
   * Prints its line.
   *
   * @param args none
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    // Loads the native part, unpacked from JNA's jar.
    int pointer = Native.POINTER_SIZE;
    long loaded = System.nanoTime();
    Native.register(LoadJna.class, NativeLibrary.getProcess());
    int pid = getpid();
    long called = System.nanoTime();
    if (pointer != 8 || pid != ManagementFactory.getRuntimeMXBean().getPid()) {
      throw new IllegalStateException("JNA calls something else");
    }
    new Line()
        .add("open", (loaded - start) / 1e6)
        .add("register", (called - loaded) / 1e6)
        .add("total", (called - start) / 1e6)
        .print();
  }
}
