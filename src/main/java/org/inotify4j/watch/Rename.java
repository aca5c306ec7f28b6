package org.inotify4j.watch;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An entry got another name within what a key watches: the context of {@link
 * INotifyEventKinds#RENAME}.
 *
 * @param from the old name, relative to the watchable
 * @param to the new name, relative to the watchable
 */
public record Rename(Path from, Path to) {

  /**
   * A value.
   *
   * @param from the old name
   * @param to the new name
   */
  public Rename {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
  }

  // By hand, as in INotifyEvent.

  @Override
  public boolean equals(Object other) {
    return other instanceof Rename rename && from.equals(rename.from) && to.equals(rename.to);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + to.hashCode();
  }
}
