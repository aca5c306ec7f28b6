package org.inotify4j;

/**
 * How much of this virtual machine's heap is in use.
 *
 * <p>A thread takes a buffer of up to some hundred KB from the heap for what it allocates next, and
 * all of it counts as used. Which threads have one just then, such as those that run cleaners
 * behind a collection, is chance: a program that is to be measured must run without such buffers,
 * with {@link #EXACT}.
 */
public final class UsedMemory {

  /** The option with which each object is counted by itself. */
  public static final String EXACT = "-XX:-UseTLAB";

  private UsedMemory() {}

  /** The bytes in use, once what nobody refers to is gone. */
  public static long bytes() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
