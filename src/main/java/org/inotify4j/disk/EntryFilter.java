package org.inotify4j.disk;

/** What is left out of a directory with all below it: asked with the bytes of a path. */
public interface EntryFilter {

  /** Leaves nothing out. */
  EntryFilter NOTHING =
      new EntryFilter() {
        @Override
        public boolean excludes(byte[] path) {
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
   */
  boolean excludes(byte[] path);

  /** Whether the directory that an entry is in can matter, beside its name. */
  boolean isPositional();
}
