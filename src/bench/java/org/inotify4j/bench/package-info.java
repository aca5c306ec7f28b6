/**
 * Measures the library beside what else there is: start with {@link org.inotify4j.bench.Bench},
 * which lets {@link org.inotify4j.bench.Scenario}s run and writes what they show.
 */
@org.jspecify.annotations.NullMarked
package org.inotify4j.bench;
