package org.inotify4j.disk;

/** What is left out of a directory with all below it: asked with the bytes of a path. */
public interface EntryFilter {

  /** Leaves nothing out. */
  EntryFilter NOTHING =
      new EntryFilter() {
        @Override
        public boolean excludes(byte[] path, boolean isDirectory) {
          return false;
        }

        @Override
        public boolean isPositional() {
          return false;
        }
      };

  /**
   * Whether an entry is left out. It may run code of the program: under no lock.
   *
   * @param path relative to the directory that was asked for
   * @param isDirectory whether it is known to be one
   */
  boolean excludes(byte[] path, boolean isDirectory);

  /** Whether the directory that an entry is in can matter, beside its name. */
  boolean isPositional();
}
