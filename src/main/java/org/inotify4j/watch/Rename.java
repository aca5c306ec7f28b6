package org.inotify4j.watch;

import java.nio.file.Path;

/**
 * An entry got another name within what a key watches: the context of {@link
 * INotifyEventKinds#RENAME}.
 *
 * @param from the old name, relative to the watchable
 * @param to the new name, relative to the watchable
 */
public record Rename(Path from, Path to) {}
