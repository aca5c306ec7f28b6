package org.inotify4j.tree;

import java.nio.file.Path;

/**
 * What a tree is a tree of.
 *
 * @param wd the watch descriptor of the directory, whose watch is the key's own
 * @param path the path that was registered now
 * @param watchable the path that the program knows: it may be an older one
 * @param followsLink whether a link at the path's end is followed
 * @param isFlat whether it ends with the directory's own entries: no directory below is watched
 */
public record TreeRoot(int wd, Path path, Path watchable, boolean followsLink, boolean isFlat) {}
