/**
 * The model of a directory with all directories below it.
 *
 * <p>The way of a record: {@link org.inotify4j.tree.TreeModel}, whose pieces {@code TreeParts} puts
 * together, takes it to {@code TreeRecords}. That has {@code EntryChanges} do what comes of a name
 * that came or went: it changes the {@code TreePlaces}, has {@code Crawl} watch and read what came,
 * and tells it by way of the {@code TreeReporter}. {@code MoveRecords} puts the records of a rename
 * together, and {@code Exchanges} looks where two of them may have been one. {@code ToldEntries} is
 * why each entry is told once.
 *
 * <p>{@code Passes} goes through the whole tree, and {@code Crawl} through what came: it knows what
 * is still to visit, and has {@code Visitors} make each {@code Visit}: the thread that crawls, and
 * for a large tree some workers. {@code VisitResults} takes it to the model, in the thread that
 * crawls and in no other. A visit has steps, and touches no model in any of them: what came is
 * opened and watched, the model is asked which directory it is, and only then it is read; one that
 * the tree has already need not be. In a pass all are read in any case. The {@code
 * DirectoryListing} is gone through when it is complete, its memory serves the next directory, and
 * none is kept when a crawl is over. What in a directory is still to visit lies in the {@code
 * CrawlStack}: these names are those of the nodes to come, so they cost no object of their own.
 *
 * <p>What could not be visited goes to {@code FailedVisits}, is kept in {@code
 * UnwatchedDirectories}, and is visited once more by {@code Reattempts}. Nobody here knows who
 * calls it: the package has no circle.
 *
 * <p>{@code ToldEntries} is here and not with the follower, since it notes entries by their node: a
 * single file has one entry, and {@code FileModel} knows what it told of that.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.tree;

import org.jspecify.annotations.NullMarked;
