package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.base.Silenced;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.inotify4j.poll.PollSettings;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A thread changes a tree at random, while there is room to watch directories of some names, and
 * then again there is none. When it is done, what a program knows that reads files when it is told
 * so is what is on the disk.
 */
@Timeout(600)
@ExtendWith(Silenced.class)
final class LeftOverModelTest {

  private static final WatchEvent.Kind<?>[] WITHOUT = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, INotifyEventKinds.RENAME
  };
  private static final List<String> REFUSED = List.of("b", "d");

  @TempDir private Path scratch;

  @BeforeEach
  void pollOften() {
    System.setProperty(PollSettings.INTERVAL_PROPERTY, "0.01");
  }

  @AfterEach
  void pollAsUsual() {
    System.clearProperty(PollSettings.INTERVAL_PROPERTY);
  }

  /** How a tree is registered. */
  enum Way {
    PLAIN,
    RESCAN,
    INITIAL,
    SINCE,
    /** And registered again and again, for other kinds. */
    AGAIN
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void eventsTellAll(Way way) throws Exception {
    Seeds.each("LeftOverModelTest " + way, 3, seed -> run(way, seed, scratch));
  }

  /** One run, in a directory of its own. */
  static void run(Way way, long seed, Path scratch) throws Exception {
    AlteredKernel kernel = new AlteredKernel();
    Path work = Files.createDirectory(scratch.resolve("seed" + seed + way));
    Path root = Files.createDirectory(work.resolve("root"));
    Path outside = Files.createDirectory(work.resolve("outside"));
    new TreeChanges(seed, root, outside).make(30);
    Random random = new Random(seed);
    Hub hub = kernel.openHub();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
      ContentModel model = new ContentModel(root);
      TreeChanges some = new TreeChanges(seed * 31, root, outside);
      WatchKey key = begin(way, service, model, some, random);
      Future<?> changes = thread.submit(() -> change(some));
      while (!changes.isDone()) {
        toggle(kernel, random);
        if (way == Way.AGAIN && random.nextInt(4) == 0) {
          registerAgain(service, root, random, some);
        }
        service.poll(random.nextInt(5), TimeUnit.MILLISECONDS);
        model.poll(key);
      }
      changes.get();
      assertRest(service, key, model, way + " seed " + seed);
    } finally {
      REFUSED.forEach(kernel::allow);
      thread.shutdownNow();
    }
  }

  private static WatchKey begin(
      Way way, INotifyWatchService service, ContentModel model, TreeChanges some, Random random)
      throws Exception {
    WatchEvent.Modifier also = INotifyModifiers.RECURSIVE;
    switch (way) {
      case INITIAL -> also = INotifyModifiers.INITIAL;
      case RESCAN -> also = INotifyModifiers.RESCAN;
      case SINCE -> {
        also = INotifyModifiers.since(TreeSnapshot.take(model.root()));
        model.list();
        some.make(20);
      }
      case PLAIN, AGAIN -> {}
    }
    WatchKey key =
        service.register(
            model.root(),
            random.nextBoolean() ? WITHOUT : WITH_RENAMES,
            INotifyModifiers.RECURSIVE,
            also);
    if (way != Way.INITIAL && way != Way.SINCE) {
      model.list();
    }
    return key;
  }

  /**
   * Where there is no room for all of it, the registration stays as it was. Nothing is changed
   * meanwhile, and no other one is on its way: who is late is told that something is lost.
   */
  private static void registerAgain(
      INotifyWatchService service, Path root, Random random, TreeChanges some) throws Exception {
    WatchEvent.Kind<?>[] kinds = random.nextBoolean() ? WITHOUT : WITH_RENAMES;
    try {
      synchronized (some) {
        Pending.sync(service);
        WatchKey unused = service.register(root, kinds, INotifyModifiers.RECURSIVE);
        Pending.sync(service);
      }
    } catch (INotifyLimitException e) {
      // The limit refuses registrations as well: the key that is there stays as it was.
    }
  }

  /** A little at a time, so that there are rounds in between. */
  private static Object change(TreeChanges some) throws Exception {
    Random random = new Random();
    for (int i = 0; i < 60; i++) {
      synchronized (some) {
        some.make(random.nextInt(5));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(4)));
    }
    return some;
  }

  private static void toggle(AlteredKernel kernel, Random random) {
    String name = REFUSED.get(random.nextInt(REFUSED.size()));
    if (random.nextInt(4) == 0) {
      kernel.allow(name);
    } else if (random.nextInt(4) == 0) {
      kernel.refuseToWatch(name, Errno.ENOSPC);
    }
  }

  private static void assertRest(
      INotifyWatchService service, WatchKey key, ContentModel model, String about)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() - end < 0 && !model.isDisk()) {
      Pending.sync(service);
      model.poll(key);
      service.poll(10, TimeUnit.MILLISECONDS);
    }
    model.assertIsDisk(about);
  }
}
