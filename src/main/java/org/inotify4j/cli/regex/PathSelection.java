package org.inotify4j.cli.regex;

import org.jspecify.annotations.Nullable;

/** Which paths are of interest, by regular expressions that are looked for in the whole path. */
public final class PathSelection {

  static final PathSelection EVERYTHING = new PathSelection(null, null);

  private final @Nullable RegexProgram included;
  private final @Nullable RegexProgram excluded;

  /**
   * A selection.
   *
   * @param included null for every path
   * @param excluded null for none; what is both is excluded
   */
  public PathSelection(@Nullable RegexProgram included, @Nullable RegexProgram excluded) {
    this.included = included;
    this.excluded = excluded;
  }

  /** Whether the path is of interest: as inotifywait has it, the watched path and then the name. */
  public boolean has(byte[] path) {
    return (included == null || RegexSearch.finds(included, path))
        && (excluded == null || !RegexSearch.finds(excluded, path));
  }
}
