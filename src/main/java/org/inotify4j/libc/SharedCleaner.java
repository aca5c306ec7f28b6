package org.inotify4j.libc;

import java.lang.ref.Cleaner;

/** The one cleaner, with its one daemon thread, that closes what the program lost sight of. */
public final class SharedCleaner {

  /** The cleaner. */
  public static final Cleaner INSTANCE = Cleaner.create();

  private SharedCleaner() {}
}
