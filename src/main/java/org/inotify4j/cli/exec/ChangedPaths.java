package org.inotify4j.cli.exec;

import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inotify4j.changes.Change;
import org.inotify4j.cli.base.PathNames;

/** The paths of a batch, as bytes that begin as the user has spelled the watched path. */
final class ChangedPaths {

  /** Before anything has changed. */
  static final ChangedPaths NONE = new ChangedPaths(List.of());

  private final List<byte[]> paths;

  private ChangedPaths(List<byte[]> paths) {
    this.paths = paths;
  }

  /**
   * The paths of a batch; what was moved has two, the old one first.
   *
   * @param spellings how the user has spelled the roots
   */
  static ChangedPaths of(List<Change> batch, Map<Path, byte[]> spellings) {
    List<byte[]> paths = new ArrayList<>();
    for (Change change : batch) {
      Path root = change.root();
      byte[] spelled = spellings.getOrDefault(root, new byte[0]);
      change.from().ifPresent(from -> paths.add(PathNames.resolve(spelled, root.relativize(from))));
      paths.add(below(spelled, change.pathBytes()));
    }
    return new ChangedPaths(paths);
  }

  private static byte[] below(byte[] root, byte[] path) {
    if (path.length == 0) {
      return root;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(root.length + 1 + path.length);
    bytes.writeBytes(root);
    if (root.length > 0 && root[root.length - 1] != '/') {
      bytes.write('/');
    }
    bytes.writeBytes(path);
    return bytes.toByteArray();
  }

  int count() {
    return paths.size();
  }

  /** All of them, each with a byte after it. */
  byte[] terminatedBy(int end) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] path : paths) {
      bytes.writeBytes(path);
      bytes.write(end);
    }
    return bytes.toByteArray();
  }

  /** The first ones with a newline between two, as many as have room. */
  byte[] lines(int room) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] path : paths) {
      int separator = bytes.size() == 0 ? 0 : 1;
      if (bytes.size() + separator + path.length > room) {
        break;
      }
      if (separator > 0) {
        bytes.write('\n');
      }
      bytes.writeBytes(path);
    }
    return bytes.toByteArray();
  }
}
