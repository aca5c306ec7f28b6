/**
 * The floor that touches the kernel: one method a system call, and no policy.
 *
 * <p>Start with {@link org.inotify4j.libc.LibC}, the system calls, and {@link
 * org.inotify4j.libc.SystemLibC}, which finds the implementation for this machine: {@code
 * ForeignLibC}, in the jar's part for Java 22 and later, or {@code JnaLibC}. What the kernel writes
 * for programs is read here too, such as the {@link org.inotify4j.libc.MountTable}. Not exported:
 * nothing here is meant for a library's user.
 */
@NullMarked
package org.inotify4j.libc;

import org.jspecify.annotations.NullMarked;
