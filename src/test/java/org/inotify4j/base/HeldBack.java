package org.inotify4j.base;

/** What the log holds back. */
public final class HeldBack {

  private HeldBack() {}

  /** Has it told now, as if a minute were over. */
  public static void tell() {
    Log.tellAll();
  }
}
