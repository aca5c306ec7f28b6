package org.inotify4j.fs;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Iterator;
import java.util.Objects;
import org.inotify4j.watch.INotifyWatchService;
import org.jspecify.annotations.Nullable;

/** A path of an {@link INotifyFileSystem}: the delegate's path, wrapped. Immutable. */
final class INotifyPath implements Path {

  private final INotifyFileSystem fileSystem;
  private final Path delegate;

  INotifyPath(INotifyFileSystem fileSystem, Path delegate) {
    this.fileSystem = fileSystem;
    this.delegate = delegate;
  }

  Path delegate() {
    return delegate;
  }

  /** Wraps a path that goes out: this one, where the delegate gave itself. */
  @SuppressWarnings("ReferenceEquality") // An equal path may be of another file system.
  private Path wrap(Path path) {
    return path == delegate ? this : fileSystem.wrap(path);
  }

  private @Nullable Path wrapNullable(@Nullable Path path) {
    return path == null ? null : wrap(path);
  }

  @Override
  public FileSystem getFileSystem() {
    return fileSystem;
  }

  @Override
  public boolean isAbsolute() {
    return delegate.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return wrapNullable(delegate.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return wrapNullable(delegate.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return wrapNullable(delegate.getParent());
  }

  @Override
  public int getNameCount() {
    return delegate.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return wrap(delegate.getName(index));
  }

  @Override
  public Path subpath(int beginIndex, int endIndex) {
    return wrap(delegate.subpath(beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    Path unwrapped = fileSystem.unwrapOrNull(other);
    return unwrapped != null && delegate.startsWith(unwrapped);
  }

  @Override
  public boolean startsWith(String other) {
    return delegate.startsWith(other);
  }

  @Override
  public boolean endsWith(Path other) {
    Path unwrapped = fileSystem.unwrapOrNull(other);
    return unwrapped != null && delegate.endsWith(unwrapped);
  }

  @Override
  public boolean endsWith(String other) {
    return delegate.endsWith(other);
  }

  @Override
  public Path normalize() {
    return wrap(delegate.normalize());
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Where the delegate gives back the other, so does this.
  public Path resolve(Path other) {
    Path unwrapped = fileSystem.unwrap(other);
    Path resolved = delegate.resolve(unwrapped);
    return resolved == unwrapped ? fileSystem.wrap(other) : wrap(resolved);
  }

  @Override
  public Path resolve(String other) {
    return wrap(delegate.resolve(other));
  }

  /** Where this path has no parent the interface's own method gives back what it was given. */
  @Override
  public Path resolveSibling(Path other) {
    Path sibling = Path.super.resolveSibling(other);
    return fileSystem.unwrapOrNull(sibling) == null ? sibling : fileSystem.wrap(sibling);
  }

  @Override
  public Path relativize(Path other) {
    return wrap(delegate.relativize(fileSystem.unwrap(other)));
  }

  @Override
  public URI toUri() {
    return fileSystem.provider.fromDelegate(delegate.toUri());
  }

  @Override
  public Path toAbsolutePath() {
    return wrap(delegate.toAbsolutePath());
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return wrap(delegate.toRealPath(options));
  }

  /** Of a path of the native file system the delegate would refuse: it is not the default one. */
  @Override
  public File toFile() {
    return fileSystem.isNative() ? new File(toString()) : delegate.toFile();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    Objects.requireNonNull(watcher, "watcher");
    if (watcher instanceof INotifyWatchService service) {
      return service.register(this, events, modifiers);
    }
    if (watcher instanceof TranslatedWatchService service) {
      return service.register(this, events, modifiers);
    }
    throw new ProviderMismatchException(
        "not a watch service of this file system: " + watcher.getClass().getName());
  }

  @Override
  public WatchKey register(WatchService watcher, WatchEvent.Kind<?>... events) throws IOException {
    return register(watcher, events, new WatchEvent.Modifier[0]);
  }

  @Override
  public Iterator<Path> iterator() {
    return new WrappedIterator(fileSystem, delegate.iterator());
  }

  /** Compares as the delegate does; a path of another provider is a ClassCastException. */
  @Override
  public int compareTo(Path other) {
    INotifyPath path = (INotifyPath) other;
    if (path.fileSystem.provider != fileSystem.provider) {
      throw new ClassCastException("a path of another provider: " + other);
    }
    return delegate.compareTo(path.delegate);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof INotifyPath path
        && path.fileSystem == fileSystem
        && path.delegate.equals(delegate);
  }

  @Override
  public int hashCode() {
    return delegate.hashCode();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
