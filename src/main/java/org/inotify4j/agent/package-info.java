/**
 * An agent that makes the JDK's own file system give this library's watch service: paths, file
 * systems and providers stay the JDK's.
 *
 * <p>{@code Agent} is where the Java virtual machine starts it. {@code Retransformer} changes two
 * methods of the JDK, by {@code Patch}, so that they ask a {@code Hook} first; what a hook answers
 * is in {@code Answers}.
 */
@NullMarked
package org.inotify4j.agent;

import org.jspecify.annotations.NullMarked;
