package org.inotify4j.cli.base;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.inotify4j.EntryName;
import org.inotify4j.base.Escaping;
import org.jspecify.annotations.Nullable;

/** Converts between paths and their bytes, name by name, exactly in every locale. */
public final class PathNames {

  private PathNames() {}

  /** The path that the bytes spell. */
  public static Path path(byte[] bytes) {
    Path path = Path.of(bytes.length > 0 && bytes[0] == '/' ? "/" : "");
    int start = 0;
    for (int end = 0; end <= bytes.length; end++) {
      if (end == bytes.length || bytes[end] == '/') {
        path = EntryName.of(Arrays.copyOfRange(bytes, start, end)).resolveAgainst(path);
        start = end + 1;
      }
    }
    return path;
  }

  /**
   * Refuses a path without a name, which Java takes for the current directory, and the kernel for
   * nothing; and one with a NUL, which no path can have.
   *
   * @throws IOException if it is one; the message is for the user
   */
  public static void checkName(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      throw new IOException("'': no such file or directory");
    }
    for (byte b : bytes) {
      if (b == 0) {
        throw new IOException(Escaping.escape(bytes) + ": no path can have a NUL in it");
      }
    }
  }

  /** The bytes of a path. */
  public static byte[] bytes(Path path) {
    return resolve(path.isAbsolute() ? new byte[] {'/'} : new byte[0], path);
  }

  /** The bytes of a path with another one added. */
  public static byte[] resolve(byte[] start, @Nullable Path relative) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(start);
    int last = start.length == 0 ? '/' : start[start.length - 1];
    if (relative != null) {
      for (Path name : relative) {
        if (last != '/') {
          bytes.write('/');
        }
        bytes.writeBytes(EntryName.of(name).toByteArray());
        last = 0;
      }
    }
    return bytes.toByteArray();
  }
}
