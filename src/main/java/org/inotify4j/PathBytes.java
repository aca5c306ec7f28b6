package org.inotify4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Arrays;

/**
 * Converts between paths and the bytes that the kernel knows them by, exactly.
 *
 * <p>A {@code String} cannot carry every Linux name: in the POSIX locale it carries none that is
 * not ASCII, in UTF-8 none that is malformed. {@link Path#toUri} and {@code
 * FileSystemProvider.getPath} can, since the default provider keeps raw bytes in them,
 * percent-encoded. ASCII names, which convert to and from strings in every locale alike, skip the
 * detour.
 */
final class PathBytes {

  private static final String DEFAULT_SCHEME = "file";
  private static final String HEX = "0123456789ABCDEF";

  private PathBytes() {}

  /**
   * The bytes of a path, with a NUL at the end.
   *
   * @throws ProviderMismatchException if the path is not of the default file system
   */
  static byte[] of(Path path) {
    if (!path.getFileSystem().provider().getScheme().equals(DEFAULT_SCHEME)) {
      throw new ProviderMismatchException(
          "inotify watches the default file system only; this path is of "
              + path.getFileSystem().provider().getScheme()
              + ": "
              + path);
    }
    String text = path.toString();
    if (text.isEmpty()) {
      return new byte[] {'.', 0};
    }
    return isAscii(text) ? terminated(text.getBytes(ISO_8859_1)) : fromUri(path.toUri());
  }

  /**
   * A copy of a path's bytes, with a NUL at the end.
   *
   * @throws InvalidPathException if there is a NUL among the bytes already
   */
  static byte[] of(byte[] path) {
    for (int i = 0; i < path.length; i++) {
      if (path[i] == 0) {
        throw new InvalidPathException(decode(path), "a path cannot contain a NUL", i);
      }
    }
    return terminated(path);
  }

  /** The path of the entry with the given name in a directory. */
  static Path resolve(Path directory, byte[] name) {
    String scheme = directory.getFileSystem().provider().getScheme();
    if (isAscii(name)) {
      return directory.resolve(new String(name, ISO_8859_1));
    }
    URI absolute = URI.create(scheme + ":///" + percentEncoded(name));
    return directory.resolve(directory.getFileSystem().provider().getPath(absolute).getFileName());
  }

  /** Bytes as text for people, without a NUL that ends them. */
  static String decode(byte[] bytes) {
    int length = bytes.length > 0 && bytes[bytes.length - 1] == 0 ? bytes.length - 1 : bytes.length;
    return new String(bytes, 0, length, UTF_8);
  }

  private static byte[] fromUri(URI uri) {
    String encoded = uri.getRawPath();
    byte[] bytes = new byte[encoded.length() + 1];
    int length = 0;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) Integer.parseInt(encoded, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    // toUri adds a slash where the path is a directory, also behind a link: it would follow the
    // link.
    while (length > 1 && bytes[length - 1] == '/') {
      length--;
    }
    bytes[length] = 0;
    return Arrays.copyOf(bytes, length + 1);
  }

  private static String percentEncoded(byte[] name) {
    StringBuilder encoded = new StringBuilder(3 * name.length);
    for (byte b : name) {
      encoded.append('%').append(HEX.charAt((b & 0xFF) >> 4)).append(HEX.charAt(b & 0xF));
    }
    return encoded.toString();
  }

  private static byte[] terminated(byte[] path) {
    return Arrays.copyOf(path, path.length + 1);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }
}
