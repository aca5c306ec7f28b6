/**
 * The command line: {@link org.inotify4j.cli.Main}.
 *
 * <p>Not a part of the library's jar; packed with what it needs into a jar of its own.
 */
@NullMarked
package org.inotify4j.cli;

import org.jspecify.annotations.NullMarked;
