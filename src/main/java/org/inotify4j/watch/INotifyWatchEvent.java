package org.inotify4j.watch;

import java.nio.file.WatchEvent;
import java.util.Optional;
import java.util.Set;
import org.inotify4j.Flag;

/**
 * A watch event with what the kernel said: every event of an {@link INotifyWatchService} is one.
 *
 * <p>The context is relative to the watchable, so {@code watchable.resolve(context)} is the path
 * concerned: an entry's name in a directory, and the empty path for the directory itself.
 * Immutable.
 *
 * @param <T> the type of the context
 */
public interface INotifyWatchEvent<T> extends WatchEvent<T> {

  /**
   * What happened, in the kernel's bits.
   *
   * @return an event flag, with {@link Flag#ISDIR} where it concerns a directory; for an event that
   *     stands for several, all of their flags; for an overflow {@link Flag#Q_OVERFLOW}; for {@link
   *     INotifyEventKinds#EXISTS} and {@link INotifyEventKinds#READY} only {@link Flag#ISDIR},
   *     where it concerns a directory, else 0
   */
  int mask();

  /**
   * The flags of {@link #mask}.
   *
   * @return in declaration order; unmodifiable
   */
  default Set<Flag> flags() {
    return Flag.of(mask());
  }

  /**
   * What joins the two ends of a move.
   *
   * @return the same number for both ends of one move, 0 for every other event; of several events
   *     in one, that of the first
   */
  int cookie();

  /**
   * Whether the event concerns a directory, as the kernel says without a look at the file.
   *
   * @return whether the mask has {@link Flag#ISDIR}; never for {@link
   *     INotifyEventKinds#DELETE_SELF} and {@link INotifyEventKinds#MOVE_SELF}
   */
  default boolean isDirectory() {
    return Flag.ISDIR.isIn(mask());
  }

  /**
   * Whether the event was found by looking, where the kernel was silent.
   *
   * @return false for what the kernel said
   */
  boolean isSynthetic();

  /**
   * Why something is not watched.
   *
   * @return such as {@code permission denied (EACCES)}, of an {@link INotifyEventKinds#UNWATCHED};
   *     empty where that is not known, and of every other event
   */
  Optional<String> reason();
}
