package org.inotify4j.changes;

import java.time.Duration;
import java.util.function.Consumer;
import org.inotify4j.snapshot.TreeFilter;
import org.jspecify.annotations.Nullable;

/**
 * What a program asked of a watcher, beside the roots.
 *
 * @param filter what is left out by globs
 * @param isGitIgnoring whether the {@code .gitignore} files of the tree count
 * @param maxDepth how many names an entry's path has at most
 * @param tellsExisting whether what is there at the start is told
 * @param isFinishedOnly whether a file is told when it is finished
 * @param quiet how long nothing happens before a batch, in nanoseconds
 * @param longest how long a batch waits at most, in nanoseconds
 * @param poll how often the roots are looked at as well; null where the properties decide
 * @param onError who is told of problems; it throws nothing
 */
record WatchSettings(
    TreeFilter filter,
    boolean isGitIgnoring,
    int maxDepth,
    boolean tellsExisting,
    boolean isFinishedOnly,
    long quiet,
    long longest,
    @Nullable Duration poll,
    Consumer<Problem> onError) {}
