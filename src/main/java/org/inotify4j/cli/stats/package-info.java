/**
 * The command {@code stats}, which counts events by directory.
 *
 * <p>Start with {@link org.inotify4j.cli.stats.StatsCommand}: a {@code StatsLoop} counts into a
 * {@code StatsTable}, which a {@code LiveTable} shows meanwhile.
 */
@NullMarked
package org.inotify4j.cli.stats;

import org.jspecify.annotations.NullMarked;
