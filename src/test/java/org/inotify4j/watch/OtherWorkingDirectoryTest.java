package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.inotify4j.ChildJvm;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Where {@code -Duser.dir} is not the working directory the JDK takes relative paths to be below
 * that, in each of its calls; and so a watch is of what {@code Files} finds by the same path.
 */
final class OtherWorkingDirectoryTest {

  @TempDir private Path here;
  @TempDir private Path there;

  @Test
  void relativePathsAreBelowThatOfTheJdk() throws Exception {
    Files.createDirectories(here.resolve("sub"));
    Files.createDirectories(there.resolve("sub/dé"));
    ChildJvm.Result result =
        ChildJvm.of(Program.class)
            .with(Assertions.class)
            .after("cd '" + here + "'")
            .options("-Duser.dir=" + there, "-Dfile.encoding=UTF-8", "-Dsun.jnu.encoding=UTF-8")
            .environment("LC_ALL", "C.UTF-8")
            .run();
    assertThat(result.err()).isEmpty();
    assertThat(result.output().lines())
        .containsExactly(
            "the same key: true",
            "directory: [ENTRY_CREATE plain]",
            "tree: [ENTRY_CREATE sub/plain]",
            "file: [ENTRY_CREATE ]",
            "raw: [plain]");
  }

  /** Watches in each way, by relative paths. */
  static final class Program {
    private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE};

    private Program() {}

    public static void main(String[] args) throws Exception {
      Path sub = Path.of("sub");
      try (INotifyWatchService service = INotifyWatchService.open();
          INotifyWatchService another = INotifyWatchService.open();
          INotify raw = INotify.open()) {
        WatchKey directory = service.register(sub, ENTRY_CREATE);
        WatchKey same = service.register(sub.toAbsolutePath(), ENTRY_CREATE);
        WatchKey tree = another.register(Path.of(""), KINDS, INotifyModifiers.RECURSIVE);
        WatchKey file = another.register(sub.resolve("plain"), KINDS, INotifyModifiers.FILE);
        raw.addWatch(sub, Flag.CREATE);
        System.out.println("the same key: " + directory.equals(same));
        Files.createFile(sub.resolve("plain"));
        assertThat(service.sync(Duration.ofSeconds(30))).isTrue();
        assertThat(another.sync(Duration.ofSeconds(30))).isTrue();
        System.out.println("directory: " + Told.by(directory));
        System.out.println("tree: " + Told.by(tree));
        System.out.println("file: " + Told.by(file));
        List<INotifyEvent> events = raw.read(Duration.ofSeconds(30));
        System.out.println(
            "raw: " + events.stream().map(event -> event.name().toString()).toList());
      }
    }
  }
}
