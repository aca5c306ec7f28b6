package org.inotify4j.cli.base;

/** Says how many there are of something, with the word for one of it or for several. */
public final class Amount {

  private Amount() {}

  /** Such as {@code 1 path} or {@code 2 paths}. */
  public static String of(long count, String one, String several) {
    return count + " " + (count == 1 ? one : several);
  }
}
