/**
 * The model of one name, whatever file it stands for.
 *
 * <p>The way of a record: {@link org.inotify4j.file.NameInterests} finds whom it concerns; {@link
 * org.inotify4j.file.FileModel} takes it, has {@code NameRecords} say what becomes of the name,
 * looks with a {@code NameResolution} which file that is now, has an {@code InodeWatch} say which
 * of two records of one change is told, and tells it by a {@code NameReport}. Where the name leads
 * elsewhere {@code Whereabouts} says whether the kernel reports all of that.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.file;

import org.jspecify.annotations.NullMarked;
