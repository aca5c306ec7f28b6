package org.inotify4j.cli.format;

import org.inotify4j.Flag;
import org.inotify4j.Mask;

/** Puts text between the escape sequences that color it: paths as grep, directories as ls. */
public final class Colors {

  private static final int COMES = Mask.of(Flag.CREATE, Flag.MOVED_TO);
  private static final int GOES =
      Mask.of(Flag.DELETE, Flag.DELETE_SELF, Flag.MOVED_FROM, Flag.MOVE_SELF, Flag.UNMOUNT);
  private static final int CHANGES = Mask.of(Flag.MODIFY, Flag.ATTRIB, Flag.CLOSE_WRITE);
  private static final int IS_LOST = Mask.of(Flag.Q_OVERFLOW, Flag.IGNORED);

  private Colors() {}

  /** A watched path. */
  static String path(String text) {
    return colored("35", text);
  }

  /** A name. */
  static String name(String text, int mask) {
    return Flag.ISDIR.isIn(mask) ? colored("01;34", text) : text;
  }

  /** A header of a table. */
  public static String header(String text) {
    return colored("01", text);
  }

  /** What happened. */
  static String events(String text, int mask) {
    if ((mask & COMES) != 0) {
      return colored("32", text);
    }
    if ((mask & GOES) != 0) {
      return colored("31", text);
    }
    if ((mask & CHANGES) != 0) {
      return colored("33", text);
    }
    return (mask & IS_LOST) != 0 ? colored("01;31", text) : text;
  }

  private static String colored(String color, String text) {
    return text.isEmpty() ? text : "\u001b[" + color + "m" + text + "\u001b[m";
  }
}
