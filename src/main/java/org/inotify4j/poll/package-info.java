/**
 * Reasons to look where the kernel is silent: on network file systems and their like, inotify tells
 * only of what is done through this mount.
 *
 * <p>Start with {@link org.inotify4j.poll.SilentPlaces}, which says which parts of a tree are to be
 * polled, by the {@link org.inotify4j.poll.PollMode}; {@link org.inotify4j.poll.PollSettings} is
 * what the system properties say, and {@link org.inotify4j.poll.PollPace} when the next round is
 * due. Nothing here looks at entries: that is done by who keeps what was told of them.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.poll;

import org.jspecify.annotations.NullMarked;
