package org.inotify4j.changes;

/**
 * What a {@link PathWatcher} has done so far, and what it has at present.
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * @param batches how many calls of the listener have returned, or thrown
 * @param changes how many changes were in them
 * @param listenerFailures how many of the calls threw something
 * @param waiting how many entries are remembered for the next call: those that differ, and the
 *     directories that lead there
 * @param losses how often the kernel's queue, or another one, overflowed
 * @param rescans how often the disk was compared with what was told, since records were lost
 * @param pollRounds how often that was done where the kernel does not tell all, or began to be: the
 *     first time to know what is there
 * @param watches how many directories and names are watched at present
 */
public record WatcherStatistics(
    long batches,
    long changes,
    long listenerFailures,
    int waiting,
    long losses,
    long rescans,
    long pollRounds,
    int watches) {}
