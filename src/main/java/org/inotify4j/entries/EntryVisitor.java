package org.inotify4j.entries;

/** Gets entries, a directory before what is in it. */
public interface EntryVisitor {

  /** An entry. */
  void entry(byte[] path, boolean isDirectory);
}
