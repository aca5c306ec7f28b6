/**
 * A file system provider that is another one in everything but its watch service.
 *
 * <p>Start with {@link org.inotify4j.fs.INotifyFileSystemProvider}, which says how to make it the
 * Java virtual machine's default. Inside, {@code INotifyPath} is the one wrapper around a path:
 * {@code INotifyFileSystem} wraps and unwraps, in one place each.
 */
@NullMarked
package org.inotify4j.fs;

import org.jspecify.annotations.NullMarked;
