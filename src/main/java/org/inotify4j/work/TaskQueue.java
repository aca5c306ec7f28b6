package org.inotify4j.work;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for a thread, first come, first served. The workers' lock guards it.
 *
 * <p>They hang one on the other, so that none is lost for want of memory.
 */
final class TaskQueue {

  private @Nullable Task first;
  private @Nullable Task last;
  private int size;

  int size() {
    return size;
  }

  void add(Task task) {
    task.state = Task.State.WAITING;
    if (last == null) {
      first = task;
    } else {
      last.next = task;
    }
    last = task;
    size++;
  }

  @Nullable Task poll() {
    Task task = first;
    if (task != null) {
      first = task.next;
      task.next = null;
      if (first == null) {
        last = null;
      }
      size--;
    }
    return task;
  }

  void clear() {
    for (Task task = poll(); task != null; task = poll()) {
      task.state = Task.State.IDLE;
    }
  }
}
