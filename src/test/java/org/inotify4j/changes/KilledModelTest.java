package org.inotify4j.changes;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.inotify4j.snapshot.TreeSnapshot;
import org.inotify4j.watch.KilledProgram;
import org.inotify4j.watch.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that watches, and saves again and again what its listener knows, is killed again and
 * again ({@link KilledProgram}). What was told until the last save, with what is told from there,
 * is what is on the disk. The seed is printed; {@code -Dinotify4j.tree.seed=N} runs that one, and
 * {@code -Dinotify4j.tree.seeds=N} so many.
 */
@Timeout(600)
final class KilledModelTest {

  private static final int KILLS = 4;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path scratch;

  @Test
  void whatIsToldBeforeAndAfter_isWhatThereIs() throws Exception {
    Seeds.each(
        "KilledModelTest",
        1,
        seed ->
            KilledProgram.kill(Program.class, KILLS, seed, scratch, KilledModelTest::assertGoesOn));
  }

  private static void assertGoesOn(TreeSnapshot saved, String known, String about)
      throws Exception {
    ToldContents told = new ToldContents(saved.root());
    told.know(known);
    told.note("known then: " + told.line());
    try (PathWatcher watcher = PathWatcher.of(saved.root()).since(saved).start(told)) {
      assertThat(watcher.sync(PATIENCE)).as(about).isTrue();
      told.assertExact(about);
    }
  }

  /** Counts the batches, and saves the state when there was one. */
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
