package org.inotify4j.watch;

import static org.inotify4j.watch.Registration.AS_CREATE;
import static org.inotify4j.watch.Registration.AS_DELETE;
import static org.inotify4j.watch.Registration.AS_FLAG;
import static org.inotify4j.watch.Registration.AS_MODIFY;
import static org.inotify4j.watch.Registration.AS_RENAME;
import static org.inotify4j.watch.Registration.AS_SYNTHETIC;
import static org.inotify4j.watch.Registration.AS_UNWATCHED;

import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.libc.PathBytes;

/** Makes the consumer's events of the entries of a {@link PendingLog}, in the consumer's thread. */
final class EventReader implements PendingReader {

  private final Path empty;
  private final List<WatchEvent<?>> events = new ArrayList<>();
  private boolean isSynthetic;

  private EventReader(Path empty) {
    this.empty = empty;
  }

  /**
   * The events of a log.
   *
   * @param empty the empty path of the file system that the contexts belong to
   */
  static List<WatchEvent<?>> events(PendingLog log, Path empty) {
    EventReader reader = new EventReader(empty);
    log.forEach(reader);
    return reader.events;
  }

  @Override
  public void entry(int as, int mask, int cookie, int count, byte[] first, byte[] second) {
    isSynthetic = (as & AS_SYNTHETIC) != 0;
    Path context = path(first);
    if ((as & AS_CREATE) != 0) {
      add(StandardWatchEventKinds.ENTRY_CREATE, context, count, mask, cookie);
    }
    if ((as & AS_DELETE) != 0) {
      add(StandardWatchEventKinds.ENTRY_DELETE, context, count, mask, cookie);
    }
    if ((as & AS_MODIFY) != 0) {
      add(StandardWatchEventKinds.ENTRY_MODIFY, context, count, mask, cookie);
    }
    if ((as & AS_FLAG) != 0) {
      add(INotifyEventKinds.of(mask), context, count, mask, cookie);
    }
    if ((as & AS_UNWATCHED) != 0) {
      add(INotifyEventKinds.UNWATCHED, context, count, mask, cookie);
    }
    if ((as & AS_RENAME) != 0) {
      add(INotifyEventKinds.RENAME, new Rename(context, path(second)), count, mask, cookie);
    }
  }

  @Override
  public void overflow(int count) {
    events.add(Event.overflow(count));
  }

  private <T> void add(WatchEvent.Kind<T> kind, T context, int count, int mask, int cookie) {
    events.add(new Event<>(kind, context, count, mask, cookie, isSynthetic));
  }

  private Path path(byte[] name) {
    return name.length == 0 ? empty : PathBytes.resolve(empty, name);
  }
}
