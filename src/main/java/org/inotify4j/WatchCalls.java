package org.inotify4j;

import java.io.IOException;

/**
 * The calls of an {@link INotify} that add and remove its watches.
 *
 * <p>Safe for use by several threads, between {@link Descriptors#enter} and {@link
 * Descriptors#exit}.
 */
final class WatchCalls {

  private final Descriptors descriptors;

  WatchCalls(Descriptors descriptors) {
    this.descriptors = descriptors;
  }

  /** Refuses a mask that has no event. Before the call begins: it is said of a closed one too. */
  static void check(int mask) {
    if ((mask & Mask.ALL_EVENTS) == 0) {
      throw new IllegalArgumentException(
          "the mask "
              + Mask.toString(mask)
              + " has no event and could never fire: add one, or Mask.ALL_EVENTS");
    }
  }

  /**
   * Adds a watch, or changes the mask of the one that there is.
   *
   * @param path with a NUL at its end
   */
  int add(byte[] path, int mask) throws IOException {
    int wd = descriptors.libC().inotifyAddWatch(descriptors.inotify(), path, mask);
    if (wd < 0) {
      throw Failures.addingWatch(wd, path, mask);
    }
    return wd;
  }

  /** Removes a watch. */
  void remove(int wd) throws IOException {
    int result = descriptors.libC().inotifyRmWatch(descriptors.inotify(), wd);
    if (result < 0) {
      throw Failures.removingWatch(result, wd);
    }
  }
}
