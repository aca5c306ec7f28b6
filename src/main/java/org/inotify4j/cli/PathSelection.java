package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which paths are of interest, by regular expressions that are looked for in the whole path. */
final class PathSelection {

  static final PathSelection EVERYTHING = new PathSelection(null, null);

  private final @Nullable Pattern included;
  private final @Nullable Pattern excluded;

  /**
   * A selection.
   *
   * @param included null for every path
   * @param excluded null for none; what is both is excluded
   */
  PathSelection(@Nullable Pattern included, @Nullable Pattern excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  /** Whether the path is of interest: as inotifywait has it, the watched path and then the name. */
  boolean has(byte[] path) {
    if (included == null && excluded == null) {
      return true;
    }
    String latin1 = new String(path, ISO_8859_1);
    return (included == null || included.matcher(latin1).find())
        && (excluded == null || !excluded.matcher(latin1).find());
  }
}
