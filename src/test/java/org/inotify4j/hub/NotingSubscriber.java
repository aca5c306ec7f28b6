package org.inotify4j.hub;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Mask;

/** Notes what it is told. */
final class NotingSubscriber implements Subscriber {

  final Subscription subscription = new Subscription();
  final List<String> told = new ArrayList<>();

  /** What it wants of each watch. */
  int mask;

  /** Whether it does something about masks that are too much. */
  boolean replacesMasks = true;

  /** Whether somebody is woken for a record. */
  boolean wakes = true;

  /** Whether it takes the records that follow as well. */
  boolean goesOn;

  /** What it does first with a record. */
  Runnable onRecord = () -> {};

  NotingSubscriber(int mask) {
    this.mask = mask;
    subscription.bind(this);
  }

  @Override
  public boolean record(KernelRecord record) {
    onRecord.run();
    do {
      told.add(record.wd() + " " + Mask.toString(record.mask()) + " " + record.entryName());
    } while (goesOn && record.goOn());
    return wakes;
  }

  @Override
  public void watchEnded(int wd) {
    told.add("ended " + wd);
  }

  @Override
  public void recordsLost(int wd) {
    told.add("lost " + wd);
  }

  @Override
  public void recordsLost() {
    told.add("lost");
  }

  @Override
  public int mask(int wd) {
    return mask;
  }

  @Override
  public boolean maskIsOther(int wd) {
    told.add("other mask " + wd);
    return replacesMasks;
  }

  @Override
  public void roomIsMade() {
    told.add("room");
  }

  @Override
  public void hubFailed(Throwable cause) {
    told.add("failed: " + cause.getMessage());
  }

  @Override
  public void wakeAll() {
    told.add("wake");
  }
}
