package org.inotify4j.disk;

import java.nio.ByteBuffer;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;

/**
 * Reads directories with the status of each entry, into memory that is used again. For one thread.
 *
 * <p>The kernel is asked for an entry by its name where getdents64 wrote it, relative to the open
 * directory: nothing is copied, and no path is gone.
 *
 * <p>Of a network's file system, or a FUSE one, it keeps for a while what a name was. Where it says
 * of a file that it is another inode than was listed just now, the server is asked: else the new
 * file would be seen as the former one now, and as a third one later. Where the server says the
 * same, that file system lists other numbers, and it is not asked any more.
 */
public final class StatusReader {

  private static final int BUFFER = 64 * 1024;

  private final LibC libC;
  private final ByteBuffer read = ByteBuffer.allocateDirect(BUFFER);
  private final byte[] records = new byte[BUFFER];
  private final EntryStatus status;

  /** Whether the directory at hand lists the inodes that its entries have, as far as is known. */
  private boolean listsInodes;

  /** Asks this kernel. */
  public StatusReader(LibC libC) {
    this.libC = libC;
    this.status = new EntryStatus(libC);
  }

  /** What was asked for last. */
  public EntryStatus status() {
    return status;
  }

  /**
   * Reads a directory to its end. An entry that is gone before it is asked for is passed over.
   *
   * @param directory open for reading
   * @return 0, or {@code -errno}: ENOENT if it was removed
   */
  public int read(int directory, Entries entries) {
    OrderedLock.mayBlock();
    listsInodes = true;
    int length;
    while ((length = libC.getdents64(directory, read, BUFFER)) > 0) {
      read.get(0, records, 0, length);
      entries.begin();
      goThrough(directory, length, entries);
    }
    return length;
  }

  private void goThrough(int directory, int length, Entries entries) {
    for (int at = 0; at < length; at = DirectoryReader.next(records, at)) {
      int start = DirectoryReader.start(at);
      byte type = DirectoryReader.type(records, at);
      if (DirectoryReader.isSelfOrParent(records, start)) {
        continue;
      }
      int end = DirectoryReader.end(records, start);
      if (entries.wants(records, start, end, type)) {
        int result = status.ask(directory, read, start, end);
        if (result == 0 && listsInodes && !DirectoryReader.isDirectory(type) && !isListed(start)) {
          result = askServer(directory, start, end);
        }
        if (!Errno.ENOENT.is(result)) {
          entries.entry(records, start, end, type, result);
        }
      }
    }
  }

  private int askServer(int directory, int start, int end) {
    int result = status.askServer(directory, read, start, end);
    if (result < 0 && !Errno.ENOENT.is(result)) {
      // It does not answer: what the kernel has is better than nothing.
      listsInodes = false;
      return status.ask(directory, read, start, end);
    }
    listsInodes = result < 0 || isListed(start);
    return result;
  }

  /** Whether the inode that was asked for is that of the record whose name begins there. */
  private boolean isListed(int start) {
    return DirectoryReader.inode(records, DirectoryReader.inodeStart(start))
        == (int) status.inode();
  }

  /** Takes what is read. The names are in bytes that are overwritten when a method returns. */
  public interface Entries {

    /** Some entries were listed, and are asked for now. */
    void begin();

    /**
     * Whether the kernel is to be asked for an entry, which is passed over otherwise.
     *
     * @param start where the name begins
     * @param end where a NUL follows it
     * @param type as the kernel gives it
     */
    boolean wants(byte[] bytes, int start, int end, byte type);

    /**
     * An entry, whose {@link #status} it is.
     *
     * @param result 0, or {@code -errno} where the kernel does not say: then the status is nothing
     */
    void entry(byte[] bytes, int start, int end, byte type, int result);
  }
}
