/**
 * Rows of what is on the disk: read, compared, and kept in step with what happens.
 *
 * <p>{@code TreeTaking} reads a tree with some {@code TreeReader}s into {@link
 * org.inotify4j.entries.EntryColumns}; {@link org.inotify4j.entries.Scan} is what somebody finds
 * who looks. A {@code Matching} finds which entry of one table is which of another; a {@code
 * MoveOrder} puts the moves into an order in which they can be done one by one; {@link
 * org.inotify4j.entries.ChangeList} tells what differs. {@link org.inotify4j.entries.KnownEntries}
 * are what somebody was told: they change with each event, and their {@link
 * org.inotify4j.entries.Differences} from a scan are what is yet to be told.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.entries;

import org.jspecify.annotations.NullMarked;
