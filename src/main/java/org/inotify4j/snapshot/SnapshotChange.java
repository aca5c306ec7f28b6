package org.inotify4j.snapshot;

import java.nio.file.Path;
import java.util.Optional;
import org.inotify4j.entries.FormerPath;
import org.jspecify.annotations.Nullable;

/**
 * One thing that differs between two snapshots: see {@link TreeSnapshot#changesSince}.
 *
 * <p>Immutable, and safe for use by several threads. It keeps the snapshots from being collected.
 */
public final class SnapshotChange {

  /** What a change is. */
  public enum Kind {

    /** There is an entry that was not there. What is in a new directory is told for itself. */
    CREATED,

    /** An entry is there no more. What was in a directory was told before it. */
    DELETED,

    /**
     * A file's size or one of its times differs, or it was changed so shortly before it was read
     * that these may not show it; or the permissions differ, where they are kept. Of a directory
     * only the permissions, and whether it can be read: what is in it is told for itself.
     */
    MODIFIED,

    /**
     * Another file or directory has the name. If both are directories, what is in them is told for
     * itself; else what was in the older one is gone, and what is in the newer one is told.
     */
    REPLACED,

    /** The same file or directory has another name, and everything in it came with it. */
    MOVED
  }

  private final Kind kind;

  /** Where it was, of what moved or was deleted. */
  private final @Nullable FormerPath former;

  private final TreeSnapshot.@Nullable Entry before;
  private final TreeSnapshot.@Nullable Entry after;

  SnapshotChange(
      Kind kind,
      @Nullable FormerPath former,
      TreeSnapshot.@Nullable Entry before,
      TreeSnapshot.@Nullable Entry after) {
    this.kind = kind;
    this.former = former;
    this.before = before;
    this.after = after;
  }

  /**
   * The kind.
   *
   * @return what it is
   */
  public Kind kind() {
    return kind;
  }

  /**
   * The path of what changed, when the changes before this one are done. It is the one that the
   * newer snapshot has, but for DELETED.
   *
   * @return relative to the root, in the root's file system; the empty path for the root itself
   */
  public Path path() {
    return entry().relative(pathBytes());
  }

  /**
   * The bytes of {@link #path}.
   *
   * @return a copy, with slashes between names
   */
  public byte[] pathBytes() {
    return after == null && former != null ? former.bytes() : entry().pathBytes();
  }

  /**
   * Where it was before it moved, when the changes before this one are done: if a directory above
   * has moved before, that is not where the older snapshot has it.
   *
   * @return relative to the root; empty unless this is MOVED
   */
  public Optional<Path> from() {
    return fromBytes().map(entry()::relative);
  }

  /**
   * The bytes of {@link #from}.
   *
   * @return a copy; empty unless this is MOVED
   */
  public Optional<byte[]> fromBytes() {
    return after == null ? Optional.empty() : Optional.ofNullable(former).map(FormerPath::bytes);
  }

  /**
   * What was there.
   *
   * @return the entry of the older snapshot; empty if this is CREATED
   */
  public Optional<TreeSnapshot.Entry> before() {
    return Optional.ofNullable(before);
  }

  /**
   * What is there.
   *
   * @return the entry of the newer snapshot; empty if this is DELETED
   */
  public Optional<TreeSnapshot.Entry> after() {
    return Optional.ofNullable(after);
  }

  /**
   * Whether it concerns a directory.
   *
   * @return whether what is there is one, or what was there, if this is DELETED
   */
  public boolean isDirectory() {
    return entry().isDirectory();
  }

  private TreeSnapshot.Entry entry() {
    TreeSnapshot.Entry entry = after == null ? before : after;
    if (entry == null) {
      throw new IllegalStateException("a change without an entry");
    }
    return entry;
  }

  /** The change for people, such as {@code MOVED a -> b}. */
  @Override
  public String toString() {
    return from()
        .map(from -> kind + " " + from + " -> " + path())
        .orElseGet(() -> kind + " " + path());
  }
}
