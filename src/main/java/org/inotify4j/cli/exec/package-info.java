/**
 * The command {@code exec}, which runs a command of the user's when something has changed.
 *
 * <p>Start with {@link org.inotify4j.cli.exec.ExecCommand}: {@code CommandRuns} runs one at a time,
 * by a {@code CommandLauncher}.
 */
@NullMarked
package org.inotify4j.cli.exec;

import org.jspecify.annotations.NullMarked;
