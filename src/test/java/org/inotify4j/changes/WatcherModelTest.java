package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;
import org.inotify4j.snapshot.TreeSnapshot;
import org.inotify4j.watch.ChangingTree;
import org.inotify4j.watch.Seeds;
import org.inotify4j.watch.SmallQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Threads change a tree at random, also what is in its files, and a listener applies each batch.
 * When they are done, what it knows is what is on the disk, and every change could be applied. The
 * seed is printed; {@code -Dinotify4j.tree.seed=N} runs that one, and {@code
 * -Dinotify4j.tree.seeds=N} so many of each mode.
 */
@Timeout(600)
final class WatcherModelTest {

  @TempDir private Path scratch;

  enum Mode {
    /** Nothing is lost. */
    CALM(5, 16_384),
    /** The kernel's queue is too small. */
    SMALL_QUEUE(5, 16),
    /** The program begins anew with what it saved last, again and again. */
    RESTARTS(5, 64),
    /** The root is moved away and comes back, and another one is put in its place. */
    ROOTS(5, 16_384),
    /** What git leaves out is written anew, again and again: nothing that is there. */
    IGNORE_RULES(3, 16_384),
    /** The same, and the kernel's queue is too small. */
    IGNORE_RULES_SMALL_QUEUE(3, 16);

    final int seeds;
    final int queue;

    boolean hasRules() {
      return this == IGNORE_RULES || this == IGNORE_RULES_SMALL_QUEUE;
    }

    Mode(int seeds, int queue) {
      this.seeds = seeds;
      this.queue = queue;
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void batchesTellAll(Mode mode) throws Exception {
    Seeds.each("WatcherModelTest " + mode, mode.seeds, seed -> run(mode, seed));
  }

  private void run(Mode mode, long seed) throws Exception {
    Hub hub = SmallQueue.of(mode.queue);
    // So that the hub stays open between two watchers.
    Subscription keeping = new Subscription();
    assertThat(hub.attach(keeping)).isTrue();
    try (ChangingTree tree = new ChangingTree(scratch, seed);
        Program program = new Program(mode, seed, tree.root(), hub)) {
      program.begin();
      tree.change(150);
      while (tree.isChanging()) {
        program.goOn();
      }
      tree.awaitRest();
      program.assertExact(mode + " seed " + seed);
    } finally {
      hub.detach(keeping);
    }
  }

  /** Takes batches, as fast or as slowly as it comes; saves what it knows, and begins there. */
  private static final class Program implements AutoCloseable {
    private final Mode mode;
    private final Random random;
    private final Path root;
    private final Hub hub;

    /** Where the listener runs. */
    private final ExecutorService listening = Executors.newSingleThreadExecutor();

    private ToldContents told;
    private @Nullable PathWatcher watcher;
    private @Nullable TreeSnapshot saved;
    private ToldContents savedTold;
    private int swaps;
    private int rules;

    Program(Mode mode, long seed, Path root, Hub hub) {
      this.mode = mode;
      this.random = new Random(seed);
      this.root = root;
      this.hub = hub;
      this.told = new ToldContents(root);
      this.savedTold = told;
    }

    void begin() throws Exception {
      boolean isListed = random.nextBoolean();
      WatcherBuilder builder = PathWatcher.of(root);
      if (mode.hasRules()) {
        builder.gitIgnore();
      }
      if (isListed) {
        builder.existing();
      } else {
        told.list();
      }
      start(builder);
      save();
    }

    private void start(WatcherBuilder builder) throws IOException {
      int quiet = random.nextInt(3) * 3;
      ToldContents listener = told;
      watcher =
          builder
              .settle(Duration.ofMillis(quiet), Duration.ofMillis(3L * quiet))
              .executor(listening)
              .onError(problem -> listener.note(problem.toString()))
              .start(
                  listener,
                  new CountedDemand(Long.MAX_VALUE),
                  cause -> {},
                  subscription -> {
                    assertThat(hub.attach(subscription)).isTrue();
                    return hub;
                  });
    }

    private PathWatcher watcher() {
      return Objects.requireNonNull(watcher, "it has begun");
    }

    /** Where the listener runs no batch is under way: so both are of the same moment. */
    private void save() throws Exception {
      listening
          .submit(
              () -> {
                savedTold = told.copy();
                saved = watcher().snapshot();
                return null;
              })
          .get(60, TimeUnit.SECONDS);
    }

    void goOn() throws Exception {
      int choice = random.nextInt(6);
      if (mode == Mode.RESTARTS && choice == 0) {
        save();
      } else if (mode == Mode.RESTARTS && choice == 1) {
        restart();
      } else if (mode == Mode.ROOTS && choice == 0 && swaps < 6) {
        swaps++;
        swapRoots();
      } else if (mode.hasRules() && choice == 0) {
        rules++;
        Files.writeString(root.resolve(".gitignore"), "*.none" + rules);
      }
      CountDownLatch never = new CountDownLatch(1);
      boolean unused = never.await(random.nextInt(5), TimeUnit.MILLISECONDS);
    }

    private void restart() throws Exception {
      watcher().close();
      told = savedTold.copy();
      told.note("RESTART");
      start(PathWatcher.of(root).since(Objects.requireNonNull(saved)));
    }

    private void swapRoots() throws Exception {
      Path aside = root.resolveSibling("aside" + swaps);
      boolean comesBack = random.nextBoolean();
      told.note(comesBack ? "MOVED AWAY AND BACK" : "REPLACED");
      try {
        Files.move(root, aside);
        if (comesBack) {
          Files.move(aside, root);
        }
      } catch (FileSystemException e) {
        // Somebody who changes the tree has made another one, or has removed this one.
      }
      Files.createDirectories(root);
    }

    void assertExact(String about) throws Exception {
      assertThat(watcher().sync(Duration.ofSeconds(60))).as(about).isTrue();
      told.assertExact(about);
    }

    @Override
    public void close() {
      if (watcher != null) {
        watcher.close();
      }
      listening.shutdownNow();
    }
  }
}
