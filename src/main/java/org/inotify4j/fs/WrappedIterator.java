package org.inotify4j.fs;

import java.nio.file.Path;
import java.util.Iterator;

/** An iterator over paths of the delegate that hands them out wrapped. */
final class WrappedIterator implements Iterator<Path> {

  private final INotifyFileSystem fileSystem;
  private final Iterator<Path> paths;

  WrappedIterator(INotifyFileSystem fileSystem, Iterator<Path> paths) {
    this.fileSystem = fileSystem;
    this.paths = paths;
  }

  @Override
  public boolean hasNext() {
    return paths.hasNext();
  }

  @Override
  public Path next() {
    return fileSystem.wrap(paths.next());
  }

  @Override
  public void remove() {
    paths.remove();
  }
}
