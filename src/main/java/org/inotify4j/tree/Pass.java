package org.inotify4j.tree;

import org.inotify4j.libc.Errno;

/**
 * Which pass over the whole tree is the present one or the last one, which directories it has seen,
 * and what it could not do. The first one goes on where there is no room for a watch, to count how
 * many are needed.
 */
final class Pass {

  private int number;
  private boolean isUnderWay;

  /** Why the root could not be read in this pass, as {@code -errno}, or 0. */
  private int rootError;

  /** Of the first pass: how many directories there was no room to watch. */
  private int overLimit;

  /** Of the first pass: why a directory was not opened for want of a descriptor, or 0. */
  private int descriptorError;

  void begin() {
    number++;
    isUnderWay = true;
    rootError = 0;
  }

  void end() {
    isUnderWay = false;
  }

  /** Whether what is known is read again now. */
  boolean isUnderWay() {
    return isUnderWay;
  }

  boolean isFirst() {
    return number == 1 && isUnderWay;
  }

  /** Notes that a directory is there. */
  void sees(TreeNode node) {
    node.pass = number;
  }

  boolean hasSeen(TreeNode node) {
    return node.pass == number;
  }

  void rootFailed(int errno) {
    rootError = errno;
  }

  /** Why the root could not be read, as {@code -errno}, or 0. */
  int rootError() {
    return rootError;
  }

  /** A directory found no room for its watch. */
  void isOverLimit() {
    overLimit++;
  }

  int overLimit() {
    return overLimit;
  }

  /** A directory was refused. */
  void refused(int errno) {
    if (isFirst() && Errno.isForWantOfDescriptors(errno)) {
      descriptorError = errno;
    }
  }

  /** Why the first pass lacked a descriptor, as {@code -errno}, or 0. */
  int descriptorError() {
    return descriptorError;
  }
}
