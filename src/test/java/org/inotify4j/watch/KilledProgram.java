package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.inotify4j.ChildJvm;
import org.inotify4j.snapshot.TreeSnapshot;

/**
 * A program that watches a tree is killed at any point while threads change that, as by {@code kill
 * -9}; another one goes on from what was saved last, and is killed as well.
 *
 * <p>It is given the tree's root, the directory of its saves, the number of the newest (0 where
 * there is none), what was known then, and a seed. It counts what it is told from there on: after
 * each step it prints the number and what it knows, in a line that ends with a brace, and saves the
 * state at times in a file of that number. So it is certain which of the lines belongs to the state
 * that was saved last.
 */
public final class KilledProgram {

  private static final int MOST_STEPS = 12;
  private static final int MOST_STEPS_AMID_CHANGES = 4;
  private static final int KILLED = 128 + 9;

  private final Class<?> main;
  private final long seed;
  private final Random random;
  private final Path saves;

  /** What each program has printed: what it knew after so many steps. */
  private final Map<Integer, String> known = new ConcurrentHashMap<>(Map.of(0, "{}"));

  private KilledProgram(Class<?> main, long seed, Path saves) {
    this.main = main;
    this.seed = seed;
    this.random = new Random(seed);
    this.saves = saves;
  }

  /** Goes on from a save, and compares what is known then with the disk, where nothing happens. */
  public interface Judge {

    /**
     * Throws what is wrong.
     *
     * @param saved the newest save
     * @param known what the program knew then
     */
    void judge(TreeSnapshot saved, String known, String about) throws Exception;
  }

  /** Has so many programs killed, one after the other, and what each has left judged. */
  public static void kill(Class<?> main, int kills, long seed, Path scratch, Judge judge)
      throws Exception {
    Path saves = Files.createDirectory(scratch.resolve("saves" + seed));
    KilledProgram program = new KilledProgram(main, seed, saves);
    try (ChangingTree tree = new ChangingTree(scratch, seed)) {
      for (int kill = 0; kill < kills; kill++) {
        program.runAndKill(tree);
        tree.awaitRest();
        int saved = program.newest();
        String about = "seed " + seed + ", kill " + kill + ", save " + saved;
        TreeSnapshot before = TreeSnapshot.load(saves.resolve("" + saved), tree.root());
        judge.judge(before, program.lineOf(saved), about);
      }
    }
  }

  /** Kills a program that has come some steps further at least, and has saved meanwhile. */
  private void runAndKill(ChangingTree tree) throws Exception {
    int saved = newest();
    known.keySet().removeIf(number -> number > saved);
    int steps = saved + 1 + random.nextInt(MOST_STEPS);
    Process child =
        ChildJvm.of(main)
            .with(Assertions.class)
            .start(tree.root().toString(), saves.toString(), "" + saved, lineOf(saved), "" + seed);
    try (BufferedReader out = child.inputReader(UTF_8)) {
      Thread reader = new Thread(() -> out.lines().forEach(this::put));
      reader.start();
      while (child.isAlive() && (!known.containsKey(steps) || newest() == saved)) {
        tree.change(10);
        tree.awaitRest();
      }
      tree.change(100);
      int end = known.size() + random.nextInt(MOST_STEPS_AMID_CHANGES);
      while (tree.isChanging() && known.size() < end) {
        Thread.onSpinWait();
      }
      // By its handle: Process itself would close what is not read yet.
      assertThat(child.toHandle().destroyForcibly()).isTrue();
      assertThat(child.waitFor()).isEqualTo(KILLED);
      reader.join();
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private void put(String line) {
    int space = line.indexOf(' ');
    // The last one may be cut.
    if (space > 0 && line.endsWith("}")) {
      known.put(Integer.parseInt(line.substring(0, space)), line.substring(space + 1));
    }
  }

  private String lineOf(int saved) {
    return Objects.requireNonNull(known.get(saved), "it was told before it was saved");
  }

  /** After how many steps the newest whole snapshot was saved; 0 where there is none. */
  private int newest() throws IOException {
    try (Stream<Path> files = Files.list(saves)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("[0-9]+"))
          .mapToInt(Integer::parseInt)
          .max()
          .orElse(0);
    }
  }
}
