/**
 * The model of one name, whatever file it stands for.
 *
 * <p>The way of a record: {@link org.inotify4j.file.NameInterests} finds the names that it
 * concerns; {@link org.inotify4j.file.FileModel} takes it, and looks with a {@code NameResolution}
 * which file its name is now.
 *
 * <p>Not exported: nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.file;

import org.jspecify.annotations.NullMarked;
