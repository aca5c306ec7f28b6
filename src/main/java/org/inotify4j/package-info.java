/**
 * The raw API: Linux inotify as the kernel gives it.
 *
 * <p>Start with {@link org.inotify4j.INotify}, an inotify instance, and {@link
 * org.inotify4j.INotifyEvent}, what it reads. {@link org.inotify4j.Flag} and {@link
 * org.inotify4j.Mask} name the bits; {@link org.inotify4j.EventBuffer} reads without allocating.
 *
 * <p>Where an argument is null that is not marked as nullable, a method throws a {@link
 * NullPointerException} or another exception that it names, and does nothing.
 */
@NullMarked
package org.inotify4j;

import org.jspecify.annotations.NullMarked;
