package org.inotify4j.watch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.inotify4j.Subtree;

/**
 * What a program does with one key and the files below it, step by step, and what it believes of
 * them from the key's events alone.
 */
enum ServiceLife {
  PLAIN(false) {
    @Override
    WatchKey register(INotifyWatchService service, Path root) throws IOException {
      return service.register(root, ENTRY_CREATE, ENTRY_DELETE, RENAME);
    }

    @Override
    List<Step> steps(Path root) {
      return List.of(
          () -> Files.createFile(root.resolve("a")),
          () -> Files.createFile(root.resolve("b")),
          () -> remove(root.resolve("a")),
          () -> move(root, "b", "c"),
          () -> move(root, "c", "../out"),
          () -> move(root, "../out", "d"));
    }
  },

  TREE(true) {
    @Override
    WatchKey register(INotifyWatchService service, Path root) throws IOException {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, RENAME, UNWATCHED};
      return service.register(root, kinds, INotifyModifiers.RECURSIVE);
    }

    @Override
    List<Step> steps(Path root) {
      return ofTree(root);
    }
  },

  /** As {@link #TREE}, without renames and with all that reading causes. */
  READ_TREE(true) {
    @Override
    WatchKey register(INotifyWatchService service, Path root) throws IOException {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.OPEN, UNWATCHED};
      return service.register(root, kinds, INotifyModifiers.RECURSIVE);
    }

    @Override
    List<Step> steps(Path root) {
      return ofTree(root);
    }
  },

  FILE(false) {
    @Override
    WatchKey register(INotifyWatchService service, Path root) throws IOException {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, UNWATCHED};
      return service.register(root.resolve("now/f"), kinds, INotifyModifiers.FILE);
    }

    @Override
    void prepare(Path root) throws IOException {
      Files.writeString(Files.createDirectory(root.resolve("one")).resolve("f"), "1");
      Files.writeString(Files.createDirectory(root.resolve("two")).resolve("f"), "2");
      Files.createSymbolicLink(root.resolve("now"), Path.of("one"));
    }

    @Override
    List<Step> steps(Path root) {
      return List.of(
          () -> Files.writeString(root.resolve("one/f"), "11"),
          () -> Files.writeString(root.resolve("one/new"), "111"),
          () -> move(root, "one/new", "one/f"),
          () -> Files.createSymbolicLink(root.resolve("next"), Path.of("two")),
          () -> move(root, "next", "now"),
          () -> Files.writeString(root.resolve("two/f"), "22"),
          () -> remove(root.resolve("two/f")),
          () -> Files.writeString(root.resolve("two/f"), "222"),
          () -> move(root, "two", "gone"),
          () -> Files.writeString(Files.createDirectory(root.resolve("two")).resolve("f"), "2222"));
    }

    @Override
    Set<String> truth(Path root) throws IOException {
      try {
        return Set.of(Files.readString(root.resolve("now/f")));
      } catch (NoSuchFileException e) {
        return Set.of();
      }
    }

    @Override
    void change(Path root) throws IOException {
      Files.writeString(root.resolve("now/f"), "the last");
    }
  };

  /** Whether every directory below the root is to be watched. */
  final boolean isTree;

  ServiceLife(boolean isTree) {
    this.isTree = isTree;
  }

  /** Something that happens. */
  interface Step {
    Object run() throws IOException;
  }

  abstract WatchKey register(INotifyWatchService service, Path root) throws IOException;

  abstract List<Step> steps(Path root);

  /** Makes what is there before the registration. */
  void prepare(Path root) throws IOException {
    Files.createFile(root.resolve("first"));
    if (isTree) {
      Files.createFile(Files.createDirectories(root.resolve("p/q/r")).resolve("f"));
    }
  }

  /** What is there to be known. */
  Set<String> truth(Path root) throws IOException {
    return EventModel.list(root);
  }

  /** Changes something everywhere. */
  void change(Path root) throws IOException {
    List<Path> directories = new ArrayList<>(List.of(root));
    if (isTree) {
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(path -> !path.equals(root) && Files.isDirectory(path)).forEach(directories::add);
      }
    }
    for (Path directory : directories) {
      Files.createFile(directory.resolve("last"));
    }
  }

  private static List<Step> ofTree(Path root) {
    return List.of(
        () -> Files.createDirectories(root.resolve("a/b/c")),
        () -> Files.createFile(root.resolve("a/b/c/f")),
        () -> move(root, "a/b", "x"),
        () -> Files.createDirectories(root.resolve("x/new/deep")),
        () -> move(root, "x", "../out"),
        () -> move(root, "../out", "p/y"),
        () -> Files.createFile(root.resolve("p/y/new/g")),
        () -> remove(root.resolve("p/q")),
        () -> move(root, "p", "r"),
        // Nothing that would make anybody look again comes after these.
        () -> Files.createDirectories(root.resolve("r/q/again/and/again")),
        () -> Files.createFile(root.resolve("r/q/again/h")));
  }

  private static Path remove(Path path) throws IOException {
    TreeChanges.removeAll(path);
    return path;
  }

  private static Path move(Path root, String from, String to) throws IOException {
    return Files.move(root.resolve(from), root.resolve(to), ATOMIC_MOVE, REPLACE_EXISTING);
  }

  /** What a program believes, from the events of one key. */
  final class Belief {

    private final WatchKey key;
    private final Path root;
    private final List<String> history = new ArrayList<>();
    private final Set<String> unwatched = new TreeSet<>();
    private NavigableSet<String> known;

    Belief(WatchKey key, Path root) throws IOException {
      this.key = key;
      this.root = root;
      this.known = new TreeSet<>(truth(root));
    }

    /** Takes what is pending. */
    void poll() throws IOException {
      for (WatchEvent<?> event : key.pollEvents()) {
        history.add(event.toString());
        String context = String.valueOf(event.context());
        if (event.kind().equals(UNWATCHED)) {
          unwatched.add(context);
        } else if (ServiceLife.this == FILE
            || event.kind().equals(StandardWatchEventKinds.OVERFLOW)) {
          known = new TreeSet<>(truth(root));
        } else if (event.kind().equals(ENTRY_CREATE)) {
          Subtree.takeOut(known, context);
          known.add(context);
        } else if (event.kind().equals(ENTRY_DELETE)) {
          Subtree.takeOut(known, context);
        } else if (event.context() instanceof Rename rename) {
          String to = rename.to().toString();
          Set<String> moved = Subtree.takeOut(known, rename.from().toString());
          Subtree.takeOut(known, to);
          known.add(to);
          moved.forEach(path -> known.add(to + path.substring(rename.from().toString().length())));
        }
      }
      key.reset();
    }

    Set<String> known() {
      return known;
    }

    boolean wasToldOfUnwatched() {
      return !unwatched.isEmpty();
    }

    List<String> history() {
      return history;
    }
  }
}
