package org.inotify4j.watch;

import org.inotify4j.EntryName;
import org.jspecify.annotations.Nullable;

/**
 * A MOVED_FROM that waits for its MOVED_TO.
 *
 * @param key the key that is to hear of it
 * @param mask the record's mask
 * @param cookie what the other half has as well
 * @param name the old name
 * @param deadline when it is asked for the last time whether the other half is there, in {@link
 *     System#nanoTime}
 * @param number its place in the order of all
 */
record OpenHalf(Key key, int mask, int cookie, EntryName name, long deadline, long number) {

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OpenHalf half && number == half.number && key == half.key;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(number);
  }
}
