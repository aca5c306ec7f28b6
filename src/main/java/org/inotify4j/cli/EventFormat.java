package org.inotify4j.cli;

import org.inotify4j.INotifyEvent;

/** Makes an event the text that is printed for it. */
interface EventFormat {

  /**
   * The text of an event.
   *
   * @param event any event
   * @param watched what its watch descriptor stands for, or {@link WatchedPath#NONE}
   * @param synthetic whether it was found by looking, where the kernel was silent
   * @return the whole of it, with the newline at the end where there is to be one
   */
  String format(INotifyEvent event, WatchedPath watched, boolean synthetic);

  /** The text of an event that the kernel reported. */
  default String format(INotifyEvent event, WatchedPath watched) {
    return format(event, watched, false);
  }
}
