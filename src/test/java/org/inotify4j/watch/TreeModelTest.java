package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.tree.Crawls;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The judge of whole trees: threads and a process change a tree at random; when they are done, the
 * paths that follow from the events alone are those on the disk, and the watches are those of the
 * directories. It is run by {@link Seeds}, for each mode.
 */
@Timeout(600)
class TreeModelTest {

  private static final int WRITERS = 4;

  /** How many events the kernel keeps where some are to be lost. */
  private static final int QUEUE = 24;

  private static final WatchEvent.Kind<?>[] WITHOUT = {ENTRY_CREATE, ENTRY_DELETE};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME
  };

  @TempDir private Path scratch;

  enum Mode {
    PLAIN(12),
    DURING_REGISTRATION(9),
    RENAMES(12),
    SMALL_BUFFER(9),
    SLOW_PLACING(9),
    OVERFLOW(12),
    SEVERAL_KEYS(8),
    SEVERAL_KEYS_OVERFLOW(8),
    HELD_READS(8);

    final int seeds;

    boolean hasSeveralKeys() {
      return this == SEVERAL_KEYS || this == SEVERAL_KEYS_OVERFLOW;
    }

    boolean losesEvents() {
      return this == OVERFLOW || this == SEVERAL_KEYS_OVERFLOW;
    }

    Mode(int seeds) {
      this.seeds = seeds;
    }
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void eventsTellTheTree(Mode mode) throws Exception {
    AtomicBoolean overflowed = new AtomicBoolean();
    Seeds.each(
        "TreeModelTest " + mode,
        mode.seeds,
        seed -> {
          if (run(mode, seed, scratch)) {
            overflowed.set(true);
          }
        });
    // A single run need not lose any.
    if (!Seeds.isOne()) {
      assertThat(overflowed.get()).isEqualTo(mode.losesEvents());
    }
  }

  /** One run, in a directory of its own: whether events were lost. */
  @CanIgnoreReturnValue
  static boolean run(Mode mode, long seed, Path scratch) throws Exception {
    Path work = Files.createTempDirectory(scratch, "seed");
    Path root = Files.createDirectory(work.resolve("root"));
    Path outside = Files.createDirectory(work.resolve("outside"));
    new TreeChanges(seed, root, outside).make(30);
    new TreeChanges(seed, outside, outside).make(20);
    if (seed % 3 == 0) {
      Crawls.areAsUsual();
    } else {
      Crawls.haveHelpAtOnce();
    }
    HeldKernel held = new HeldKernel();
    boolean isHeld = mode.losesEvents() && seed % 4 == 0;
    Hub hub =
        mode.losesEvents()
            ? hubWithSmallQueue(isHeld, held)
            : SmallQueue.usual(() -> hub(mode, held));
    ExecutorService threads = Executors.newCachedThreadPool();
    AtomicBoolean isOver = new AtomicBoolean();
    try (INotifyWatchService service = INotifyWatchService.open(hub);
        INotifyWatchService other = INotifyWatchService.open(hub);
        INotifyWatchService plain = INotifyWatchService.open(hub)) {
      INotifyWatchService fickle = INotifyWatchService.open(hub);
      List<Future<?>> changes = new ArrayList<>();
      List<Future<?>> disturbances = new ArrayList<>();
      // Who lists a tree that is renamed meanwhile, and asked for renames, may miss a part of it.
      boolean isListedFirst = mode == Mode.RENAMES || mode.hasSeveralKeys();
      boolean before = !isListedFirst && (seed % 2 == 0 || mode == Mode.DURING_REGISTRATION);
      if (before) {
        start(mode, changes, threads, seed, root, outside);
      }
      WatchEvent.Kind<?>[] kinds = mode == Mode.RENAMES ? WITH_RENAMES : WITHOUT;
      List<EventModel> models = new ArrayList<>();
      models.add(model(service, root, kinds));
      if (mode.hasSeveralKeys()) {
        models.add(model(other, root, WITH_RENAMES));
        models.add(new EventModel(plain, plain.register(root, WITHOUT), false));
        disturbances.add(
            threads.submit(() -> registerAndCancel(fickle, root, new Random(seed), isOver)));
      } else if (mode == Mode.HELD_READS) {
        disturbances.add(threads.submit(() -> holdAndRelease(held, new Random(seed), isOver)));
      }
      if (!before) {
        start(mode, changes, threads, seed, root, outside);
      }
      if (isHeld) {
        overflow(held, root);
      }
      service.poll(seed % 7, TimeUnit.MILLISECONDS);
      if (!mode.losesEvents() || !isListedFirst) {
        for (EventModel model : models) {
          model.poll();
        }
      }
      for (Future<?> change : changes) {
        change.get(60, TimeUnit.SECONDS);
      }
      isOver.set(true);
      for (Future<?> disturbance : disturbances) {
        disturbance.get(60, TimeUnit.SECONDS);
      }
      fickle.close();
      boolean hasOverflowed = false;
      for (EventModel model : models) {
        model.assertExact(hub, mode + " seed " + seed + " key " + models.indexOf(model));
        hasOverflowed |= model.hasOverflowed();
      }
      TreeChanges.removeAll(work);
      return hasOverflowed;
    } finally {
      threads.shutdownNow();
    }
  }

  private static EventModel model(
      INotifyWatchService service, Path root, WatchEvent.Kind<?>[] kinds) throws IOException {
    WatchKey key = service.register(root, kinds, INotifyModifiers.RECURSIVE);
    return new EventModel(service, key);
  }

  /** A program that changes its mind all the time. */
  private static @Nullable Void registerAndCancel(
      INotifyWatchService service, Path root, Random random, AtomicBoolean isOver)
      throws IOException {
    WatchEvent.Modifier[] whole = {INotifyModifiers.RECURSIVE};
    while (!isOver.get()) {
      Path path = random.nextBoolean() ? root : root.resolve("a");
      try {
        WatchKey key =
            service.register(
                path,
                random.nextBoolean() ? WITH_RENAMES : WITHOUT,
                random.nextInt(4) == 0 ? new WatchEvent.Modifier[0] : whole);
        if (random.nextBoolean()) {
          key.cancel();
        }
      } catch (NoSuchFileException | NotDirectoryException e) {
        // It is not there at present.
      }
    }
    return null;
  }

  @SuppressWarnings("ThreadPriorityCheck") // So that others get on, some more and some less.
  private static void yieldFor(int times) {
    for (int i = 0; i < times; i++) {
      Thread.yield();
    }
  }

  /** Lets the kernel's queue fill up a little, again and again. */
  private static @Nullable Void holdAndRelease(
      HeldKernel kernel, Random random, AtomicBoolean isOver) {
    while (!isOver.get()) {
      try (Gate gate = kernel.holdReads()) {
        yieldFor(random.nextInt(500));
        gate.open();
      }
      yieldFor(random.nextInt(100));
    }
    return null;
  }

  private static void start(
      Mode mode,
      List<Future<?>> changes,
      ExecutorService threads,
      long seed,
      Path root,
      Path outside) {
    for (int i = 0; i < WRITERS; i++) {
      TreeChanges own = new TreeChanges(31 * seed + i, root, outside);
      if (mode.hasSeveralKeys()) {
        own.withoutExchanges();
      }
      changes.add(
          threads.submit(
              () -> {
                own.make(70);
                return null;
              }));
    }
    String script = new TreeChanges(37 * seed, root, outside).script(8);
    changes.add(
        threads.submit(
            () ->
                new ProcessBuilder("sh", "-c", script)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor()));
  }

  private static Hub hub(Mode mode, HeldKernel held) throws IOException {
    if (mode == Mode.HELD_READS) {
      return held.openHub();
    }
    LibC libC = mode == Mode.SLOW_PLACING ? slow() : SystemLibC.get();
    int capacity = mode == Mode.SMALL_BUFFER ? 272 : Hubs.CAPACITY;
    return Hubs.open(libC, ScriptedINotify.openForHub(libC), capacity);
  }

  /** A hub whose queue takes so few events that some are lost. */
  private static Hub hubWithSmallQueue(boolean isHeld, HeldKernel held) throws IOException {
    return SmallQueue.of(QUEUE, () -> hub(isHeld ? Mode.HELD_READS : Mode.PLAIN, held));
  }

  /** While nobody reads, more happens than the small queue takes, however fast the poller is. */
  private static void overflow(HeldKernel kernel, Path root) throws IOException {
    try (Gate gate = kernel.holdReads()) {
      for (int i = 0; i < QUEUE; i++) {
        Files.delete(Files.createFile(root.resolve("lost" + i)));
      }
      gate.open();
    }
  }

  /** The machine's kernel, which takes its time to place a watch. */
  private static LibC slow() {
    LibC real = SystemLibC.get();
    return (LibC)
        Proxy.newProxyInstance(
            LibC.class.getClassLoader(),
            new Class<?>[] {LibC.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("inotifyAddWatch")) {
                long micros = ThreadLocalRandom.current().nextInt(400);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(micros));
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** For many seeds without the build: mode, first seed, how many. */
  public static void main(String[] arguments) throws Exception {
    Path scratch = Files.createTempDirectory("trees");
    Mode mode = Mode.valueOf(arguments[0]);
    long first = Long.parseLong(arguments[1]);
    int failed = 0;
    for (long seed = first; seed < first + Integer.parseInt(arguments[2]); seed++) {
      try {
        run(mode, seed, scratch);
      } catch (AssertionError e) {
        failed++;
        if (failed <= 3) {
          System.out.println(e.getMessage());
        }
      }
    }
    System.out.println(mode + ": failed " + failed);
  }
}
