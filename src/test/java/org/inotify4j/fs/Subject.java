package org.inotify4j.fs;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Feature;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * A file system that the contract is held against. The plain ones are the judges: what the contract
 * asks of them must be right before it can be asked of a wrapper.
 */
enum Subject {
  NATIVE,
  NATIVE_WRAPPED,
  NATIVE_SCHEME,
  UNIX,
  UNIX_WRAPPED,
  WINDOWS,
  WINDOWS_WRAPPED;

  private static final Configuration UNIX_LIKE =
      Configuration.unix().toBuilder()
          .setAttributeViews("basic", "owner", "posix", "unix", "user")
          .build();

  private static final Configuration WINDOWS_LIKE =
      Configuration.windows().toBuilder()
          .setAttributeViews("basic", "owner", "dos", "acl")
          .setSupportedFeatures(Feature.FILE_CHANNEL)
          .build();

  boolean isNative() {
    return this == NATIVE || this == NATIVE_WRAPPED || this == NATIVE_SCHEME;
  }

  boolean isWindows() {
    return this == WINDOWS || this == WINDOWS_WRAPPED;
  }

  boolean isWrapped() {
    return this == NATIVE_WRAPPED
        || this == NATIVE_SCHEME
        || this == UNIX_WRAPPED
        || this == WINDOWS_WRAPPED;
  }

  FileSystem open() {
    return switch (this) {
      case NATIVE -> FileSystems.getDefault();
      case NATIVE_WRAPPED -> INotifyFileSystemProvider.wrap(FileSystems.getDefault());
      case NATIVE_SCHEME -> FileSystems.getFileSystem(URI.create("inotify:///"));
      case UNIX -> Jimfs.newFileSystem(UNIX_LIKE);
      case UNIX_WRAPPED -> INotifyFileSystemProvider.wrap(Jimfs.newFileSystem(UNIX_LIKE));
      case WINDOWS -> Jimfs.newFileSystem(WINDOWS_LIKE);
      case WINDOWS_WRAPPED -> INotifyFileSystemProvider.wrap(Jimfs.newFileSystem(WINDOWS_LIKE));
    };
  }

  /** An empty directory of the file system: what it holds in memory, or a native one. */
  Path directory(FileSystem fileSystem, Path temporary) {
    return isNative()
        ? fileSystem.getPath(temporary.toString())
        : fileSystem.getPath("").toAbsolutePath();
  }

  void close(FileSystem fileSystem) throws IOException {
    if (!isNative()) {
      fileSystem.close();
    }
  }
}
