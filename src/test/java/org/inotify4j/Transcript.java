package org.inotify4j;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Events as short lines, such as {@code 1 CREATE|ISDIR foo}: exact, and readable in an assertion.
 * The kernel's cookies are arbitrary: here they are {@code #1}, {@code #2} as they first appear.
 */
final class Transcript {

  private Transcript() {}

  /** All the events that are queued now. The kernel queues an event within the call it is about. */
  static List<String> of(INotify inotify) throws IOException {
    List<INotifyEvent> events = new ArrayList<>();
    List<INotifyEvent> read = inotify.read(Duration.ZERO);
    while (!read.isEmpty()) {
      events.addAll(read);
      read = inotify.read(Duration.ZERO);
    }
    return of(events);
  }

  static List<String> of(List<INotifyEvent> events) {
    List<Integer> cookies = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (INotifyEvent event : events) {
      StringBuilder line = new StringBuilder();
      line.append(event.wd()).append(' ').append(Mask.toString(event.mask()));
      if (event.cookie() != 0) {
        if (!cookies.contains(event.cookie())) {
          cookies.add(event.cookie());
        }
        line.append(" #").append(cookies.indexOf(event.cookie()) + 1);
      }
      if (!event.name().isEmpty()) {
        line.append(' ').append(event.name());
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
