/**
 * The paths that a watch service watches, as the user has spelled them.
 *
 * <p>Start with {@link org.inotify4j.cli.roots.Roots}; {@link org.inotify4j.cli.roots.TreeOptions}
 * says how each is watched. Nothing here knows of options or of how events are printed.
 */
@NullMarked
package org.inotify4j.cli.roots;

import org.jspecify.annotations.NullMarked;
