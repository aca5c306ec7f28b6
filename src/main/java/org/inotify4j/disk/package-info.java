/**
 * Looks at the disk, and knows nothing of events.
 *
 * <p>Start with {@link org.inotify4j.disk.DirectoryReader}, which opens and reads directories by
 * the bytes of their names; an {@link org.inotify4j.disk.EntryFilter} says what is left out, by
 * rules that are a pattern ({@link org.inotify4j.disk.GlobRule}) or a matcher of the program
 * ({@link org.inotify4j.disk.MatcherRule}): both kinds may be mixed, so they have one filter;
 * {@link org.inotify4j.disk.GitIgnoreFilter} has its rules from files of the tree. A {@link
 * org.inotify4j.disk.StatusReader} reads a directory with the status of each entry; {@link
 * org.inotify4j.disk.FileSystemType} says what file system something is on, and whether inotify
 * hears there what others do. Each call may block as long as the disk likes: under no lock, then.
 * Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.disk;

import org.jspecify.annotations.NullMarked;
