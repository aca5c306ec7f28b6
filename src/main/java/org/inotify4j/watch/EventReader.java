package org.inotify4j.watch;

import static org.inotify4j.pending.KindBits.AS_CREATE;
import static org.inotify4j.pending.KindBits.AS_DELETE;
import static org.inotify4j.pending.KindBits.AS_EXISTS;
import static org.inotify4j.pending.KindBits.AS_FLAG;
import static org.inotify4j.pending.KindBits.AS_MODIFY;
import static org.inotify4j.pending.KindBits.AS_READY;
import static org.inotify4j.pending.KindBits.AS_RENAME;
import static org.inotify4j.pending.KindBits.AS_SYNTHETIC;
import static org.inotify4j.pending.KindBits.AS_UNWATCHED;

import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.pending.PendingLog;
import org.inotify4j.pending.PendingReader;
import org.inotify4j.recovery.Listener;

/**
 * Makes the consumer's events of the entries of a {@link PendingLog}, in the consumer's thread.
 *
 * <p>What happens to a file comes in a row most of the time: these events share their context.
 */
final class EventReader implements PendingReader {

  private final Path empty;
  private final List<WatchEvent<?>> events;
  private boolean isSynthetic;

  /** The name of the last context, in the log's bytes. */
  private byte[] lastBytes = {};

  private int lastStart;
  private int lastLength;
  private Path last;

  private EventReader(Path empty, int size) {
    this.empty = empty;
    this.last = empty;
    this.events = new ArrayList<>(size);
  }

  /**
   * The events of a log.
   *
   * @param empty the empty path of the file system that the contexts belong to
   */
  static List<WatchEvent<?>> events(PendingLog log, Path empty) {
    EventReader reader = new EventReader(empty, log.size());
    log.forEach(reader);
    return reader.events;
  }

  @Override
  public void entry(
      int as, int noted, int cookie, int count, byte[] names, int start, int first, int second) {
    int mask = noted & ~Listener.REPLACES;
    isSynthetic = (as & AS_SYNTHETIC) != 0;
    Path context = path(names, start, first);
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
    switch (as & AS_READY) {
      case AS_READY -> add(INotifyEventKinds.READY, context, count, mask, 0);
      case AS_EXISTS -> add(INotifyEventKinds.EXISTS, context, count, mask, 0);
      case AS_UNWATCHED -> events.add(Event.unwatched(context, count, mask, cookie));
      default -> {}
    }
    if ((as & AS_RENAME) != 0) {
      Path to = path(names, start + first, second);
      add(INotifyEventKinds.RENAME, new Rename(context, to), count, mask, cookie);
    }
  }

  @Override
  public void overflow(int count) {
    events.add(Event.overflow(count));
  }

  private <T> void add(WatchEvent.Kind<T> kind, T context, int count, int mask, int cookie) {
    events.add(new Event<>(kind, context, count, mask, cookie, isSynthetic, 0));
  }

  private Path path(byte[] names, int start, int length) {
    int lastEnd = lastStart + lastLength;
    if (!Arrays.equals(names, start, start + length, lastBytes, lastStart, lastEnd)) {
      last = length == 0 ? empty : PathBytes.resolve(empty, names, start, length);
      lastBytes = names;
      lastStart = start;
      lastLength = length;
    }
    return last;
  }
}
