package org.inotify4j.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where statx writes what an entry is.
 *
 * <pre>
 * struct statx: offset   8  u64  stx_attributes
 *                       16  u32  stx_nlink
 *                       20  u32  stx_uid
 *                       24  u32  stx_gid
 *                       28  u16  stx_mode
 *                       32  u64  stx_ino
 *                       40  u64  stx_size
 *                       56  u64  stx_attributes_mask
 *                       80  stx_btime, 96 stx_ctime, 112 stx_mtime: s64 seconds, u32 nanoseconds
 *                      136  u32  stx_dev_major
 *                      140  u32  stx_dev_minor
 * </pre>
 */
final class Statx {

  /** How long it is. */
  static final int BYTES = 256;

  static final int ATTRIBUTES = 8;
  static final int LINKS = 16;
  static final int OWNER = 20;
  static final int GROUP = 24;
  static final int MODE = 28;
  static final int INODE = 32;
  static final int SIZE = 40;
  static final int KNOWN_ATTRIBUTES = 56;
  static final int BIRTH = 80;
  static final int CHANGE = 96;
  static final int MODIFICATION = 112;

  /** From the seconds of a time to its nanoseconds. */
  static final int NANOS = 8;

  /** Both numbers of a device as one. */
  static final int DEVICE = 136;

  private Statx() {}

  /** Memory for one. */
  static ByteBuffer allocate() {
    return ByteBuffer.allocateDirect(BYTES).order(ByteOrder.nativeOrder());
  }
}
