package org.inotify4j.fs;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory stream with its paths wrapped. */
class WrappedDirectoryStream implements DirectoryStream<Path> {

  final INotifyFileSystem fileSystem;
  private final DirectoryStream<Path> delegate;

  private WrappedDirectoryStream(INotifyFileSystem fileSystem, DirectoryStream<Path> delegate) {
    this.fileSystem = fileSystem;
    this.delegate = delegate;
  }

  /** Wraps a stream; one that is secure stays so. */
  static DirectoryStream<Path> of(INotifyFileSystem fileSystem, DirectoryStream<Path> stream) {
    return stream instanceof SecureDirectoryStream<Path> secure
        ? new Secure(fileSystem, secure)
        : new WrappedDirectoryStream(fileSystem, stream);
  }

  @Override
  public Iterator<Path> iterator() {
    Iterator<Path> entries = delegate.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Path next() {
        return fileSystem.wrap(entries.next());
      }

      @Override
      public void remove() {
        entries.remove();
      }
    };
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }

  /** A secure one. */
  private static final class Secure extends WrappedDirectoryStream
      implements SecureDirectoryStream<Path> {

    private final SecureDirectoryStream<Path> secure;

    Secure(INotifyFileSystem fileSystem, SecureDirectoryStream<Path> secure) {
      super(fileSystem, secure);
      this.secure = secure;
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
        throws IOException {
      return new Secure(fileSystem, secure.newDirectoryStream(fileSystem.unwrap(path), options));
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return secure.newByteChannel(fileSystem.unwrap(path), options, attributes);
    }

    @Override
    public void deleteFile(Path path) throws IOException {
      secure.deleteFile(fileSystem.unwrap(path));
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
      secure.deleteDirectory(fileSystem.unwrap(path));
    }

    @Override
    public void move(Path source, SecureDirectoryStream<Path> target, Path targetPath)
        throws IOException {
      SecureDirectoryStream<Path> to = target instanceof Secure own ? own.secure : target;
      secure.move(fileSystem.unwrap(source), to, fileSystem.unwrap(targetPath));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
      return secure.getFileAttributeView(type);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return secure.getFileAttributeView(fileSystem.unwrap(path), type, options);
    }
  }
}
