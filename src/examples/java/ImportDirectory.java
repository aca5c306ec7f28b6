import static java.time.Duration.ofSeconds;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inotify4j.changes.Change;
import org.inotify4j.changes.PathWatcher;

/** Imports each file that is put into a directory, when it is complete, and moves it away. */
final class ImportDirectory {

  public static void main(String[] arguments) throws Exception {
    Path inbox = Files.createTempDirectory("inbox");
    Path done = Files.createTempDirectory("done");
    Files.writeString(inbox.resolve("early.csv"), "1\n2\n");

    try (PathWatcher watcher =
        PathWatcher.directory(inbox)
            .include("*.csv")
            .existing() // what came while the program did not run
            .finishedOnly() // and nothing that is still being written
            .start(batch -> load(batch, done))) {
      watcher.sync(ofSeconds(30));

      try (Writer slow = Files.newBufferedWriter(inbox.resolve("late.csv"))) {
        slow.append("1\n").flush();
        watcher.sync(ofSeconds(30));
        System.out.println("still writing");
        slow.append("2\n3\n");
      }
      watcher.sync(ofSeconds(30));
    }
  }

  private static void load(List<Change> batch, Path done) throws Exception {
    for (Change change : batch) {
      if (change.hasNewContent()) {
        Path file = change.path();
        System.out.println(file.getFileName() + ": " + Files.readAllLines(file).size() + " lines");
        Files.move(file, done.resolve(file.getFileName()));
      }
    }
  }
}
