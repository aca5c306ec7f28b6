package org.inotify4j.snapshot;

/** The numbers of the format in which snapshots are saved: see the description of this package. */
final class SnapshotFormat {

  static final long MAGIC = 0x8949_344A_0D0A_1A0AL;
  static final int VERSION = 1;

  /** The bytes before what has no length of its own, its checksum among them. */
  static final int HEADER = 44;

  static final int CHECKSUM = Integer.BYTES;

  /** Where the header's own checksum is. */
  static final int HEADER_CHECKSUM = HEADER - CHECKSUM;

  /** The bytes of an entry. */
  static final int ENTRY = Integer.BYTES + 4 * Long.BYTES + 3 * Short.BYTES;

  static final byte WITH_MODE = 1;
  static final byte EXCLUDES = 0;
  static final byte INCLUDES = 1;

  private SnapshotFormat() {}
}
