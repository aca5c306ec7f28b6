/**
 * A {@code java.nio.file.WatchService} over inotify that loses nothing.
 *
 * <p>Start with {@link org.inotify4j.watch.INotifyWatchService}, and with {@link
 * org.inotify4j.watch.INotifyEventKinds} for what it can hear beyond the standard kinds.
 *
 * <p>Where an argument is null that is not marked as nullable, a method throws a {@link
 * NullPointerException} or another exception that it names, and does nothing.
 *
 * <p>The way of an event, from the kernel to the consumer: the poller of {@code hub} reads a record
 * and finds the watch; {@code PlainKeys} finds the key; {@code Key} asks its {@code Registration}
 * which kinds the record matches and appends it to its {@code PendingLog}; the consumer's {@code
 * pollEvents} makes the events of what is in the log. An event of a tree or a single file goes by
 * way of its follower ({@code follow}, {@code tree}, {@code file}), whose {@code KeyAudience}
 * appends it; where the registration asks for more than what happens, or it is polled, {@code
 * recovery} stands between the two: of a tree also while a limit leaves something over ({@code
 * LeftOverPolling}).
 */
@NullMarked
package org.inotify4j.watch;

import org.jspecify.annotations.NullMarked;
