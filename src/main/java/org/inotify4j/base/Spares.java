package org.inotify4j.base;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Keeps some things that are dear to make for whoever needs such a one next: as many as threads use
 * at once, up to {@value #MOST}. Safe for use by several threads.
 */
public final class Spares<T> {

  private static final int MOST = 4;

  private final AtomicReferenceArray<@Nullable T> kept = new AtomicReferenceArray<>(MOST);

  /** Takes one, or null where none is kept. */
  public @Nullable T take() {
    for (int i = 0; i < MOST; i++) {
      T one = kept.get(i);
      if (one != null && kept.compareAndSet(i, one, null)) {
        return one;
      }
    }
    return null;
  }

  /** Keeps one that nobody uses any more, where there is room. */
  public void keep(T one) {
    for (int i = 0; i < MOST; i++) {
      if (kept.get(i) == null && kept.compareAndSet(i, null, one)) {
        return;
      }
    }
  }
}
