/**
 * The undelivered events of a key, as bytes.
 *
 * <p>Start with {@link org.inotify4j.pending.PendingLog}: what happened is appended there, and
 * taken out by a {@link org.inotify4j.pending.PendingReader}. It knows neither keys nor who asked
 * for what: {@link org.inotify4j.pending.KindBits} say as which kinds an entry is delivered. Not
 * exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.pending;

import org.jspecify.annotations.NullMarked;
