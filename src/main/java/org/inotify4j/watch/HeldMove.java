package org.inotify4j.watch;

import org.inotify4j.EntryName;

/**
 * A MOVED_FROM that waits for its MOVED_TO.
 *
 * @param key the key that is to hear of it
 * @param mask the event's mask
 * @param cookie what the other end has as well
 * @param name the old name
 * @param deadline when the wait is over, in {@link System#nanoTime}
 */
record HeldMove(Key key, int mask, int cookie, EntryName name, long deadline) {}
