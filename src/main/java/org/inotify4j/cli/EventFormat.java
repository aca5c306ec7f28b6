package org.inotify4j.cli;

import org.inotify4j.INotifyEvent;

/** Makes an event the text that is printed for it. */
interface EventFormat {

  /**
   * The text of an event.
   *
   * @param event any event
   * @param watched what its watch descriptor stands for, or {@link WatchedPath#NONE}
   * @return the whole of it, with the newline at the end where there is to be one
   */
  String format(INotifyEvent event, WatchedPath watched);
}
