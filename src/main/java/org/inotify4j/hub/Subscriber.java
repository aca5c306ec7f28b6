package org.inotify4j.hub;

import java.util.List;

/**
 * What has watches through a {@link Subscription}: the plain keys of a service, a tree for its
 * directories, the directories of single files. Its hub holds it weakly.
 *
 * <p>Every method is called under the hub's lock: it must be short.
 */
public interface Subscriber {

  /**
   * Takes a record of a watch, and, if it likes, those that {@linkplain KernelRecord#goOn follow}.
   *
   * @return whether somebody was woken for it; not where who takes it is busy with what came before
   */
  boolean record(KernelRecord record);

  /** The kernel has removed a watch. */
  void watchEnded(int wd);

  /** Records of one watch are lost. */
  void recordsLost(int wd);

  /** Records of any watch may be lost. Only who is attached to the hub is told. */
  default void recordsLost() {}

  /** The bits that are wanted of a watch, with EXCL_UNLINK where that is; 0 if none are. */
  int mask(int wd);

  /**
   * The kernel's mask of a watch is not what its subscribers want together, since one of them has
   * left: who can reach the directory is to replace it, later and in another thread.
   *
   * @return whether it will; else another one is told
   */
  default boolean maskIsOther(int wd) {
    return false;
  }

  /**
   * Something was mounted or unmounted. Only who wants to hear of it is told.
   *
   * @param points where something is mounted, or was until now, outer ones first: absolute paths,
   *     one char for each of their bytes
   * @param areAll whether there were no others since this was called last: else it could not be
   *     heard for a while, and something may have been mounted anywhere that is not any more
   */
  default void mountsChanged(List<String> points, boolean areAll) {}

  /** A watch was removed, by whomever: where there was no room there may be some. */
  default void roomIsMade() {}

  /**
   * The hub cannot go on: nothing comes any more. It must take no memory. Only who is attached to
   * the hub is told.
   */
  default void hubFailed(Throwable cause) {}

  /** Wakes whoever waits, after {@link #hubFailed}. It may be called more than once. */
  default void wakeAll() {}
}
