/**
 * Threads and deadlines: who works when, and never twice at once.
 *
 * <p>Start with {@link org.inotify4j.work.Workers}, which runs a {@link org.inotify4j.work.Task}
 * now or in a while. It does not know what the tasks do. Not exported: nothing here is meant for a
 * library's user.
 */
@NullMarked
package org.inotify4j.work;

import org.jspecify.annotations.NullMarked;
