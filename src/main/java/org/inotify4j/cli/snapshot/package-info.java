/**
 * The command {@code snapshot}: what is in a tree is saved, and later compared.
 *
 * <p>Start with {@link org.inotify4j.cli.snapshot.SnapshotCommand}, which stands for {@code save}
 * and {@code diff}.
 */
@NullMarked
package org.inotify4j.cli.snapshot;

import org.jspecify.annotations.NullMarked;
