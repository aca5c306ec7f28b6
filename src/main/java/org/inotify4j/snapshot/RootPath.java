package org.inotify4j.snapshot;

import java.nio.file.Path;
import java.util.Arrays;
import org.inotify4j.libc.PathBytes;

/** What a root is called: its absolute path, without the names that lead nowhere. */
final class RootPath {

  private RootPath() {}

  /** An absolute path that leads where the given one does, also where there are links. */
  static Path of(Path root) {
    Path absolute = root.toAbsolutePath();
    Path path = absolute.getRoot();
    for (Path name : absolute) {
      // What is behind a link makes ".." mean something: it stays.
      if (!name.toString().equals(".")) {
        path = path.resolve(name);
      }
    }
    return path;
  }

  /** Its bytes. */
  static byte[] bytes(Path absolute) {
    byte[] terminated = PathBytes.of(absolute);
    return Arrays.copyOf(terminated, terminated.length - 1);
  }

  /** The path that the bytes are of, in the default file system. */
  static Path of(byte[] absolute) {
    return PathBytes.resolve(Path.of("/"), absolute, 1, absolute.length - 1);
  }
}
