/**
 * Regular expressions of POSIX, as inotifywait takes them, over bytes: {@code java.util.regex} has
 * others, over text.
 *
 * <p>{@link org.inotify4j.cli.regex.ExtendedRegex} reads one and makes a {@link
 * org.inotify4j.cli.regex.RegexProgram} of it; {@link org.inotify4j.cli.regex.PathSelection} says
 * which paths match.
 */
@NullMarked
package org.inotify4j.cli.regex;

import org.jspecify.annotations.NullMarked;
