package org.inotify4j.tree;

import java.util.Arrays;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.base.IntSet;
import org.inotify4j.follow.LateRecords;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;

/** The kernel's watches of a tree, as its hub places and removes them. */
final class TreeWatches {

  /** What reading a directory causes itself. */
  private static final int READING = Mask.of(Flag.OPEN, Flag.ACCESS, Flag.CLOSE_NOWRITE);

  /** A tree takes every watch: what becomes of it is found by its descriptor. */
  private static final Hub.Placed<Boolean> TAKEN = (wd, isNew) -> true;

  private final Hub hub;
  private final Subscription subscription;
  private final LateRecords<Integer> late;
  private final int events;

  /** What the hub's table sees to, when a watch is completed. */
  private final boolean excludesUnlinked;

  /** Of the thread that has the model. */
  private final IntSet removed = new IntSet();

  private boolean notesRemoved;

  TreeWatches(Hub hub, Subscription subscription, LateRecords<Integer> late, int mask) {
    this.hub = hub;
    this.subscription = subscription;
    this.late = late;
    this.events = mask & Mask.ALL_EVENTS;
    this.excludesUnlinked = Flag.EXCL_UNLINK.isIn(mask);
  }

  /**
   * Watches a directory that is open, but for what reading it and those below it would cause.
   *
   * @return a watch descriptor, or {@code -errno}
   */
  int add(int directory) {
    return hub.watch(subscription, directory, events & ~READING, TAKEN);
  }

  /** Whether {@link #add} has left something out. */
  boolean isToComplete() {
    return (events & READING) != 0 || excludesUnlinked;
  }

  /**
   * Watches a directory that is open for all that is asked for: it was read, and all below.
   *
   * @return a watch descriptor, or {@code -errno}
   */
  int complete(int directory) {
    return hub.watch(subscription, directory, events, TAKEN);
  }

  /** The watch descriptor of a directory that is open, or {@code -errno}. */
  int find(int directory) {
    return hub.find(directory);
  }

  /** Whether the kernel's mask of a watch is not what its subscriptions want together. */
  boolean isMaskOther(int wd) {
    return hub.isMaskOther(wd);
  }

  /** Replaces the kernel's mask of a directory that is open. */
  void replaceMask(int wd, int directory) {
    hub.replaceMask(wd, directory);
  }

  /** Begins to note what is removed, or forgets it. */
  void noteRemoved(boolean isToBeNoted) {
    notesRemoved = isToBeNoted;
    removed.clear();
  }

  /** Whether a watch was removed since that is noted. */
  boolean wasRemoved(int wd) {
    return !removed.isEmpty() && wd > 0 && removed.contains(wd);
  }

  void remove(int[] wds) {
    if (notesRemoved) {
      for (int wd : wds) {
        removed.add(wd);
      }
    }
    int[] kept = hub.unwatch(subscription, wds);
    if (kept.length > 0) {
      late.lose(Arrays.stream(kept).boxed().toList());
    }
  }

  /** Whether a record is of a watch that was removed before it came. */
  boolean isLate(int wd) {
    return late.areOf(wd);
  }

  /** Whether the tree gets no watches any more. */
  boolean isOver() {
    return subscription.isOver() || hub.isOver();
  }
}
