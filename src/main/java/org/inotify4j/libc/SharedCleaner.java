package org.inotify4j.libc;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one cleaner, with its one daemon thread, that closes what the program lost sight of. */
public final class SharedCleaner {

  private static final AtomicReference<@Nullable Cleaner> CLEANER = new AtomicReference<>();

  private SharedCleaner() {}

  /**
   * The cleaner. Where no thread can be started for it, an Error, and the next call tries again.
   */
  public static Cleaner get() {
    Cleaner known = CLEANER.get();
    if (known != null) {
      return known;
    }
    Cleaner made = Cleaner.create();
    Cleaner other = CLEANER.compareAndExchange(null, made);
    return other == null ? made : other;
  }
}
