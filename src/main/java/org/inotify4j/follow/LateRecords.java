package org.inotify4j.follow;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which records in an {@link Inbox} are of watches that its owner has given back.
 *
 * <p>Where others have such a watch the kernel keeps it, and it has the same descriptor should the
 * owner place it once more. Then its records of before still wait, those of between went to the
 * others only, and the owner has looked at the disk behind all of them. What is told from such a
 * history with a gap would be wrong for good: of an entry that was deleted, and made anew in
 * between, only the end. So the records of before are passed over, up to a mark that stands where
 * the watch was given back.
 *
 * <p>Of one thread at a time, that of the owner.
 *
 * @param <T> what there are records of, such as a watch descriptor
 */
public final class LateRecords<T> {

  private final Inbox inbox;

  /** How many marks are still to come. */
  private final Map<T, Integer> marks = new HashMap<>();

  public LateRecords(Inbox inbox) {
    this.inbox = inbox;
  }

  /** These were given back: what waits is of no use. */
  public void lose(Collection<T> givenBack) {
    if (!givenBack.isEmpty()) {
      List<T> all = List.copyOf(givenBack);
      all.forEach(one -> marks.merge(one, 1, Integer::sum));
      inbox.mark(() -> all.forEach(this::passMark));
    }
  }

  private void passMark(T one) {
    marks.computeIfPresent(one, (any, count) -> count == 1 ? null : count - 1);
  }

  /** Whether a record that comes now is from before its watch was given back. */
  public boolean areOf(T one) {
    return !marks.isEmpty() && marks.containsKey(one);
  }
}
