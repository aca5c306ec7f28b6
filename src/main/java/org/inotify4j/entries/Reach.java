package org.inotify4j.entries;

import org.inotify4j.disk.EntryFilter;

/**
 * What of a tree is read.
 *
 * @param followsLink whether a link at the end of the root's path is followed
 * @param filter what is left out
 * @param hasMode whether permissions are kept
 * @param isFlat whether only the root's own entries are read
 */
public record Reach(boolean followsLink, EntryFilter filter, boolean hasMode, boolean isFlat) {}
