package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.INotifyModifiers.since;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.Random;
import org.inotify4j.hub.Hub;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that polls its key at random, reads each file when an event says so, and saves at
 * random what its key was told, is killed again and again ({@link KilledProgram}). What it knew at
 * its last save, with what is told since then, is what is on the disk, and nobody was told of an
 * overflow, also where few events may be pending. The seed is printed; {@code
 * -Dinotify4j.tree.seed=N} runs that one, and {@code -Dinotify4j.tree.seeds=N} so many.
 */
@Timeout(600)
final class KilledServiceModelTest {

  private static final WatchEvent.Kind<?>[] WITHOUT = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, INotifyEventKinds.RENAME
  };
  private static final int KILLS = 3;

  @TempDir private Path scratch;

  @Test
  void whatIsToldBeforeAndAfter_isWhatThereIs() throws Exception {
    Seeds.each(
        "KilledServiceModelTest",
        3,
        seed ->
            KilledProgram.kill(
                Program.class,
                KILLS,
                seed,
                scratch,
                (saved, known, about) -> assertGoesOn(saved, known, seed, about)));
  }

  private static void assertGoesOn(TreeSnapshot saved, String known, long seed, String about)
      throws Exception {
    ContentModel model = new ContentModel(saved.root());
    model.know(known);
    model.note("known then: " + known);
    try (INotifyWatchService service = open(seed)) {
      WatchKey key = register(service, saved.root(), seed, since(saved));
      model.assertExact(service, key, about);
    }
  }

  /** By half of the seeds few events may be pending. */
  private static INotifyWatchService open(long seed) throws IOException {
    return Bound.of(seed % 4 < 2 ? 20 : 10_000, Hub.open());
  }

  private static WatchKey register(
      INotifyWatchService service, Path root, long seed, WatchEvent.Modifier also)
      throws IOException {
    return service.register(root, seed % 2 == 0 ? WITHOUT : WITH_RENAMES, RECURSIVE, RESCAN, also);
  }

  /** Counts how often it was told something. */
  static final class Program {
    private final Path root;
    private final Path saves;
    private final long seed;
    private final Random random;
    private final ContentModel model;
    private int steps;

    private Program(String[] arguments) {
      this.root = Path.of(arguments[0]);
      this.saves = Path.of(arguments[1]);
      this.steps = Integer.parseInt(arguments[2]);
      this.seed = Long.parseLong(arguments[4]);
      this.random = new Random(seed * 31 + steps);
      this.model = new ContentModel(root);
      model.know(arguments[3]);
    }

    public static void main(String[] arguments) throws Exception {
      Thread end = new Thread(Program::endWithTheTest);
      end.setDaemon(true);
      end.start();
      new Program(arguments).run();
    }

    private static void endWithTheTest() {
      try {
        int unused = System.in.read();
      } catch (IOException e) {
        // That is its end as well.
      }
      System.exit(1);
    }

    private void run() throws Exception {
      try (INotifyWatchService service = open(seed)) {
        WatchKey key =
            register(
                service,
                root,
                seed,
                steps == 0 ? INITIAL : since(TreeSnapshot.load(saves.resolve("" + steps), root)));
        int saved = steps;
        while (true) {
          service.poll(random.nextInt(5), MILLISECONDS);
          if (random.nextInt(3) == 0 && model.poll(key) > 0) {
            steps++;
            System.out.println(steps + " " + model.line());
          }
          // What is pending then is not known.
          if (steps > saved && random.nextInt(4) == 0) {
            service.snapshot(key).save(saves.resolve("" + steps));
            saved = steps;
          }
        }
      }
    }
  }
}
