/**
 * What changed, in batches: each the net of whatever happened, told to one listener.
 *
 * <p>Start with {@link org.inotify4j.changes.PathWatcher#of(java.nio.file.Path)}; what its listener
 * gets are {@link org.inotify4j.changes.Change}s.
 *
 * <p>Where an argument is null that is not marked as nullable, a method throws a {@link
 * NullPointerException} or another exception that it names, and does nothing.
 *
 * <p>The way of a change, from the kernel to the listener: a follower of a root tells its {@code
 * RootListener}; where only finished files are wanted, {@code FinishedFiles} keeps it back until it
 * is finished; {@code Gathering} merges it into {@code NetChanges}, which sums up what happens to
 * entries as a tree of names at the start and now. When {@code Settling} says so, {@code Batches}
 * has the executor take the batch, which {@code BatchOrder} puts into an order in which it can be
 * done.
 *
 * <p>{@code Watching} is a watcher at work; {@code FollowedTree} keeps the followers of a root in
 * step with what is at its path, and {@code FollowedFile} is that of one name. Who syncs waits in
 * {@code WatcherSync}.
 */
@NullMarked
package org.inotify4j.changes;

import org.jspecify.annotations.NullMarked;
