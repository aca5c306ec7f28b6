package org.inotify4j.fs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.util.Iterator;

/** A directory stream with its paths wrapped. */
final class WrappedDirectoryStream implements DirectoryStream<Path> {

  private final INotifyFileSystem fileSystem;
  private final DirectoryStream<Path> delegate;

  private WrappedDirectoryStream(INotifyFileSystem fileSystem, DirectoryStream<Path> delegate) {
    this.fileSystem = fileSystem;
    this.delegate = delegate;
  }

  /** Wraps a stream; one that is secure stays so. */
  static DirectoryStream<Path> of(INotifyFileSystem fileSystem, DirectoryStream<Path> stream) {
    return stream instanceof SecureDirectoryStream<Path> secure
        ? new WrappedSecureDirectoryStream(fileSystem, secure)
        : new WrappedDirectoryStream(fileSystem, stream);
  }

  @Override
  public Iterator<Path> iterator() {
    return new WrappedIterator(fileSystem, delegate.iterator());
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }
}
