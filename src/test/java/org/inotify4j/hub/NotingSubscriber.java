package org.inotify4j.hub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.inotify4j.Mask;

/** Notes what it is told, by whichever threads. */
public final class NotingSubscriber implements Subscriber {

  public final Subscription subscription = new Subscription();
  final List<String> told = new CopyOnWriteArrayList<>();

  /** What it wants of each watch. */
  volatile int mask;

  /** Whether it does something about masks that are too much. */
  volatile boolean replacesMasks = true;

  /** Whether somebody is woken for a record. */
  volatile boolean wakes = true;

  /** Whether it takes the records that follow as well. */
  volatile boolean goesOn;

  /** What it does first with a record. */
  volatile Runnable onRecord = () -> {};

  /** What it does with anything else, which is noted then. */
  volatile Consumer<String> onNotice = notice -> {};

  /** One that wants this of each watch. */
  public NotingSubscriber(int mask) {
    this.mask = mask;
    subscription.bind(this);
  }

  private void note(String notice) {
    told.add(notice);
    onNotice.accept(notice);
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
    note("ended " + wd);
  }

  @Override
  public void recordsLost(int wd) {
    note("lost " + wd);
  }

  @Override
  public void recordsLost() {
    note("lost");
  }

  @Override
  public int mask(int wd) {
    return mask;
  }

  @Override
  public boolean maskIsOther(int wd) {
    note("other mask " + wd);
    return replacesMasks;
  }

  @Override
  public void mountsChanged(List<String> points, boolean areAll) {
    note("mounts " + String.join(" ", points) + (areAll ? "" : " or others"));
  }

  @Override
  public void roomIsMade() {
    note("room");
  }

  @Override
  public void hubFailed(Throwable cause) {
    note("failed: " + cause.getMessage());
  }

  @Override
  public void wakeAll() {
    note("wake");
  }
}
