package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The judge of polling: threads change a tree at random, a little at a time, while its key is
 * polled. When they are done, what a program knows that reads files when it is told so is what is
 * on the disk; it was never told of an overflow, nor anything that it could not know already. The
 * seed is printed; {@code -Dinotify4j.tree.seed=N} runs that one, and {@code
 * -Dinotify4j.tree.seeds=N} so many of each test.
 */
@Timeout(600)
final class PolledModelTest {

  private static final WatchEvent.Kind<?>[] WITHOUT = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, INotifyEventKinds.RENAME
  };
  private static final WatchEvent.Modifier OFTEN = INotifyModifiers.poll(Duration.ofMillis(10));
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CHANGES = 100;

  /** A run mostly waits for rounds. */
  private static final int AT_A_TIME = 4;

  @TempDir private Path scratch;

  /** The kernel tells nothing of what is done beneath a mount: all is found by looking. */
  @Test
  void pollsAloneTellAll() throws Exception {
    Path source = Files.createDirectory(scratch.resolve("source"));
    Path mounted = Files.createDirectory(scratch.resolve("mounted"));
    Files.createFile(source.resolve("something"));
    Bindfs server = Bindfs.withoutCache(source, mounted, scratch.resolve("log"));
    try {
      Seeds.sideBySide(
          "PolledModelTest",
          100,
          AT_A_TIME,
          seed -> {
            String name = "seed" + seed;
            Path root = Files.createDirectory(source.resolve(name));
            Tree tree = new Tree(root, mounted.resolve(name), List.of(root, root), List.of());
            run(seed, tree, Way.ALWAYS);
          });
    } finally {
      server.unmount();
    }
  }

  /** What the kernel has told of is not told again, and what it is silent of is found. */
  @Test
  void pollsBesideListeningTellAll_andNothingTwice() throws Exception {
    Seeds.each(
        "PolledModelTest",
        4,
        seed -> {
          Path work = Files.createDirectory(scratch.resolve("seed" + seed));
          Path root = Files.createDirectory(work.resolve("root"));
          // A change by a name elsewhere is silent here.
          List<Path> elsewhere = new ArrayList<>();
          for (String name : List.of("x", "y")) {
            Path other = Files.createFile(work.resolve(name));
            Files.createLink(root.resolve(name), other);
            elsewhere.add(other);
          }
          run(seed, new Tree(root, root, List.of(root, root), elsewhere), Way.ALWAYS);
        });
  }

  /** A part of the tree is silent, which is polled; the rest is heard. */
  @ParameterizedTest
  @EnumSource(
      value = Way.class,
      names = {"RESCAN", "PLAIN"})
  void pollsOfAPartTellAll_besideWhatIsHeard(Way way) throws Exception {
    System.setProperty(PollSettings.INTERVAL_PROPERTY, "0.01");
    try {
      Seeds.each("PolledModelTest " + way, 3, seed -> runPart(seed, way));
    } finally {
      System.clearProperty(PollSettings.INTERVAL_PROPERTY);
    }
  }

  private void runPart(long seed, Way way) throws Exception {
    Path work = Files.createDirectory(scratch.resolve("seed" + seed));
    Path root = Files.createDirectory(work.resolve("root"));
    Path mounted = Files.createDirectories(root.resolve("in/mounted"));
    Path source = Files.createDirectory(work.resolve("source"));
    Files.createFile(source.resolve("something"));
    Bindfs server = Bindfs.withoutCache(source, mounted, work.resolve("log"));
    try {
      run(seed, new Tree(root, root, List.of(source, root), List.of()), way);
    } finally {
      server.unmount();
    }
  }

  /** What is polled: everything, or what is silent, beside what is told all or not. */
  enum Way {
    ALWAYS,
    RESCAN,
    PLAIN
  }

  /**
   * A tree.
   *
   * @param root what is changed, and read
   * @param watched the same, where it is watched
   * @param changed a part of it, or a directory that is such a part elsewhere, for each thread
   * @param elsewhere other names of files in it
   */
  private record Tree(Path root, Path watched, List<Path> changed, List<Path> elsewhere) {}

  private void run(long seed, Tree tree, Way way) throws Exception {
    List<Path> changed = tree.changed();
    Path outside = Files.createDirectory(scratch.resolve("outside" + seed));
    for (Path part : changed) {
      new TreeChanges(seed, part, outside).make(30);
    }
    new TreeChanges(seed, outside, outside).make(20);
    Random random = new Random(seed);
    ExecutorService threads = Executors.newFixedThreadPool(changed.size() + 1);
    // What is not told all may not overflow.
    boolean isTight = way != Way.PLAIN && random.nextInt(3) == 0;
    try (INotifyWatchService service = Bound.of(isTight ? 20 : 10_000, openHub())) {
      ContentModel model = new ContentModel(tree.root()).strictly().ofLooks();
      WatchKey key = begin(service, tree.watched(), model, random, way);
      Semaphore permits = new Semaphore(0);
      List<Future<?>> changes = new ArrayList<>();
      for (int i = 0; i < changed.size(); i++) {
        TreeChanges some = new TreeChanges(seed * 31 + i, changed.get(i), outside);
        changes.add(threads.submit(paced(permits, () -> some.make(1))));
      }
      Random content = new Random(seed * 31 + 7);
      changes.add(threads.submit(paced(permits, () -> writeOne(tree.elsewhere(), content))));
      while (changes.stream().anyMatch(change -> !change.isDone())) {
        permits.release(random.nextInt(8));
        service.poll(random.nextInt(5), TimeUnit.MILLISECONDS);
        if (random.nextInt(3) == 0) {
          model.poll(key);
        }
      }
      for (Future<?> change : changes) {
        change.get();
      }
      assertRest(service, key, model, "seed " + seed);
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * One to which rounds seem to cost no processor, so that they are as often as is asked for: many
   * in each run.
   */
  private static Hub openHub() throws IOException {
    LibC real = SystemLibC.get();
    LibC libC =
        Intercepted.by(
            (method, arguments) ->
                method.getName().equals("clockGettime")
                        && arguments[0].equals(LibC.CLOCK_THREAD_CPUTIME_ID)
                    ? 0
                    : Intercepted.pass(real, method, arguments));
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }

  private static WatchKey begin(
      INotifyWatchService service, Path watched, ContentModel model, Random random, Way way)
      throws IOException {
    WatchEvent.Kind<?>[] kinds = random.nextBoolean() ? WITHOUT : WITH_RENAMES;
    boolean isListed = random.nextBoolean();
    WatchKey key =
        service.register(
            watched,
            kinds,
            INotifyModifiers.RECURSIVE,
            way == Way.PLAIN ? INotifyModifiers.RECURSIVE : INotifyModifiers.RESCAN,
            way == Way.ALWAYS ? OFTEN : INotifyModifiers.RECURSIVE,
            isListed ? INotifyModifiers.INITIAL : INotifyModifiers.RECURSIVE);
    if (!isListed) {
      model.list();
    }
    return key;
  }

  private interface Change {
    void make() throws IOException;
  }

  /** Makes changes as there are permits, so that there are rounds between them. */
  private static Callable<Void> paced(Semaphore permits, Change change) {
    return () -> {
      for (int i = 0; i < CHANGES; i++) {
        permits.acquire();
        change.make();
      }
      return null;
    };
  }

  private static void writeOne(List<Path> files, Random random) throws IOException {
    if (!files.isEmpty()) {
      Path file = files.get(random.nextInt(files.size()));
      Files.writeString(file, "" + random.nextLong());
    }
  }

  /** Nothing happens any more: all is told in time, and then rounds go by that tell nothing. */
  private static void assertRest(
      INotifyWatchService service, WatchKey key, ContentModel model, String about)
      throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean isRest = false;
    while (!isRest && System.nanoTime() - end < 0) {
      AtomicInteger told = new AtomicInteger();
      long rounds = service.statistics().pollRounds();
      await(about)
          .pollInterval(Duration.ofMillis(5))
          .atMost(PATIENCE)
          .until(
              () -> {
                // What waits for room is told when there is some, and then there are rounds again.
                told.addAndGet(model.poll(key));
                return service.statistics().pollRounds() >= rounds + 2;
              });
      isRest = told.addAndGet(model.poll(key)) == 0 && model.isDisk();
    }
    if (!isRest) {
      model.assertIsDisk(about);
      throw new AssertionError(about + ": the same is told again and again");
    }
  }
}
