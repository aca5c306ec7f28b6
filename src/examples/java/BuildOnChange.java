import static java.time.Duration.ofSeconds;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inotify4j.changes.Change;
import org.inotify4j.changes.PathWatcher;

/** Builds a project when its sources have changed, once for however many changes. */
final class BuildOnChange {

  public static void main(String[] arguments) throws Exception {
    Path project = Files.createTempDirectory("project");
    Path source = Files.createDirectories(project.resolve("src"));
    Files.createDirectories(project.resolve("target"));

    try (PathWatcher watcher =
        PathWatcher.of(project)
            .exclude("target/") // what the build writes
            .exclude(".git")
            .settle(ofSeconds(1), ofSeconds(10)) // a checkout is one batch
            .start(batch -> build(project, batch))) {

      Files.writeString(source.resolve("App.java"), "class App {}");
      Files.writeString(source.resolve("App.java"), "record App() {}");
      Files.writeString(source.resolve("Main.java"), "class Main {}");
      watcher.sync(ofSeconds(30));

      Files.delete(source.resolve("Main.java"));
      watcher.sync(ofSeconds(30));
    }
  }

  private static void build(Path project, List<Change> batch) throws Exception {
    System.out.println("build:");
    for (Change change : batch) {
      System.out.println("  " + change.type() + " " + project.relativize(change.path()));
    }
    Files.writeString(project.resolve("target/App.class"), "built");
  }
}
