package org.inotify4j.changes;

import java.nio.file.Path;
import java.util.Optional;
import org.inotify4j.libc.PathBytes;
import org.jspecify.annotations.Nullable;

/**
 * What is different about one path since the batch before: the net of whatever happened to it.
 *
 * <p>Immutable, and safe for use by several threads.
 */
@SuppressWarnings("exports") // JSpecify's annotations: nobody needs them at run time.
public final class Change {

  /** What a change is. */
  public enum Type {

    /** It was there when the watcher started ({@link WatcherBuilder#existing}). */
    EXISTING,

    /** It is there, and was not. If something was there it was of the other kind, and is gone. */
    CREATED,

    /**
     * It was written to, or its attributes changed, or another file has taken its place; of a
     * directory, its attributes changed.
     */
    MODIFIED,

    /** It is gone; a directory with everything that was in it, which is not told for itself. */
    DELETED,

    /** It has another name, and everything in it came with it; it may have been written to, too. */
    MOVED
  }

  /** How a change is known. If it comes of several events, how the last one is. */
  public enum Origin {

    /** The kernel reported it. */
    KERNEL,

    /** It was found when a directory was read that is new, or that the watcher began with. */
    LISTING,

    /**
     * It was found by comparing with the disk, after the kernel's queue had overflowed, or where it
     * makes one record of two moves.
     */
    RESCAN,

    /** It was found where the kernel does not tell all, by looking now and then. */
    POLL
  }

  private final Path root;
  private final NetChange net;

  Change(Path root, NetChange net) {
    this.root = root;
    this.net = net;
  }

  /**
   * What happened to it.
   *
   * @return what it is
   */
  public Type type() {
    return switch (net.type()) {
      case EXISTING -> Type.EXISTING;
      case CREATED -> Type.CREATED;
      case MODIFIED -> Type.MODIFIED;
      case DELETED -> Type.DELETED;
      case MOVED -> Type.MOVED;
    };
  }

  /**
   * Where it is now, or was where it is gone.
   *
   * @return the root as the program gave it, with the path below it
   */
  public Path path() {
    return resolve(net.path());
  }

  /**
   * The bytes of the path below the root, as the kernel has them.
   *
   * @return a copy, with slashes between names; nothing for the root itself
   */
  public byte[] pathBytes() {
    return net.path().clone();
  }

  /**
   * Where it was when the changes before this one are done.
   *
   * @return the root as the program gave it, with the path below it; empty unless this is {@link
   *     Type#MOVED}
   */
  public Optional<Path> from() {
    byte @Nullable [] from = net.from();
    return from == null ? Optional.empty() : Optional.of(resolve(from));
  }

  /**
   * The root that it is below.
   *
   * @return the path as the program gave it
   */
  public Path root() {
    return root;
  }

  /**
   * Whether it is, or was, a directory.
   *
   * @return whether it is one
   */
  public boolean isDirectory() {
    return net.isDirectory();
  }

  /**
   * Whether a file may have other content than before.
   *
   * @return true but for a {@link Type#DELETED}, a directory, and a {@link Type#MOVED} that was not
   *     written to
   */
  public boolean hasNewContent() {
    return switch (net.type()) {
      case EXISTING, CREATED, MODIFIED -> !net.isDirectory();
      case MOVED -> !net.isDirectory() && net.isModified();
      case DELETED -> false;
    };
  }

  /**
   * How it is known.
   *
   * @return the origin
   */
  public Origin origin() {
    return switch (net.origin()) {
      case KERNEL -> Origin.KERNEL;
      case LISTING -> Origin.LISTING;
      case RESCAN -> Origin.RESCAN;
      case POLL -> Origin.POLL;
    };
  }

  private Path resolve(byte[] below) {
    return below.length == 0 ? root : PathBytes.resolve(root, below);
  }

  /** The change for people, such as {@code MOVED in/a -> in/b}. */
  @Override
  public String toString() {
    return type() + " " + from().map(from -> from + " -> ").orElse("") + path();
  }
}
