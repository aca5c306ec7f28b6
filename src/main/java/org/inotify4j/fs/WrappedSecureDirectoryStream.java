package org.inotify4j.fs;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A secure directory stream with its paths wrapped. */
final class WrappedSecureDirectoryStream implements SecureDirectoryStream<Path> {

  private final INotifyFileSystem fileSystem;
  private final SecureDirectoryStream<Path> secure;

  WrappedSecureDirectoryStream(INotifyFileSystem fileSystem, SecureDirectoryStream<Path> secure) {
    this.fileSystem = fileSystem;
    this.secure = secure;
  }

  @Override
  public Iterator<Path> iterator() {
    return new WrappedIterator(fileSystem, secure.iterator());
  }

  @Override
  public void close() throws IOException {
    secure.close();
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
      throws IOException {
    return new WrappedSecureDirectoryStream(
        fileSystem, secure.newDirectoryStream(fileSystem.unwrap(path), options));
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
    SecureDirectoryStream<Path> to =
        target instanceof WrappedSecureDirectoryStream own ? own.secure : target;
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
