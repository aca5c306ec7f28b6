/**
 * Batches of net changes, to a listener.
 *
 * <p>Inside, {@code NetChanges} sums up what happens to entries, one thing after the other, as a
 * tree of names at the start and now; {@code BatchOrder} puts what differs into an order in which
 * it can be done.
 */
@NullMarked
package org.inotify4j.changes;

import org.jspecify.annotations.NullMarked;
