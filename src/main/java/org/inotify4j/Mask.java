package org.inotify4j;

import java.util.StringJoiner;

/** Sets of {@link Flag}s as the kernel keeps them: the bits of one {@code int}. */
public final class Mask {

  /** {@link Flag#CLOSE_WRITE} and {@link Flag#CLOSE_NOWRITE}. */
  public static final int CLOSE = of(Flag.CLOSE_WRITE, Flag.CLOSE_NOWRITE);

  /** {@link Flag#MOVED_FROM} and {@link Flag#MOVED_TO}. */
  public static final int MOVE = of(Flag.MOVED_FROM, Flag.MOVED_TO);

  /**
   * Every event that can be asked for: {@link Flag#ACCESS} to {@link Flag#MOVE_SELF}. {@link
   * Flag#UNMOUNT}, {@link Flag#Q_OVERFLOW} and {@link Flag#IGNORED} come unasked.
   */
  public static final int ALL_EVENTS = 0xFFF;

  private Mask() {}

  /**
   * The mask of some flags.
   *
   * @param flags any flags
   * @return their bits together; 0 for none
   */
  public static int of(Flag... flags) {
    int mask = 0;
    for (Flag flag : flags) {
      mask |= flag.bit();
    }
    return mask;
  }

  /**
   * A mask in words.
   *
   * @param mask any mask
   * @return the names of its flags in declaration order, with {@code |} between them, such as
   *     {@code CREATE|ISDIR}; bits without a name follow as one hexadecimal number; {@code 0} for
   *     none
   */
  public static String toString(int mask) {
    if (mask == 0) {
      return "0";
    }
    StringJoiner names = new StringJoiner("|");
    int nameless = mask;
    for (Flag flag : Flag.of(mask)) {
      names.add(flag.name());
      nameless &= ~flag.bit();
    }
    if (nameless != 0) {
      names.add("0x" + Integer.toHexString(nameless));
    }
    return names.toString();
  }
}
