package org.inotify4j.watch;

import java.util.HashSet;
import java.util.Set;

/** The kernel's watches of a tree, as its hub places and removes them. */
final class TreeWatches {

  private final Hub hub;
  private final Subscriber subscriber;
  private final Inbox inbox;
  private final int mask;

  /** Watches that others had before, whose events until a mark happened before this tree came. */
  private final Set<Integer> joining = new HashSet<>();

  TreeWatches(Hub hub, Subscriber subscriber, Inbox inbox, int mask) {
    this.hub = hub;
    this.subscriber = subscriber;
    this.inbox = inbox;
    this.mask = mask;
  }

  /** Watches a directory that is open: a watch descriptor, or {@code -errno}. */
  int place(int directory) {
    return hub.watch(
        subscriber,
        directory,
        mask,
        wd -> {
          joining.add(wd);
          return () -> inbox.mark(() -> joining.remove(wd));
        });
  }

  /** Whether the events of a watch are older than the tree. */
  boolean isJoining(int wd) {
    return !joining.isEmpty() && joining.contains(wd);
  }

  /** The watch descriptor of a directory that is open, or {@code -errno}. */
  int find(int directory) {
    return hub.find(directory);
  }

  void remove(int[] wds) {
    hub.unwatch(subscriber, wds);
  }

  /** Whether the tree gets no watches any more. */
  boolean isOver() {
    return subscriber.isOver();
  }
}
