package org.inotify4j.pending;

/** As which kinds a pending event is delivered, in bits: so the log need not know who asked. */
public final class KindBits {

  /** As ENTRY_CREATE. */
  public static final int AS_CREATE = 1;

  /** As ENTRY_DELETE. */
  public static final int AS_DELETE = 2;

  /** As ENTRY_MODIFY. */
  public static final int AS_MODIFY = 4;

  /** As the kind of its flag. */
  public static final int AS_FLAG = 8;

  /** As RENAME. */
  public static final int AS_RENAME = 16;

  /** Found by looking, where the kernel was silent; beside the others. */
  public static final int AS_SYNTHETIC = 32;

  /** As UNWATCHED: in place of a cookie it has the error number that says why. */
  public static final int AS_UNWATCHED = 64;

  /** As EXISTS. */
  public static final int AS_EXISTS = 128;

  /** As READY: the two that no event is delivered as at once. */
  public static final int AS_READY = AS_EXISTS | AS_UNWATCHED;

  private KindBits() {}
}
