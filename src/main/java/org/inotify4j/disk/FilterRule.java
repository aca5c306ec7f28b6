package org.inotify4j.disk;

import java.nio.file.Path;

/** One thing that is left out, or that is not left out after all. Safe for use by threads. */
public interface FilterRule {

  /**
   * Whether the rule is about an entry. It may run code of the program: under no lock.
   *
   * @param empty the empty path of the file system whose paths the program knows
   * @param path relative to the directory that was asked for
   * @param isDirectory whether it is known to be one
   */
  boolean matches(Path empty, byte[] path, boolean isDirectory);

  /** Whether the directory that an entry is in can matter, beside its name. */
  boolean isPositional();

  /** Whether what matches is not left out, whatever the rules before say. */
  boolean isNegated();
}
