package org.inotify4j.changes;

import java.nio.file.Path;
import java.util.Arrays;
import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.FileStatus;
import org.inotify4j.disk.OpenFiles;
import org.inotify4j.disk.OpenFiles.Writers;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;

/** Looks at files below a root: whether they are written, and what they look like. */
final class FileLooks {

  /**
   * What was found.
   *
   * @param status what it looks like
   * @param writers whether it is open for writing; NONE where it is no plain file, or gone
   */
  record Look(FileStatus status, Writers writers) {

    /** Whether there is anything: else it is elsewhere by now, and that will be heard. */
    boolean isThere() {
      return status.result() >= 0;
    }

    /** Whether it is a file that nothing but its bytes can say is finished. */
    boolean isPlain() {
      return status.isPlainFile();
    }
  }

  private final LibC libC;
  private final DirectoryReader directories;
  private final OpenFiles files;

  /** The name of the only file, or nothing where there is a directory. */
  private final byte[] name;

  /** Whether a link stands for what it leads to: a single file is what its name leads to. */
  private final boolean follows;

  FileLooks(LibC libC, WatchRoot root) {
    Path path = root.path().toAbsolutePath();
    Path parent = path.getParent();
    boolean isFile = root.reach() == WatchRoot.Reach.FILE && parent != null;
    byte[] directory = PathBytes.of(isFile && parent != null ? parent : path);
    byte[] whole = PathBytes.of(path);
    // Both end in a NUL, and there is a slash between them but in the root directory.
    int start = directory.length == 2 ? 1 : directory.length;
    this.name = isFile ? Arrays.copyOfRange(whole, start, whole.length - 1) : new byte[0];
    this.libC = libC;
    this.directories = new DirectoryReader(libC, directory, true);
    this.follows = isFile;
    this.files = new OpenFiles(libC, follows);
  }

  /** Looks at what is at a path below the root. */
  Look look(byte[] path) {
    byte[] entry = path.length == 0 ? name : path;
    int fd = directories.openRoot();
    try {
      FileStatus status = FileStatus.of(libC, fd, entry, follows);
      return new Look(status, status.isPlainFile() ? files.writers(fd, entry) : Writers.NONE);
    } finally {
      if (fd >= 0) {
        directories.close(fd);
      }
    }
  }
}
