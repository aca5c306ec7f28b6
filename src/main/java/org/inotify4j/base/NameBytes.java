package org.inotify4j.base;

/** Names and paths as the bytes that the kernel has them in. */
public final class NameBytes {

  private NameBytes() {}

  /** A hash of some bytes, spread over all bits of an int. */
  public static int hash(byte[] bytes, int start, int length) {
    int hash = 1;
    for (int i = start; i < start + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash * 0x9E3779B9;
  }
}
