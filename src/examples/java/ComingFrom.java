import static java.time.Duration.ofSeconds;
import static org.inotify4j.changes.Change.Type.CREATED;
import static org.inotify4j.changes.Change.Type.DELETED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
import org.inotify4j.changes.Change;
import org.inotify4j.changes.PathWatcher;

/** What programs written for other watchers become: each method is one of them. */
final class ComingFrom {

  /** A directory, by {@code WatchService}. */
  static PathWatcher insteadOfWatchService(Path directory) throws IOException {
    return PathWatcher.directory(directory)
        .start(
            batch -> {
              for (Change change : batch) {
                System.out.println(change.type() + " " + directory.relativize(change.path()));
              }
            });
  }

  /** A tree, by directory-watcher. */
  static PathWatcher insteadOfDirectoryWatcher(Path tree) throws IOException {
    return PathWatcher.of(tree)
        .start(
            batch -> {
              for (Change change : batch) {
                switch (change.type()) {
                  case CREATED, EXISTING -> System.out.println("new: " + name(change));
                  case MODIFIED -> System.out.println("changed: " + name(change));
                  case DELETED -> System.out.println("gone: " + name(change));
                  case MOVED -> System.out.println("moved: " + name(change));
                }
              }
            });
  }

  /** A tree, by java-watch. */
  static PathWatcher insteadOfJavaWatch(Path tree) throws IOException {
    return PathWatcher.of(tree)
        .onError(problem -> System.err.println(problem))
        .start(
            batch ->
                batch.forEach(change -> System.out.println(change.type() + " " + name(change))));
  }

  /** Files of one kind in a tree, by FileAlterationMonitor. */
  static PathWatcher insteadOfFileAlterationMonitor(Path tree) throws IOException {
    return PathWatcher.of(tree)
        .include("*.txt")
        .start(
            batch -> {
              for (Change change : batch) {
                if (change.isDirectory()) {
                  continue;
                }
                if (change.type() == CREATED) {
                  System.out.println("file created: " + name(change));
                } else if (change.type() == DELETED) {
                  System.out.println("file deleted: " + name(change));
                } else {
                  System.out.println("file changed: " + name(change));
                }
              }
            });
  }

  /** The kernel's own events, by inotify_simple. */
  static void insteadOfInotifySimple(Path directory, Duration timeout) throws IOException {
    try (INotify inotify = INotify.open()) {
      inotify.addWatch(directory, Flag.CREATE, Flag.CLOSE_WRITE, Flag.MOVED_TO);
      touch(directory.resolve("note.txt"));
      for (INotifyEvent event : inotify.read(timeout)) {
        System.out.println(event.name() + " " + event.flags());
      }
    }
  }

  private static String name(Change change) {
    return String.valueOf(change.path().getFileName());
  }

  private static void touch(Path file) throws IOException {
    Files.writeString(file, "text");
  }

  /** Runs each with a file that comes and one that goes. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("tree");
    show(directory, insteadOfWatchService(directory));
    show(directory, insteadOfDirectoryWatcher(directory));
    show(directory, insteadOfJavaWatch(directory));
    show(directory, insteadOfFileAlterationMonitor(directory));
    insteadOfInotifySimple(directory, ofSeconds(10));
  }

  private static void show(Path directory, PathWatcher watcher) throws Exception {
    try (watcher) {
      touch(directory.resolve("note.txt"));
      watcher.sync(ofSeconds(30));
      Files.delete(directory.resolve("note.txt"));
      watcher.sync(ofSeconds(30));
    }
  }
}
