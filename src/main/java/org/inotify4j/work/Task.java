package org.inotify4j.work;

import org.jspecify.annotations.Nullable;

/**
 * Work that is done in rounds, never two of them at once: what one round writes the next one reads.
 *
 * <p>The lock of its {@link Workers} guards its state; it belongs to one of them for good.
 */
public final class Task {

  /** Where a task is. */
  enum State {
    /** Nothing is to be done. */
    IDLE,
    /** It waits for a thread. */
    WAITING,
    /** A thread runs a round. */
    RUNNING,
    /** A thread runs a round, and another one is to follow. */
    RUNNING_AND_WANTED
  }

  final Object name;
  final Runnable round;
  State state = State.IDLE;

  /** The one that waits behind it: no memory is needed to wait. */
  @Nullable Task next;

  /** When it is due, in {@link System#nanoTime}, if it is. */
  long deadline;

  boolean hasDeadline;

  /**
   * A task.
   *
   * @param name says in a log what it works on
   * @param round what it does, in a thread of the workers; it handles itself what it throws
   */
  public Task(Object name, Runnable round) {
    this.name = name;
    this.round = round;
  }

  /**
   * Another round is wanted: whether it is to wait for a thread, since nothing stands for it yet.
   */
  boolean want() {
    if (state == State.RUNNING) {
      state = State.RUNNING_AND_WANTED;
    }
    return state == State.IDLE;
  }

  @Override
  public String toString() {
    return "Task[" + name + "]";
  }
}
