package org.inotify4j.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.inotify4j.EntryName;
import org.inotify4j.Flag;
import org.inotify4j.INotifyEvent;
import org.inotify4j.watch.INotifyEventKinds;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchEvent;
import org.inotify4j.watch.INotifyWatchService;
import org.jspecify.annotations.Nullable;

/**
 * Watches files, directories and whole trees by a watch service, and prints their events until one
 * of the reasons to end is met.
 */
final class ServiceLoop {

  private final INotifyWatchService service;
  private final int asked;
  private final EventFormat format;
  private final Console console;
  private final Map<WatchKey, Root> roots = new HashMap<>();

  private int files;

  /** A file takes watches for the directories above it as well. */
  private int watchesForFiles;

  /** Whether an event was printed that was asked for. */
  private boolean answered;

  /**
   * A loop.
   *
   * @param asked the mask of the events that the user wants to see
   */
  ServiceLoop(INotifyWatchService service, int asked, EventFormat format, Console console) {
    this.service = service;
    this.asked = asked;
    this.format = format;
    this.console = console;
  }

  /**
   * Watches a path: a directory, or a name that stands for anything else or nothing yet. One that
   * is watched already keeps the spelling that it was first given.
   *
   * @param ofDirectories the modifiers where it is a directory
   * @param ofFiles those where it is none, beside FILE
   * @return whether there is something at the path
   * @throws IOException if that is not possible; its message is for the user
   */
  boolean add(
      byte[] bytes, List<WatchEvent.Modifier> ofDirectories, List<WatchEvent.Modifier> ofFiles)
      throws IOException {
    List<WatchEvent.Kind<?>> kinds = new ArrayList<>();
    Flag.of(asked).forEach(flag -> kinds.add(INotifyEventKinds.of(flag)));
    kinds.add(INotifyEventKinds.UNMOUNT);
    kinds.add(INotifyEventKinds.UNWATCHED);
    Path path = PathNames.path(bytes);
    boolean isDirectory = Files.isDirectory(path);
    List<WatchEvent.Modifier> modifiers = new ArrayList<>(isDirectory ? ofDirectories : ofFiles);
    if (!isDirectory) {
      modifiers.add(INotifyModifiers.FILE);
    }
    int before = service.watchCount();
    try {
      WatchKey key =
          service.register(
              path,
              kinds.toArray(new WatchEvent.Kind<?>[0]),
              modifiers.toArray(new WatchEvent.Modifier[0]));
      boolean isNew = roots.putIfAbsent(key, new Root(bytes, isDirectory)) == null;
      if (isNew && !isDirectory) {
        files++;
        watchesForFiles += service.watchCount() - before;
      }
      return Files.exists(path);
    } catch (IllegalArgumentException e) {
      throw new IOException(Escaping.escape(bytes) + ": there is no file of such a name", e);
    } catch (FileSystemException e) {
      throw WatchedPaths.refused(bytes, e);
    }
  }

  /** How many of the paths are no directories. */
  int files() {
    return files;
  }

  /** How many watches the directories have, and what is below them. */
  int watchesOfDirectories() {
    return service.watchCount() - watchesForFiles;
  }

  /**
   * Runs until the end.
   *
   * @param timeout how long to wait for an event; zero for ever
   * @param once whether one event is enough
   * @param quiet whether to say nothing but errors
   * @return the exit code
   * @throws IOException if the events cannot be printed
   * @throws InterruptedException if the thread is interrupted
   */
  int run(Duration timeout, boolean once, boolean quiet) throws IOException, InterruptedException {
    while (true) {
      WatchKey key =
          timeout.isZero() ? service.take() : service.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (key == null) {
        return ExitCode.TIMEOUT;
      }
      List<String> texts = texts(key);
      boolean isRead = console.print(once && texts.size() > 1 ? texts.subList(0, 1) : texts);
      if ((once && !texts.isEmpty()) || !isRead) {
        return answered ? ExitCode.EVENT : ExitCode.ERROR;
      }
      if (roots.isEmpty()) {
        if (!quiet) {
          console.message("Nothing is left to watch: the last watched path is gone.");
        }
        return answered ? ExitCode.EVENT : ExitCode.ERROR;
      }
    }
  }

  /** The texts of what a key has, which is reset. */
  private List<String> texts(WatchKey key) {
    Root root = roots.getOrDefault(key, Root.NONE);
    List<String> texts = new ArrayList<>();
    addTexts(root, key, texts);
    boolean isOver = !key.reset();
    if (isOver) {
      // What came after the look, and before the end.
      addTexts(root, key, texts);
    }
    if (isOver && roots.remove(key) != null) {
      INotifyEvent ignored = new INotifyEvent(0, Flag.IGNORED.bit(), 0, EntryName.EMPTY);
      texts.add(format.format(ignored, root.watchedPath()));
    }
    return texts;
  }

  private void addTexts(Root root, WatchKey key, List<String> texts) {
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind().equals(INotifyEventKinds.UNWATCHED)) {
        sayUnwatched(root, (INotifyWatchEvent<?>) event);
      } else if (event instanceof INotifyWatchEvent<?> ours) {
        texts.add(text(root, ours));
      }
    }
  }

  private String text(Root root, INotifyWatchEvent<?> event) {
    answered |= (event.mask() & asked) != 0 || event.kind().equals(INotifyEventKinds.EXISTS);
    if (event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
      INotifyEvent overflow = new INotifyEvent(-1, event.mask(), 0, EntryName.EMPTY);
      return format.format(overflow, WatchedPath.NONE);
    }
    Path context = (Path) event.context();
    WatchedPath watched =
        root.isDirectory
            ? new WatchedPath(PathNames.resolve(root.bytes, context.getParent()), true)
            : root.watchedPath();
    INotifyEvent raw = new INotifyEvent(0, event.mask(), event.cookie(), EntryName.of(context));
    return format.format(raw, watched, found(event));
  }

  /** What an event is that is not of the kernel; null for one that is. */
  private static @Nullable String found(INotifyWatchEvent<?> event) {
    boolean isNamed =
        event.kind().equals(INotifyEventKinds.EXISTS)
            || event.kind().equals(INotifyEventKinds.READY);
    if (isNamed) {
      return event.kind().name();
    }
    return event.isSynthetic() ? EventFormat.FOUND : null;
  }

  private void sayUnwatched(Root root, INotifyWatchEvent<?> event) {
    console.error(
        "not watched: "
            + Escaping.escape(PathNames.resolve(root.bytes, (Path) event.context()))
            + event.reason().map(reason -> ": " + reason).orElse(""));
  }

  /** A path as the user has spelled it, and whether it is a directory. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Root(byte[] bytes, boolean isDirectory) {
    static final Root NONE = new Root(new byte[0], false);

    WatchedPath watchedPath() {
      return new WatchedPath(bytes, isDirectory);
    }
  }
}
