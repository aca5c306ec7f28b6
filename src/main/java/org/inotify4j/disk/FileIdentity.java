package org.inotify4j.disk;

import org.jspecify.annotations.Nullable;

/**
 * What tells one file from another where neither is watched: an inode's number alone comes again as
 * soon as it is free, its time of birth does not, but within a tick of the kernel's clock. The time
 * of its last change is no part of this: new permissions change that.
 *
 * @param device the device that it is on
 * @param inode its number there
 * @param bornSeconds the seconds of its birth since 1970, and 0 where its file system does not know
 * @param bornNanos the nanoseconds of that second
 */
public record FileIdentity(long device, long inode, long bornSeconds, int bornNanos) {

  // By hand: the JDK keeps the types of what a record's own ones compare, so our class loader.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FileIdentity file
        && device == file.device
        && inode == file.inode
        && bornSeconds == file.bornSeconds
        && bornNanos == file.bornNanos;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(inode * 31 + device);
  }
}
