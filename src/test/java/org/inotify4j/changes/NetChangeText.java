package org.inotify4j.changes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** Paths and batches as text, for tests. */
final class NetChangeText {

  private NetChangeText() {}

  static byte[] bytes(String path) {
    return path.getBytes(UTF_8);
  }

  static String text(byte[] path) {
    return new String(path, UTF_8);
  }

  /**
   * The changes as {@code CREATED a}: a directory has a slash at its end, and what moved and was
   * written to a star.
   */
  static List<String> of(List<NetChange> changes) {
    return changes.stream().map(NetChangeText::text).toList();
  }

  static String text(NetChange change) {
    byte[] from = change.from();
    return change.type()
        + " "
        + (from == null ? "" : text(from) + " -> ")
        + text(change.path())
        + (change.isDirectory() ? "/" : "")
        + (change.type() == NetChange.Type.MOVED && change.isModified() ? " *" : "");
  }
}
