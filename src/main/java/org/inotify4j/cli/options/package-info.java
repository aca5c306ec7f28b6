/**
 * The options that several commands have: what the user types about paths, in the words of picocli.
 *
 * <p>{@link org.inotify4j.cli.options.PathOptions} says what is watched, {@link
 * org.inotify4j.cli.options.IgnoreOptions} what is left out of it, and {@link
 * org.inotify4j.cli.options.SelectionOptions} which events are told. An option of one command is in
 * its own package.
 */
@NullMarked
package org.inotify4j.cli.options;

import org.jspecify.annotations.NullMarked;
