package org.inotify4j.fs;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Another file system with its paths wrapped: {@link #wrap} and {@link #unwrap} are the places
 * where paths go out and come in.
 */
final class INotifyFileSystem extends FileSystem {

  final INotifyFileSystemProvider provider;
  private final FileSystem delegate;
  private final boolean isNative;
  private final ContentTypeProbe probe;

  INotifyFileSystem(INotifyFileSystemProvider provider, FileSystem delegate) {
    this.provider = provider;
    this.delegate = delegate;
    this.isNative = delegate.getClass().getName().startsWith("sun.nio.fs.");
    this.probe = new ContentTypeProbe(delegate.provider(), provider.isDefault());
  }

  FileSystem delegate() {
    return delegate;
  }

  /** Whether the delegate is the operating system's own file system. */
  boolean isNative() {
    return isNative;
  }

  /**
   * Wraps a path that goes out. The delegate may have been handed a wrapped one by the JDK; it
   * stays as it is, or is wrapped anew if its wrapper is of another file system.
   */
  INotifyPath wrap(Path path) {
    if (!(path instanceof INotifyPath wrapped)) {
      return new INotifyPath(this, path);
    }
    return wrapped.getFileSystem() == this ? wrapped : new INotifyPath(this, wrapped.delegate());
  }

  /**
   * Unwraps a path that comes in: one of this file system, or of the delegate's.
   *
   * @throws ProviderMismatchException if it is of another one
   */
  Path unwrap(Path path) {
    Path unwrapped = unwrapOrNull(path);
    if (unwrapped == null) {
      throw new ProviderMismatchException(
          "a path of another file system (" + path.getClass().getName() + "): " + path);
    }
    return unwrapped;
  }

  /** As {@link #unwrap}, but null for a path of another file system. */
  @Nullable Path unwrapOrNull(Path path) {
    Objects.requireNonNull(path, "path");
    Path inner = path instanceof INotifyPath wrapped ? wrapped.delegate() : path;
    return inner.getFileSystem().provider().equals(delegate.provider()) ? inner : null;
  }

  @Override
  public FileSystemProvider provider() {
    return probe.isWaiting() ? probe.providerFor(this) : provider;
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }

  @Override
  public boolean isOpen() {
    return delegate.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    return delegate.isReadOnly();
  }

  @Override
  public String getSeparator() {
    return delegate.getSeparator();
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    List<Path> roots = new ArrayList<>();
    for (Path root : delegate.getRootDirectories()) {
      roots.add(wrap(root));
    }
    return List.copyOf(roots);
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return delegate.getFileStores();
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    return delegate.supportedFileAttributeViews();
  }

  @Override
  public Path getPath(String first, String... more) {
    return wrap(delegate.getPath(first, more));
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    PathMatcher matcher = delegate.getPathMatcher(syntaxAndPattern);
    return path -> matcher.matches(path instanceof INotifyPath own ? own.delegate() : path);
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    return delegate.getUserPrincipalLookupService();
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return WatchServices.open(this);
  }

  @Override
  public String toString() {
    return "INotifyFileSystem[" + delegate + "]";
  }
}
