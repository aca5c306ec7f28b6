package org.inotify4j.fs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A file system provider that wraps another one and changes one thing: {@link
 * FileSystem#newWatchService} opens an {@link org.inotify4j.watch.INotifyWatchService}.
 *
 * <p>There are three ways to it:
 *
 * <ul>
 *   <li>the whole Java virtual machine, without a change to the program: {@code
 *       -Djava.nio.file.spi.DefaultFileSystemProvider=org.inotify4j.fs.INotifyFileSystemProvider};
 *   <li>the scheme {@code inotify} for the paths of the default file system: {@code
 *       Path.of(URI.create("inotify:///srv/in"))};
 *   <li>{@link #wrap} for a file system at hand.
 * </ul>
 *
 * <p>Where inotify cannot be used (this is not Linux, Java has no native access and JNA cannot
 * load, the file system is not the native one, or {@code -Dinotify4j.disable=true}) the delegate's
 * own watch service is opened, and that is said once through {@link System.Logger}.
 *
 * <p>The methods may be called from any thread. All that is not said here is as the wrapped
 * provider does it.
 */
@SuppressWarnings("exports") // JSpecify's annotations: nobody needs them at run time.
public final class INotifyFileSystemProvider extends FileSystemProvider {

  private static final String SCHEME = "inotify";
  private static final String DELEGATE_SCHEME = "file";

  /** The provider that is wrapped, or null until it is first needed: the default one. */
  private volatile @Nullable FileSystemProvider delegate;

  /** The one file system of this provider, or null until it is first asked for. */
  private final AtomicReference<@Nullable INotifyFileSystem> fileSystem = new AtomicReference<>();

  private final boolean hasOwnScheme;
  private final boolean isDefault;

  /** Made by the service loader: the scheme {@code inotify}, over the default file system. */
  public INotifyFileSystemProvider() {
    hasOwnScheme = true;
    isDefault = false;
  }

  /**
   * Made by the Java virtual machine: its default provider. Runs while the machine starts, and does
   * nothing that could need more of it than there is.
   *
   * @param delegate the provider that would be the default one
   */
  public INotifyFileSystemProvider(FileSystemProvider delegate) {
    this.delegate = delegate;
    hasOwnScheme = false;
    isDefault = true;
  }

  private INotifyFileSystemProvider(FileSystem delegate) {
    this.delegate = delegate.provider();
    hasOwnScheme = false;
    isDefault = false;
    fileSystem.set(new INotifyFileSystem(this, delegate));
  }

  /**
   * Wraps a file system.
   *
   * <p>A path of {@code fileSystem} itself is taken for the wrapped one by the methods of the
   * provider, so by those of {@link java.nio.file.Files}, and where it is given to a wrapped path's
   * {@code resolve}, {@code resolveSibling}, {@code relativize}, {@code startsWith} and {@code
   * endsWith}. It is not equal to the wrapped one, and not comparable with it; and where a wrapped
   * path is given to it, it does what it does with any other provider's. {@code Files.copy} and
   * {@code Files.move} with one of each take them for paths of two file systems, before any
   * provider is asked: a file is copied without its attributes, and a move is no atomic one, nor
   * one of a directory with something in it.
   *
   * @param fileSystem any file system
   * @return the same files under paths of their own, with watch services over inotify if the files
   *     are the native ones; {@code fileSystem} itself if it is wrapped already. Closing it closes
   *     {@code fileSystem}.
   */
  public static FileSystem wrap(FileSystem fileSystem) {
    Objects.requireNonNull(fileSystem, "fileSystem");
    if (fileSystem instanceof INotifyFileSystem) {
      return fileSystem;
    }
    return new INotifyFileSystemProvider(fileSystem).fileSystem();
  }

  /** Whether this is the default provider of the Java virtual machine. */
  boolean isDefault() {
    return isDefault;
  }

  /** The one file system: made when it is first asked for. */
  private INotifyFileSystem fileSystem() {
    INotifyFileSystem made = fileSystem.get();
    return made != null ? made : makeFileSystem(plainDefault());
  }

  private INotifyFileSystem makeFileSystem(FileSystem over) {
    // Two threads may make one each; the first one is kept, since there must be one for ever.
    INotifyFileSystem fresh = new INotifyFileSystem(this, over);
    INotifyFileSystem first = fileSystem.compareAndExchange(null, fresh);
    return first == null ? fresh : first;
  }

  /** The default file system, without the wrapper that it may have. */
  private static FileSystem plainDefault() {
    FileSystem standard = FileSystems.getDefault();
    return standard instanceof INotifyFileSystem wrapped ? wrapped.delegate() : standard;
  }

  private FileSystemProvider delegate() {
    FileSystemProvider known = delegate;
    if (known == null) {
      known = plainDefault().provider();
      delegate = known;
    }
    return known;
  }

  private Path unwrap(Path path) {
    return fileSystem().unwrap(path);
  }

  /** A URI of this provider for the delegate. */
  private URI toDelegate(URI uri) {
    return hasOwnScheme ? withScheme(uri, SCHEME, DELEGATE_SCHEME) : uri;
  }

  /** A URI of the delegate for this provider. */
  URI fromDelegate(URI uri) {
    return hasOwnScheme ? withScheme(uri, DELEGATE_SCHEME, SCHEME) : uri;
  }

  private static URI withScheme(URI uri, String from, String to) {
    String text = uri.toString();
    if (!text.regionMatches(true, 0, from + ":", 0, from.length() + 1)) {
      throw new IllegalArgumentException("URI scheme is not \"" + from + "\": " + uri);
    }
    return URI.create(to + text.substring(from.length()));
  }

  @Override
  public String getScheme() {
    return hasOwnScheme ? SCHEME : delegate().getScheme();
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
    return wrap(delegate().newFileSystem(toDelegate(uri), env));
  }

  /** The JDK asks every installed provider; only one that cannot do it lets it ask the next. */
  @Override
  public FileSystem newFileSystem(Path path, Map<String, ?> env) throws IOException {
    Path unwrapped = fileSystem().unwrapOrNull(path);
    if (unwrapped == null) {
      throw new UnsupportedOperationException("a path of another file system: " + path);
    }
    return delegate().newFileSystem(unwrapped, env);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    FileSystem found = delegate().getFileSystem(toDelegate(uri));
    INotifyFileSystem own = fileSystem.get();
    if (own == null) {
      return makeFileSystem(found);
    }
    return own.delegate().equals(found) ? own : wrap(found);
  }

  @Override
  public Path getPath(URI uri) {
    return fileSystem().wrap(delegate().getPath(toDelegate(uri)));
  }

  @Override
  public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
    return delegate().newInputStream(unwrap(path), options);
  }

  @Override
  public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
    return delegate().newOutputStream(unwrap(path), options);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return delegate().newFileChannel(unwrap(path), options, attributes);
  }

  @Override
  public AsynchronousFileChannel newAsynchronousFileChannel(
      Path path,
      Set<? extends OpenOption> options,
      @Nullable ExecutorService executor,
      FileAttribute<?>... attributes)
      throws IOException {
    return delegate().newAsynchronousFileChannel(unwrap(path), options, executor, attributes);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return delegate().newByteChannel(unwrap(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    Objects.requireNonNull(filter, "filter");
    INotifyFileSystem own = fileSystem();
    return WrappedDirectoryStream.of(
        own,
        delegate()
            .newDirectoryStream(own.unwrap(directory), entry -> filter.accept(own.wrap(entry))));
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    delegate().createDirectory(unwrap(directory), attributes);
  }

  @Override
  public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes)
      throws IOException {
    delegate().createSymbolicLink(unwrap(link), unwrap(target), attributes);
  }

  @Override
  public void createLink(Path link, Path existing) throws IOException {
    delegate().createLink(unwrap(link), unwrap(existing));
  }

  @Override
  public void delete(Path path) throws IOException {
    delegate().delete(unwrap(path));
  }

  @Override
  public boolean deleteIfExists(Path path) throws IOException {
    return delegate().deleteIfExists(unwrap(path));
  }

  @Override
  public Path readSymbolicLink(Path link) throws IOException {
    return fileSystem().wrap(delegate().readSymbolicLink(unwrap(link)));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    delegate().copy(unwrap(source), unwrap(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    delegate().move(unwrap(source), unwrap(target), options);
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    Path unwrapped = unwrap(path);
    Path unwrappedOther = fileSystem().unwrapOrNull(other);
    return unwrappedOther != null && delegate().isSameFile(unwrapped, unwrappedOther);
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return delegate().isHidden(unwrap(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return delegate().getFileStore(unwrap(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    delegate().checkAccess(unwrap(path), modes);
  }

  /**
   * Whether a file exists: a method of the providers of JDK 20 and later.
   *
   * @param path a path of this provider
   * @param options whether to follow links
   * @return whether it exists
   */
  public boolean exists(Path path, LinkOption... options) {
    return NewerMethods.exists(delegate(), unwrap(path), options);
  }

  /**
   * The attributes of a file, if it exists: a method of the providers of JDK 20 and later.
   *
   * @param <A> the type of the attributes
   * @param path a path of this provider
   * @param type the type of the attributes
   * @param options whether to follow links
   * @return the attributes, or null if there is no such file
   * @throws IOException if they cannot be read
   */
  public <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return NewerMethods.readAttributesIfExists(delegate(), unwrap(path), type, options);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return delegate().getFileAttributeView(unwrap(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return delegate().readAttributes(unwrap(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return delegate().readAttributes(unwrap(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    delegate().setAttribute(unwrap(path), attribute, value, options);
  }
}
