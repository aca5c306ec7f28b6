package org.inotify4j.snapshot;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/** The paths of some rows, each made when it is asked for: all at once may fit into no heap. */
final class RowPaths extends AbstractList<Path> implements RandomAccess {

  private final int[] rows;
  private final IntFunction<Path> paths;

  RowPaths(int[] rows, IntFunction<Path> paths) {
    this.rows = rows;
    this.paths = paths;
  }

  @Override
  public Path get(int index) {
    return paths.apply(rows[index]);
  }

  @Override
  public int size() {
    return rows.length;
  }
}
