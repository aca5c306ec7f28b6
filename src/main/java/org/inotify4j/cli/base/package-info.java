/**
 * What every command needs and none owns: how it is spoken to, and how it answers.
 *
 * <p>{@link org.inotify4j.cli.base.RawArguments} and {@link org.inotify4j.cli.base.PathNames} keep
 * what the user typed as the bytes that it was; a {@link org.inotify4j.cli.base.Console} prints,
 * {@link org.inotify4j.cli.base.Reasons} says why not, and {@link org.inotify4j.cli.base.ExitCode}
 * has the codes.
 */
@NullMarked
package org.inotify4j.cli.base;

import org.jspecify.annotations.NullMarked;
