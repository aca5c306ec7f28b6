/**
 * The model of a directory with all directories below it.
 *
 * <p>The way of a record: {@link org.inotify4j.tree.TreeModel} takes it to {@code TreeRecords},
 * which changes the {@code TreeNodes}, has {@code TreeWalk} watch and read what came, and tells it
 * by way of the {@code TreeReporter}. {@code ToldEntries} is why each entry is told once.
 *
 * <p>{@code ToldEntries} is here and not with the follower, since it notes entries by their node: a
 * single file has one entry, and {@code FileModel} knows what it told of that.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.tree;

import org.jspecify.annotations.NullMarked;
