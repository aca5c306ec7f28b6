/**
 * The command {@code doctor}, which tells why a watcher does not work.
 *
 * <p>Start with {@link org.inotify4j.cli.doctor.DoctorCommand}. What it finds out is in {@code
 * SystemFacts}, {@code JavaFacts}, {@code LimitFacts} and {@code PathFacts}, of which {@code
 * PathCheck} makes one a path; {@code Problems} says what is wrong with it, and {@code Remedies}
 * what mends that; {@code DoctorText} and {@code DoctorJson} print the whole {@code Diagnosis}.
 */
@NullMarked
package org.inotify4j.cli.doctor;

import org.jspecify.annotations.NullMarked;
