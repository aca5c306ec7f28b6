package org.inotify4j.watch;

/** As which kinds a pending event is delivered, in bits: so the log need not know who asked. */
final class KindBits {

  /** As ENTRY_CREATE. */
  static final int AS_CREATE = 1;

  /** As ENTRY_DELETE. */
  static final int AS_DELETE = 2;

  /** As ENTRY_MODIFY. */
  static final int AS_MODIFY = 4;

  /** As the kind of its flag. */
  static final int AS_FLAG = 8;

  /** As RENAME. */
  static final int AS_RENAME = 16;

  /** Found by looking, where the kernel was silent; beside the others. */
  static final int AS_SYNTHETIC = 32;

  /** As UNWATCHED. */
  static final int AS_UNWATCHED = 64;

  private KindBits() {}
}
