package org.inotify4j.cli.roots;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.inotify4j.Flag;
import org.inotify4j.base.Escaping;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.PathNames;
import org.inotify4j.cli.base.Reasons;
import org.inotify4j.cli.base.WatchedPath;
import org.inotify4j.watch.INotifyEventKinds;
import org.inotify4j.watch.INotifyWatchEvent;
import org.inotify4j.watch.INotifyWatchService;
import org.jspecify.annotations.Nullable;

/** The paths that a watch service watches, as the user has spelled them. */
public final class Roots {

  /** Takes what is told of a root. */
  public interface Taker {

    /**
     * Takes an event, once for each time that it has happened.
     *
     * @param mask what happened, in the words that were asked for
     */
    void take(Root root, INotifyWatchEvent<?> event, int mask);
  }

  private final INotifyWatchService service;
  private final int asked;
  private final TreeOptions options;
  private final Map<WatchKey, Root> roots = new HashMap<>();

  /** Of what is told first what is there: which directories and names these are. */
  private final Set<Object> listed = new HashSet<>();

  /** What is not told; null where everything is. */
  private @Nullable OwnLooks looks;

  private int files;

  /** A file takes watches for the directories above it as well. */
  private int watchesForFiles;

  /**
   * None yet.
   *
   * @param asked the mask of the events that the user wants to see
   */
  public Roots(INotifyWatchService service, int asked, TreeOptions options) {
    this.service = service;
    this.asked = asked;
    this.options = options;
  }

  /**
   * Tells nothing of directories that the service itself may have read.
   *
   * @param isToLook whether it was asked to look, and does not just where it has to
   */
  public void passOverLooks(boolean isToLook) {
    looks = new OwnLooks(service, isToLook);
  }

  /**
   * Watches paths, but for those that the tree of another one has in it.
   *
   * @return those at which there is nothing
   * @throws IOException if that is not possible; its message is for the user
   */
  public List<byte[]> addAll(List<byte[]> paths) throws IOException {
    List<byte[]> missing = new ArrayList<>();
    for (byte[] path : OuterPaths.of(paths, options)) {
      if (!add(path)) {
        missing.add(path);
      }
    }
    return missing;
  }

  /**
   * Watches a path: a directory, or a name that stands for anything else or nothing yet. One that
   * is watched already keeps the spelling that it was first given.
   *
   * @return whether there is something at the path
   * @throws IOException if that is not possible; its message is for the user
   */
  public boolean add(byte[] bytes) throws IOException {
    Path path = PathNames.path(bytes);
    LinkOption[] links = options.links(bytes);
    boolean isDirectory = Files.isDirectory(path, links);
    List<WatchEvent.Modifier> modifiers = options.modifiers(bytes, isDirectory);
    int before = service.watchCount();
    try {
      if (options.tellsFirst() && !listed.add(listing(bytes, path, isDirectory))) {
        return Files.exists(path, links); // It would be told all anew.
      }
      WatchKey key =
          service.register(path, kinds(isDirectory), modifiers.toArray(new WatchEvent.Modifier[0]));
      boolean isThere = Files.exists(path, links);
      Root root = new Root(bytes, isDirectory, new FileEnds(asked, isThere));
      boolean isNew = roots.putIfAbsent(key, root) == null;
      if (isNew && !isDirectory) {
        files++;
        watchesForFiles += service.watchCount() - before;
      }
      return isThere;
    } catch (IllegalArgumentException e) {
      throw new IOException(Escaping.escape(bytes) + ": there is no file of such a name", e);
    } catch (FileSystemException e) {
      throw Reasons.notWatched(bytes, e);
    }
  }

  /** What a service has one key for, however it is spelled, and what is left out of that. */
  private Object listing(byte[] bytes, Path path, boolean isDirectory) throws IOException {
    Object place =
        isDirectory
            ? Files.readAttributes(path, BasicFileAttributes.class).fileKey()
            : path.toAbsolutePath();
    List<ByteBuffer> patterns = options.patterns(bytes).stream().map(ByteBuffer::wrap).toList();
    return List.of(Objects.requireNonNull(place, "each file has a key"), patterns);
  }

  private WatchEvent.Kind<?>[] kinds(boolean ofDirectory) {
    List<WatchEvent.Kind<?>> kinds = new ArrayList<>();
    Flag.of(ofDirectory ? asked : FileEnds.wanted(asked))
        .forEach(flag -> kinds.add(INotifyEventKinds.of(flag)));
    kinds.add(INotifyEventKinds.UNMOUNT);
    kinds.add(INotifyEventKinds.UNWATCHED);
    return kinds.toArray(new WatchEvent.Kind<?>[0]);
  }

  /** How many of the paths are no directories. */
  public int files() {
    return files;
  }

  /** How many watches there are. */
  public int watches() {
    return service.watchCount();
  }

  /** How many watches the directories have, and what is below them. */
  public int watchesOfDirectories() {
    return watches() - watchesForFiles;
  }

  /** What a key stands for, or {@link Root#NONE}. */
  public Root get(WatchKey key) {
    return roots.getOrDefault(key, Root.NONE);
  }

  /**
   * Has somebody take what a key has, which is reset. What is not watched is said instead.
   *
   * @return whether the key has ended, and is forgotten
   */
  public boolean take(WatchKey key, Console console, Taker taker) {
    Root root = get(key);
    takeEvents(root, key, console, taker);
    if (key.reset()) {
      return false;
    }
    // What came after the look, and before the end.
    takeEvents(root, key, console, taker);
    return roots.remove(key) != null;
  }

  private void takeEvents(Root root, WatchKey key, Console console, Taker taker) {
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind().equals(INotifyEventKinds.UNWATCHED)) {
        root.sayUnwatched(console, (INotifyWatchEvent<?>) event);
      } else if (event instanceof INotifyWatchEvent<?> ours) {
        takeEvent(root, ours, taker);
      }
    }
  }

  /** Equal events in a row are one that counts them; however many were lost, it is said once. */
  private void takeEvent(Root root, INotifyWatchEvent<?> event, Taker taker) {
    boolean isOverflow = event.kind().equals(StandardWatchEventKinds.OVERFLOW);
    int mask = root.isDirectory() ? event.mask() : root.ends().told(event.mask());
    if (looks != null && looks.have(mask)) {
      return;
    }
    for (int i = 0; i < (isOverflow ? 1 : event.count()); i++) {
      taker.take(root, event, mask);
    }
  }

  /** Whether none is watched any more. */
  public boolean isEmpty() {
    return roots.isEmpty();
  }

  /**
   * A path as the user has spelled it.
   *
   * @param ends how its end is told where it is no directory
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Root(byte[] bytes, boolean isDirectory, FileEnds ends) {
    static final Root NONE = new Root(new byte[0], false, new FileEnds(0, false));

    /** The root itself. */
    public WatchedPath watchedPath() {
      return new WatchedPath(bytes, isDirectory);
    }

    /** What an entry is in: the directory above it, or the root itself. */
    public WatchedPath above(Path context) {
      return isDirectory
          ? new WatchedPath(PathNames.resolve(bytes, context.getParent()), true)
          : watchedPath();
    }

    /** Says why an entry is not watched. */
    private void sayUnwatched(Console console, INotifyWatchEvent<?> event) {
      console.error(
          "not watched: "
              + Escaping.escape(PathNames.resolve(bytes, (Path) event.context()))
              + event.reason().map(reason -> ": " + reason).orElse(""));
    }
  }
}
