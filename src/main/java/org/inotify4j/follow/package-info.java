/**
 * Keeps a model of the disk in step with records, and tells an audience.
 *
 * <p>The way of a record: the poller puts it into an {@link org.inotify4j.follow.Inbox}; in a
 * thread of the hub's workers a {@link org.inotify4j.follow.Follower} takes it from there to its
 * {@link org.inotify4j.follow.Model}, which tells what it makes of it to an {@link
 * org.inotify4j.follow.Audience}.
 *
 * <p>What becomes of a record depends on the follower's {@code Phase}, the one field that says
 * where it is in its life; {@code Following} is that. What no record says a {@link
 * org.inotify4j.follow.Prelude} tells, before the next record is taken. {@code Backlog} hands out
 * what was taken of the inbox, {@code Looks} marks what was seen, {@code Syncs} holds who waits,
 * {@code Succession} says whose turn it is, and {@code Faults} when to give up.
 *
 * <p>A key that is registered again and again has at most a handful of followers that wait one for
 * the other, since each has watches and an inbox: who registers waits a moment first, and then
 * those before are dropped, which the key is told as an OVERFLOW.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.follow;

import org.jspecify.annotations.NullMarked;
