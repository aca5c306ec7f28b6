/**
 * The lowest floor: what every other one needs and none owns.
 *
 * <p>Start with {@link org.inotify4j.base.OrderedLock}: every lock of the library is one, and
 * {@link org.inotify4j.base.Rank} says which may be taken while which is held. Not exported:
 * nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.base;

import org.jspecify.annotations.NullMarked;
