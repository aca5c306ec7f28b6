package org.inotify4j.changes;

import java.util.List;

/** Who a {@link PathWatcher} tells what changed. */
@FunctionalInterface
public interface ChangeListener {

  /**
   * Takes a batch. One call at a time is made, by the {@linkplain WatcherBuilder#executor
   * executor}, under no lock; while it runs, changes gather and merge for the next. It may call any
   * method of the watcher but {@link PathWatcher#sync}. None is made after {@link
   * PathWatcher#close} has returned, unless that was called here.
   *
   * @param batch at least one change; each path once, in an order in which they can be applied one
   *     by one; nobody changes the list
   * @throws Exception if it failed: the watcher tells who asked ({@link WatcherBuilder#onError}),
   *     and goes on
   */
  void changed(List<Change> batch) throws Exception;
}
