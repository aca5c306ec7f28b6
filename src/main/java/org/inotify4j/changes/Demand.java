package org.inotify4j.changes;

/** How many batches are wanted. The lock of the batches guards it. */
interface Demand {

  /** Whether one is wanted now. */
  boolean isAny();

  /** More are wanted. */
  void add(long more);

  /** One was handed over. */
  void take();
}
