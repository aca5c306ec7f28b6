/**
 * The command line as a whole: which commands there are, its version, its manual and its
 * completion.
 *
 * <p>Start with {@link org.inotify4j.cli.Main}. Each command has a package of its own, of which
 * hardly more than the command is public: {@code watch}, {@code stats}, {@code exec}, {@code
 * snapshot}, {@code doctor}. None of these knows another one; what they share is below them: {@code
 * options} and {@code format}, below these {@code roots} and {@code regex}, and below all {@code
 * base}.
 *
 * <p>Not a part of the library's jar; packed with what it needs into a jar of its own.
 */
@NullMarked
package org.inotify4j.cli;

import org.jspecify.annotations.NullMarked;
