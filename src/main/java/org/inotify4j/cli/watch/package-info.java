/**
 * The command {@code watch}, which prints events as they come.
 *
 * <p>Start with {@link org.inotify4j.cli.watch.WatchCommand}. Plain directories go by an {@code
 * EventLoop} over the raw API, all else by a {@code ServiceLoop} over a watch service; {@code
 * EventOutput} prints for both. {@link org.inotify4j.cli.watch.Daemon} goes to the background.
 */
@NullMarked
package org.inotify4j.cli.watch;

import org.jspecify.annotations.NullMarked;
