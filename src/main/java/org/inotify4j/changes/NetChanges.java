package org.inotify4j.changes;

import java.util.List;
import org.inotify4j.follow.Origin;

/** Sums up what happens to the entries of a tree to the net change of each. */
final class NetChanges {

  /** An entry was there when the watcher began, and is yet to be told. */
  void existing(byte[] path, boolean isDirectory) {
    throw new UnsupportedOperationException();
  }

  /** An entry came; what the batch knows to be at its path is replaced. */
  void created(byte[] path, boolean isDirectory, Origin origin) {
    created(path, isDirectory, false, origin);
  }

  /**
   * An entry came.
   *
   * @param replaces whether another of the same type was there, which the batch need not know of
   */
  void created(byte[] path, boolean isDirectory, boolean replaces, Origin origin) {
    throw new UnsupportedOperationException();
  }

  /** An entry may have another content. */
  void modified(byte[] path, boolean isDirectory, Origin origin) {
    throw new UnsupportedOperationException();
  }

  /** An entry went, with all below. */
  void deleted(byte[] path, boolean isDirectory, Origin origin) {
    throw new UnsupportedOperationException();
  }

  /** An entry moved, with all below; what the batch knows to be at its new path is replaced. */
  void moved(byte[] from, byte[] to, boolean isDirectory, Origin origin) {
    moved(from, to, isDirectory, false, origin);
  }

  /**
   * An entry moved, with all below.
   *
   * @param replaces whether another of the same type was there, which the batch need not know of
   */
  void moved(byte[] from, byte[] to, boolean isDirectory, boolean replaces, Origin origin) {
    throw new UnsupportedOperationException();
  }

  /** Whether nothing differs. */
  boolean isEmpty() {
    throw new UnsupportedOperationException();
  }

  /** How many entries are remembered: those that differ, and the directories that lead there. */
  int size() {
    throw new UnsupportedOperationException();
  }

  /** The changes, in an order in which they can be done one by one; then nothing differs. */
  List<NetChange> take() {
    throw new UnsupportedOperationException();
  }
}
