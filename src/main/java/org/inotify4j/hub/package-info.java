/**
 * One inotify instance for many who subscribe.
 *
 * <p>The way of a record: {@code Poller} reads the kernel's bytes and hands them to {@link
 * org.inotify4j.hub.Hub}, which finds the watch and, by way of each {@link
 * org.inotify4j.hub.Subscription}, the {@link org.inotify4j.hub.Subscriber}s that want it. What
 * these are is not known here.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.hub;

import org.jspecify.annotations.NullMarked;
