/**
 * A {@code java.nio.file.WatchService} over inotify that loses nothing.
 *
 * <p>Start with {@link org.inotify4j.watch.INotifyWatchService}, and with {@link
 * org.inotify4j.watch.INotifyEventKinds} for what it can hear beyond the standard kinds.
 *
 * <p>The path of an event, from the kernel to the consumer: {@code Poller} reads records and hands
 * them to {@code Hub}, which finds the watch and the services that subscribe to it; {@link
 * org.inotify4j.watch.INotifyWatchService} finds the key; {@code Key} asks its {@code Registration}
 * which kinds the record matches and appends it to its {@code PendingLog}; the consumer's {@code
 * pollEvents} makes the events of what is in the log.
 *
 * <p>An event of a tree goes another way: the hub finds the {@code Tree}, which puts it into its
 * {@code Inbox}; a thread of the hub's {@code Workers} takes it from there to {@code TreeEvents},
 * which knows the {@code TreeNodes}, has {@code TreeWalk} watch and read what came, and tells the
 * key by way of the {@code TreeReporter}. {@code Beliefs} is why each entry is told once. A {@code
 * WatchedFile} gets its events in the same way, by {@code WatchedNames}, and looks with a {@code
 * FileLookup}; what it has in common with a tree is its {@code Follower}.
 */
@NullMarked
package org.inotify4j.watch;

import org.jspecify.annotations.NullMarked;
