package org.inotify4j.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.inotify4j.snapshot.TreeSnapshot;
import org.inotify4j.watch.ChangingTree;
import org.inotify4j.watch.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that watches, and saves again and again what its listener knows, is killed at any point
 * while threads change the tree, as by {@code kill -9}; another one goes on from what was saved
 * last, and is killed as well. What was told until the last save, with what is told from there, is
 * what is on the disk. The seed is printed; {@code -Dinotify4j.tree.seed=N} runs that one, and
 * {@code -Dinotify4j.tree.seeds=N} so many.
 */
@Timeout(600)
final class KilledModelTest {

  private static final int KILLS = 4;
  private static final int MOST_BATCHES = 12;
  private static final int KILLED = 128 + 9;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path scratch;

  @Test
  void whatIsToldBeforeAndAfter_isWhatThereIs() throws Exception {
    Seeds.each("KilledModelTest", 1, this::run);
  }

  private void run(long seed) throws Exception {
    Random random = new Random(seed);
    Path saves = Files.createDirectory(scratch.resolve("saves" + seed));
    // What each program has printed: what it knew after so many batches.
    Map<Integer, String> known = new ConcurrentHashMap<>(Map.of(0, "{}"));
    try (ChangingTree tree = new ChangingTree(scratch, seed)) {
      for (int kill = 0; kill < KILLS; kill++) {
        runAndKill(tree, saves, known, 1 + random.nextInt(MOST_BATCHES));
        tree.awaitRest();
        assertGoesOn(tree.root(), saves, known, "seed " + seed + ", kill " + kill);
      }
    }
  }

  /** Kills a program that has been told so many batches at least, and saves, in further ones. */
  private static void runAndKill(
      ChangingTree tree, Path saves, Map<Integer, String> known, int batches) throws Exception {
    int saved = newest(saves);
    known.keySet().removeIf(number -> number > saved);
    Process child =
        ChildJvm.of(Program.class)
            .start(tree.root().toString(), saves.toString(), "" + saved, lineOf(saved, known));
    try (BufferedReader out = child.inputReader(UTF_8)) {
      Thread reader = new Thread(() -> out.lines().forEach(line -> put(known, line)));
      reader.start();
      while (child.isAlive() && (!known.containsKey(saved + batches) || newest(saves) == saved)) {
        tree.change(10);
        tree.awaitRest();
      }
      tree.change(100);
      // By its handle: Process itself would close what is not read yet.
      assertThat(child.toHandle().destroyForcibly()).isTrue();
      assertThat(child.waitFor()).isEqualTo(KILLED);
      reader.join();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static void put(Map<Integer, String> known, String line) {
    int space = line.indexOf(' ');
    // The last one may be cut.
    if (space > 0 && line.endsWith("}")) {
      known.put(Integer.parseInt(line.substring(0, space)), line.substring(space + 1));
    }
  }

  private static String lineOf(int saved, Map<Integer, String> known) {
    return Objects.requireNonNull(known.get(saved), "it was told before it was saved");
  }

  /** After how many batches the newest whole snapshot was saved; 0 where there is none. */
  private static int newest(Path saves) throws IOException {
    try (Stream<Path> files = Files.list(saves)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(0);
    }
  }

  private static void assertGoesOn(Path root, Path saves, Map<Integer, String> known, String about)
      throws Exception {
    int saved = newest(saves);
    ToldContents told = new ToldContents(root);
    told.know(lineOf(saved, known));
    told.note("known after batch " + saved + ": " + told.line());
    TreeSnapshot before = TreeSnapshot.load(saves.resolve("" + saved), root);
    try (PathWatcher watcher = PathWatcher.of(root).since(before).start(told)) {
      assertThat(watcher.sync(PATIENCE)).as(about).isTrue();
      told.assertExact(about);
    }
  }

  /**
   * Prints after each batch its number and what is known then, and saves the state in a file of
   * that number: so it is certain which of the lines are those of the state that was saved last.
   */
  static final class Program {
    private final Path root;
    private final Path saves;
    private final ToldContents told;

    /** Has the listener, and what saves: no batch is under way then. */
    private final ScheduledExecutorService listening = Executors.newSingleThreadScheduledExecutor();

    private int batches;
    private int saved;

    private Program(Path root, Path saves, int saved, String known) {
      this.root = root;
      this.saves = saves;
      this.told = new ToldContents(root);
      this.saved = saved;
      this.batches = saved;
      told.know(known);
    }

    public static void main(String[] arguments) throws Exception {
      new Program(
              Path.of(arguments[0]),
              Path.of(arguments[1]),
              Integer.parseInt(arguments[2]),
              arguments[3])
          .run();
      // It ends with the test at the latest.
      int unused = System.in.read();
      System.exit(1);
    }

    private void run() throws Exception {
      WatcherBuilder builder = PathWatcher.of(root);
      if (saved == 0) {
        builder.existing();
      } else {
        builder.since(TreeSnapshot.load(saves.resolve("" + saved), root));
      }
      PathWatcher watcher =
          builder
              .settle(Duration.ofMillis(1), Duration.ofMillis(3))
              .executor(listening)
              .start(
                  batch -> {
                    told.changed(batch);
                    batches++;
                    System.out.println(batches + " " + told.line());
                    if (!told.line().startsWith("{")) {
                      fail(told.line());
                    }
                  });
      Future<?> unused = listening.scheduleWithFixedDelay(() -> save(watcher), 0, 1, MILLISECONDS);
    }

    private static void fail(String why) {
      System.err.println(why);
      System.exit(1);
    }

    private void save(PathWatcher watcher) {
      if (batches > saved) {
        try {
          watcher.snapshot().save(saves.resolve("" + batches));
          saved = batches;
        } catch (IOException | InterruptedException e) {
          fail(e.toString());
        }
      }
    }
  }
}
