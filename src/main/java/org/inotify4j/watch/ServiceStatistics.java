package org.inotify4j.watch;

/**
 * Figures of one {@link INotifyWatchService}, as of one moment: what it has now, and what it has
 * counted since it was opened. After the close of the service what it has is 0, and what it has
 * counted stays.
 *
 * <p>Immutable, and safe for use by several threads.
 *
 * @param watches how many directories are watched now, as {@link INotifyWatchService#watchCount}
 *     has it
 * @param keys how many valid keys there are now
 * @param pendingEvents how many events wait now for a {@code pollEvents}; those that were put
 *     together count once
 * @param pendingBytes how many bytes of memory are held now for these, and for what waits to be
 *     told by trees and files
 * @param deliveredEvents how many events {@code pollEvents} has returned
 * @param queueOverflows how often the kernel's queue was full, so that events were lost
 * @param keyOverflows how often there were more events pending at a key than its bound, or the
 *     service's bound on bytes, lets be; they were dropped for an {@code OVERFLOW}
 * @param repairs how often a tree or a file was looked at anew, since events were lost
 * @param rescans how often what was lost was found by looking, for {@link INotifyModifiers#RESCAN}
 *     and for what is polled
 * @param unwatchedDirectories how many directories of trees are not watched now, though they should
 *     be: not permitted, or no room
 * @param pollRounds how often what is polled was looked at, or began to be: the first time to know
 *     what is there
 */
public record ServiceStatistics(
    int watches,
    int keys,
    long pendingEvents,
    long pendingBytes,
    long deliveredEvents,
    long queueOverflows,
    long keyOverflows,
    long repairs,
    long rescans,
    int unwatchedDirectories,
    long pollRounds) {}
