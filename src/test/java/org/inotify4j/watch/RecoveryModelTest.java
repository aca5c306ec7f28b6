package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.inotify4j.hub.Hub;
import org.inotify4j.snapshot.TreeSnapshot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The judge of recovery: threads and a process change a tree at random, also what is in its files;
 * most of the kernel's events are lost, or past what the key may have pending. When they are done,
 * what a program knows that reads files when it is told so is what is on the disk, and it was never
 * told of an overflow. The seed is printed; {@code -Dinotify4j.tree.seed=N} runs that one, and
 * {@code -Dinotify4j.tree.seeds=N} so many of each mode.
 */
@Timeout(600)
final class RecoveryModelTest {

  private static final WatchEvent.Kind<?>[] WITHOUT = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, INotifyEventKinds.RENAME
  };

  /** Each is a program that is started, which takes longer than many changes by threads. */
  private static final int COMMANDS = 24;

  @TempDir private Path scratch;

  enum Mode {
    /** The kernel's queue is too small. */
    SMALL_QUEUE(34, 16, 10_000),
    /** The program polls seldom, and few events may be pending. */
    SMALL_BOUND(33, 16_384, 20),
    BOTH(33, 16, 20),
    /** The program begins anew with what it saved last, again and again. */
    RESTARTS(100, 64, 100);

    final int seeds;
    final int queue;
    final int bound;

    Mode(int seeds, int queue, int bound) {
      this.seeds = seeds;
      this.queue = queue;
      this.bound = bound;
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void eventsTellAll(Mode mode) throws Exception {
    Seeds.each("RecoveryModelTest " + mode, mode.seeds, seed -> run(mode, seed, scratch));
  }

  /** One run, in a directory of its own. */
  static void run(Mode mode, long seed, Path scratch) throws Exception {
    Hub hub = SmallQueue.of(mode.queue);
    try (ChangingTree tree = new ChangingTree(scratch, seed);
        Program program = new Program(mode, seed, tree.root(), hub)) {
      program.begin();
      tree.change(150);
      tree.changeByScript(COMMANDS);
      while (tree.isChanging()) {
        program.goOn();
      }
      tree.awaitRest();
      program.assertExact(mode + " seed " + seed);
    }
  }

  /** Polls now and then; saves what it knows, and begins with that again. */
  private static final class Program implements AutoCloseable {
    private final Mode mode;
    private final Random random;
    private final Path root;
    private final Hub hub;
    private final INotifyWatchService keeping;
    private final WatchEvent.Kind<?>[] kinds;
    private INotifyWatchService service;
    private ContentModel model;
    private @Nullable WatchKey key;
    private @Nullable TreeSnapshot saved;
    private ContentModel savedModel;

    Program(Mode mode, long seed, Path root, Hub hub) {
      this.mode = mode;
      this.random = new Random(seed);
      this.root = root;
      this.hub = hub;
      // So that the hub stays open.
      this.keeping = INotifyWatchService.open(hub);
      this.service = Bound.of(mode.bound, hub);
      this.kinds = seed % 2 == 0 ? WITHOUT : WITH_RENAMES;
      this.model = new ContentModel(root);
      this.savedModel = model;
    }

    void begin() throws Exception {
      boolean isListed = random.nextBoolean();
      key = isListed ? register(INotifyModifiers.INITIAL) : register(INotifyModifiers.RESCAN);
      if (!isListed) {
        model.list();
      }
      save();
    }

    private WatchKey register(WatchEvent.Modifier also) throws IOException {
      return service.register(
          root, kinds, INotifyModifiers.RECURSIVE, INotifyModifiers.RESCAN, also);
    }

    private WatchKey key() {
      return Objects.requireNonNull(key, "it has begun");
    }

    private void save() throws Exception {
      savedModel = model.copy();
      saved = service.snapshot(key());
    }

    void goOn() throws Exception {
      if (random.nextInt(3) == 0) {
        model.poll(key());
      }
      if (mode == Mode.RESTARTS && random.nextInt(8) == 0) {
        model.poll(key());
        save();
      } else if (mode == Mode.RESTARTS && random.nextInt(8) == 0) {
        restart();
      }
      service.poll(random.nextInt(5), TimeUnit.MILLISECONDS);
    }

    private void restart() throws Exception {
      service.close();
      service = Bound.of(mode.bound, hub);
      model = savedModel.copy();
      model.note("RESTART");
      key = register(INotifyModifiers.since(Objects.requireNonNull(saved)));
    }

    void assertExact(String about) throws Exception {
      model.assertExact(service, key(), about);
    }

    @Override
    public void close() {
      service.close();
      keeping.close();
    }
  }
}
