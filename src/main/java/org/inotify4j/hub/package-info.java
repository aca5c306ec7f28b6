/**
 * One inotify instance for many who subscribe.
 *
 * <p>The way of a record: {@code Poller} reads the kernel's bytes; {@code Dispatcher} finds the
 * watch and, by way of each {@link org.inotify4j.hub.Subscription}, the {@link
 * org.inotify4j.hub.Subscriber}s that want it. What these are is not known here. {@code Registrar}
 * asks the kernel for watches, {@code Removals} gives them back, {@code Instance} is the
 * descriptor, {@code QueueMarks} marks places in its queue, {@code LifeCycle} says who is attached
 * and when it is over, and {@link org.inotify4j.hub.Hub} is the door to them.
 *
 * <p>{@link org.inotify4j.hub.Refusals} says what the kernel's refusals mean to who registers a
 * path. The raw API has words of its own for its calls: to share them they would have to be public
 * in an exported package, and so be API.
 *
 * <p>What a subscriber wants of a watch is asked of it, under the hub's lock, and not kept beside
 * the watch: what a key wants changes at other moments than its watch is placed, as when a tree
 * could not be registered, and two copies of it would have to be brought together again.
 *
 * <p>The hub's lock is not fair. With four writers at full speed a fair one let fewer register
 * (8,500 to 11,600 directories a second against 8,200 to 26,800) and made the last percent of them
 * wait longer (113 to 287 µs against 30 to 75).
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.hub;

import org.jspecify.annotations.NullMarked;
