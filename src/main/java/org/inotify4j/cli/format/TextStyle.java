package org.inotify4j.cli.format;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link TextFormat} has beside its format.
 *
 * @param time how {@code %T} is written; null where there is none
 * @param isLiteral whether names are printed byte for byte: then all text has one char a byte
 * @param isColored whether there is color
 */
record TextStyle(@Nullable TimeFormat time, boolean isLiteral, boolean isColored) {

  /** Escaped names, and nothing else. */
  static final TextStyle PLAIN = new TextStyle(null, false, false);
}
