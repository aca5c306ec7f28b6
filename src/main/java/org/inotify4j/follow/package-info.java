/**
 * Keeps a model of the disk in step with records, and tells an audience.
 *
 * <p>The way of a record: the poller puts it into an {@link org.inotify4j.follow.Inbox}; in a
 * thread of the hub's workers a {@link org.inotify4j.follow.Follower} takes it from there to its
 * {@link org.inotify4j.follow.Model}, which tells what it makes of it to an {@link
 * org.inotify4j.follow.Audience}.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.follow;

import org.jspecify.annotations.NullMarked;
