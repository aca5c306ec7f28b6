package org.inotify4j.snapshot;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot may take the place of: a regular file, or nothing. A rename onto it would replace
 * a device, a pipe or a link just as well.
 *
 * @param place where the file is, or is to be, behind all links
 * @param permissions those of the file that is there; null where there is none
 */
record SnapshotTarget(Path place, @Nullable Set<PosixFilePermission> permissions) {

  /** As many as the kernel follows. */
  private static final int MOST_LINKS = 40;

  /**
   * Finds out where a path leads.
   *
   * @throws FileSystemException if that is neither a regular file nor missing
   */
  static SnapshotTarget of(Path file) throws IOException {
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return new SnapshotTarget(behindLinks(file), null);
    }
    if (found.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "Is a directory");
    }
    if (!found.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "not a regular file");
    }
    return new SnapshotTarget(file.toRealPath(), Files.getPosixFilePermissions(file));
  }

  /** Where a file would be made by this path: links may lead to nothing yet. */
  private static Path behindLinks(Path file) throws IOException {
    Path place = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(place); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemException(file.toString(), null, "Too many levels of symbolic links");
      }
      place = place.resolveSibling(Files.readSymbolicLink(place));
    }
    return place;
  }

  /** Gives the file that takes the place the permissions of the one that is there. */
  void permit(Path aside) throws IOException {
    if (permissions != null && !permissions.equals(Files.getPosixFilePermissions(aside))) {
      Path unused = Files.setPosixFilePermissions(aside, permissions);
    }
  }
}
