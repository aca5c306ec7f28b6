import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.inotify4j.snapshot.SnapshotChange;
import org.inotify4j.snapshot.TreeFilter;
import org.inotify4j.snapshot.TreeSnapshot;

/** Tells what changed in a tree while nobody watched it. */
final class TellWhatChanged {

  public static void main(String[] args) throws Exception {
    Path top = Files.createTempDirectory("top");
    Path project = Files.createDirectories(top.resolve("project/src")).getParent();
    Files.writeString(project.resolve("src/App.java"), "class App {}");
    Files.writeString(project.resolve("notes.txt"), "to do");

    Path file = top.resolve("project.snapshot");
    TreeFilter filter = TreeFilter.EVERYTHING.exclude("target/");
    TreeSnapshot.take(project, filter).save(file);

    Files.createDirectories(project.resolve("target/classes"));
    Files.move(project.resolve("src"), project.resolve("source"));
    Files.writeString(project.resolve("source/App.java"), "record App() {}");
    Files.createFile(project.resolve("source/Main.java"));
    Files.delete(project.resolve("notes.txt"));

    TreeSnapshot before = TreeSnapshot.load(file, project);
    TreeSnapshot now = TreeSnapshot.take(project, before.filter());
    for (SnapshotChange change : now.changesSince(before)) {
      System.out.println(change);
    }
    try (Stream<Path> all = Files.walk(top)) {
      all.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    }
  }
}
