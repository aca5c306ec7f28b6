package org.inotify4j.hub;

import org.inotify4j.Flag;

/** Does something when its watch has ended. */
record AtTheEnd(Runnable ending) implements Subscriber {
  @Override
  public boolean record(KernelRecord record) {
    return true;
  }

  @Override
  public void watchEnded(int wd) {
    ending.run();
  }

  @Override
  public void recordsLost(int wd) {
    throw new AssertionError("none is lost");
  }

  @Override
  public int mask(int wd) {
    return Flag.CREATE.bit();
  }
}
