package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Arrays;
import org.inotify4j.base.Escaping;

/**
 * Converts between paths and the bytes that the kernel knows them by, exactly.
 *
 * <p>A {@code String} cannot carry every Linux name: in the POSIX locale it carries none that is
 * not ASCII, in UTF-8 none that is malformed. {@link Path#toUri} and {@code
 * FileSystemProvider.getPath} can, since the default provider keeps raw bytes in them,
 * percent-encoded. ASCII names, which convert to and from strings in every locale alike, skip the
 * detour.
 */
public final class PathBytes {

  private static final String DEFAULT_SCHEME = "file";
  private static final String WRAPPER_SCHEME = "inotify";

  /** What the current directory adds to a path: a slash and a dot. */
  private static final int ADDED = 2;

  private static final String HEX = "0123456789ABCDEF";

  /** Nothing can be below it: what is there is answered at once. */
  private static final String NOWHERE = "/dev/null";

  private PathBytes() {}

  /**
   * The path as the JDK means it in its own system calls: where {@code -Duser.dir} is not the
   * working directory a relative one is below that.
   */
  public static Path forCalls(Path path) {
    return path.isAbsolute() || Here.IS_HERE ? path : path.toAbsolutePath();
  }

  /**
   * The bytes of a path. Nothing is asked of what is there.
   *
   * @param path a path of the default file system, or of one that wraps it
   * @return its bytes, with a NUL at the end
   * @throws ProviderMismatchException if the path is of another file system
   */
  public static byte[] of(Path path) {
    requireDefault(path);
    // Not the path's own text, which it would keep from then on.
    Path called = forCalls(path);
    String text = called.resolve(".").toString();
    byte[] bytes = text.getBytes(UTF_8);
    // A byte a character: it is ASCII. (Half of a surrogate pair cannot be in such a path.)
    if (bytes.length != text.length()) {
      return fromUri(called);
    }
    int length = Math.max(1, bytes.length - ADDED);
    byte[] terminated = Arrays.copyOf(bytes, length + 1);
    terminated[length] = 0;
    return terminated;
  }

  /**
   * The bytes of a path's last name.
   *
   * @param path a path with a name, of the default file system, or of one that wraps it
   * @return the bytes, without a NUL
   */
  public static byte[] nameOf(Path path) {
    byte[] whole = of(path);
    int start = whole.length - 1;
    while (start > 0 && whole[start - 1] != '/') {
      start--;
    }
    return Arrays.copyOfRange(whole, start, whole.length - 1);
  }

  /**
   * Checks that a path is of the default file system.
   *
   * @param path a path
   * @throws ProviderMismatchException if it is of another one
   */
  public static void requireDefault(Path path) {
    if (path.getFileSystem().equals(FileSystems.getDefault())) {
      return; // Without a question for its provider, which may have more to do at first.
    }
    String scheme = path.getFileSystem().provider().getScheme();
    if (!hasBytesInUris(scheme)) {
      throw new ProviderMismatchException(
          "a path of the default file system is needed; this one is of " + scheme + ": " + path);
    }
  }

  /**
   * A copy of a path's bytes.
   *
   * @param path the bytes
   * @return a copy, with a NUL at the end
   * @throws InvalidPathException if there is a NUL among the bytes already
   */
  public static byte[] of(byte[] path) {
    for (int i = 0; i < path.length; i++) {
      if (path[i] == 0) {
        throw new InvalidPathException(decode(path), "a path cannot contain a NUL", i);
      }
    }
    return terminated(path);
  }

  /**
   * The path of an entry in a directory: exact for the default file system and what wraps it.
   *
   * @param directory the directory's path
   * @param name the bytes of the entry's name, or of several with slashes between them
   * @return the directory's path with the name added
   */
  public static Path resolve(Path directory, byte[] name) {
    return resolve(directory, name, 0, name.length);
  }

  /**
   * The path of an entry in a directory, as {@link #resolve(Path, byte[])} has it.
   *
   * @param directory the directory's path
   * @param bytes where the bytes of the name are
   * @param start the index of the first
   * @param length how many there are
   * @return the directory's path with the name added
   */
  public static Path resolve(Path directory, byte[] bytes, int start, int length) {
    if (isAscii(bytes, start, length)) {
      return directory.resolve(new String(bytes, start, length, ISO_8859_1));
    }
    byte[] name = Arrays.copyOfRange(bytes, start, start + length);
    String scheme = directory.getFileSystem().provider().getScheme();
    if (!hasBytesInUris(scheme)) {
      return directory.resolve(decode(name));
    }
    URI absolute = URI.create(scheme + ":///" + percentEncoded(name));
    Path path = directory.getFileSystem().provider().getPath(absolute);
    return directory.resolve(path.subpath(0, path.getNameCount()));
  }

  /**
   * Bytes as text, for people.
   *
   * @param bytes a name's or path's bytes, with or without a NUL at the end
   * @return the text, decoded as UTF-8
   */
  public static String decode(byte[] bytes) {
    int length = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
    return new String(bytes, 0, length, UTF_8);
  }

  /**
   * A path as text that is safe to be shown, and in which no byte is lost.
   *
   * @param path a path of the default file system, or of one that wraps it
   * @return the text, escaped as {@link Escaping} says
   */
  public static String text(Path path) {
    byte[] bytes = of(path);
    return Escaping.escape(Arrays.copyOf(bytes, bytes.length - 1));
  }

  /** Whether a scheme is the default file system's, or that of our wrapper around it. */
  private static boolean hasBytesInUris(String scheme) {
    return scheme.equals(DEFAULT_SCHEME) || scheme.equals(WRAPPER_SCHEME);
  }

  /**
   * The bytes of a path by a URI. Of a path that it makes a URI of the JDK asks whether a directory
   * is there: where the file system does not answer that would hold up who asks, with all locks
   * that it has. So it is asked of such a path where nothing is.
   */
  private static byte[] fromUri(Path path) {
    Path relative = path.subpath(0, path.getNameCount());
    String encoded = path.getFileSystem().getPath(NOWHERE).resolve(relative).toUri().getRawPath();
    byte[] bytes = new byte[encoded.length()];
    int length = 0;
    int start = NOWHERE.length() + (path.isAbsolute() ? 0 : 1);
    for (int i = start; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) Integer.parseInt(encoded, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    return Arrays.copyOf(bytes, length + 1);
  }

  private static String percentEncoded(byte[] name) {
    StringBuilder encoded = new StringBuilder(3 * name.length);
    for (byte b : name) {
      if (b == '/') {
        encoded.append('/');
      } else {
        encoded.append('%').append(HEX.charAt((b & 0xFF) >> 4)).append(HEX.charAt(b & 0xF));
      }
    }
    return encoded.toString();
  }

  private static byte[] terminated(byte[] path) {
    return Arrays.copyOf(path, path.length + 1);
  }

  private static boolean isAscii(byte[] bytes, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (bytes[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where relative paths begin: it is asked of the JDK itself, and only if there is such a path.
   */
  private static final class Here {
    static final boolean IS_HERE = isHere();

    private Here() {}

    private static boolean isHere() {
      try {
        return Files.isSameFile(Path.of(""), Path.of("/proc/self/cwd"));
      } catch (IOException | SecurityException e) {
        return true; // There is no /proc.
      }
    }
  }
}
