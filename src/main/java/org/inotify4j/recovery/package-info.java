/**
 * Keeps what an audience was told, and tells it what no record says: what is there, what is
 * different from then, what was lost.
 *
 * <p>What a model tells goes by way of a {@code ToldAudience} to its {@link
 * org.inotify4j.recovery.Listener}, and is noted; a {@link org.inotify4j.recovery.Recovery} tells
 * the rest. What is known is in {@link org.inotify4j.entries.KnownEntries}; {@link
 * org.inotify4j.recovery.Disk} looks what is there; {@code Listing} and {@code Wording} tell what
 * differs as events, as there is room; {@code QuietLooks} keep what is known current.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.recovery;

import org.jspecify.annotations.NullMarked;
