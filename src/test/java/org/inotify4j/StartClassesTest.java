package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Map;
import java.util.function.Supplier;
import org.inotify4j.watch.INotifyWatchService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a program waits for at its first event is mostly classes that are loaded: these are counted,
 * but for those that the virtual machine's default archive has and for JNA's own. A change that
 * loads a tenth more is found here; one that loads less is to be written down here.
 */
final class StartClassesTest {

  private static final String FLAG =
      "-Djava.nio.file.spi.DefaultFileSystemProvider=org.inotify4j.fs.INotifyFileSystemProvider";

  /** How many they were, by the feature release of Java. */
  private static final Map<Integer, Integer> BY_API = Map.of(17, 437, 25, 395);

  private static final Map<Integer, Integer> BY_FLAG = Map.of(17, 455, 25, 403);

  @TempDir private Path directory;

  @Test
  void byApi() throws Exception {
    assertThat(fewest(() -> ChildJvm.of(Program.class), "api")).isLessThan(bound(BY_API));
  }

  @Test
  void byFlag() throws Exception {
    assertThat(fewest(() -> ChildJvm.of(Program.class).options(FLAG), "flag"))
        .isLessThan(bound(BY_FLAG));
  }

  private static int bound(Map<Integer, Integer> known) {
    Integer count = known.get(Runtime.version().feature());
    assumeTrue(count != null, "nobody has counted for this release of Java");
    return count + count / 10;
  }

  /** Who waits for whom just then costs some classes more: each start has those that it needs. */
  private int fewest(Supplier<ChildJvm> program, String how) throws Exception {
    int fewest = Integer.MAX_VALUE;
    for (int run = 0; run < 3; run++) {
      fewest = Math.min(fewest, loadedBy(program.get(), how, directory.resolve("run" + run)));
    }
    return fewest;
  }

  private static int loadedBy(ChildJvm program, String how, Path own) throws Exception {
    Path watched = Files.createDirectories(own.resolve("watched"));
    Path log = own.resolve("classes");
    String told =
        program.options("-Xlog:class+load:file=" + log).run(how, watched.toString()).output();
    assertThat(told).isEqualTo("told\n");
    int count =
        (int)
            Files.readAllLines(log).stream()
                .filter(line -> !line.contains("shared objects file"))
                .filter(line -> !line.contains(" com.sun.jna."))
                .count();
    System.out.println("StartClassesTest " + how + ": " + count);
    return count;
  }

  /** Waits for its first event. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path watched = Path.of(arguments[1]);
      try (WatchService service =
          arguments[0].equals("api")
              ? INotifyWatchService.open()
              : FileSystems.getDefault().newWatchService()) {
        if (service instanceof INotifyWatchService own && arguments[0].equals("api")) {
          own.register(watched, StandardWatchEventKinds.ENTRY_CREATE);
        } else {
          watched.register(service, StandardWatchEventKinds.ENTRY_CREATE);
        }
        Files.createFile(watched.resolve("f"));
        WatchKey key = service.take();
        System.out.println(key.pollEvents().isEmpty() ? "nothing" : "told");
      }
    }
  }
}
