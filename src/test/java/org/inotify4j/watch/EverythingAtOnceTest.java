package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public method of services, keys and raw instances from many threads at once, on two
 * services of the shared hub and one of its own, while four writers change the tree as fast as they
 * can. No two threads wait for each other, no call takes more than five seconds longer than it may,
 * nothing but what is documented is thrown, and nothing is left behind.
 *
 * <p>It takes half a minute, or {@code -Dinotify4j.stressMinutes=N}. The seed is printed; {@code
 * -Dinotify4j.stressSeed=N} sets it. Where a flight recording is made, {@link Judges} compare trees
 * of their own with the disk meanwhile, and a {@link SoakReport} follows.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class EverythingAtOnceTest {

  private static final double MINUTES =
      Double.parseDouble(System.getProperty("inotify4j.stressMinutes", "0.5"));
  private static final int SERVICES = 3;
  private static final int WRITERS = 4;
  private static final int FEWEST_CALLS = 20;

  /** How long a step may take that is under way when the time is over. */
  private static final int MOST_SECONDS = 120;

  private static final int MOST_KEYS = 64;
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration LONG = Duration.ofSeconds(10);

  /** Kept, so that what is set stays set: what cannot be watched for a moment is no news here. */
  private static final Logger LOG = Logger.getLogger("org.inotify4j.watch");

  private final ExecutorService threads =
      Executors.newCachedThreadPool(EverythingAtOnceTest::daemon);
  private final CallBook calls = new CallBook();
  private final RawCalls raw = new RawCalls(calls, threads);
  private final AtomicReferenceArray<INotifyWatchService> services =
      new AtomicReferenceArray<>(SERVICES);
  private final Queue<WatchKey> keys = new ConcurrentLinkedQueue<>();
  private final long seed = Long.getLong("inotify4j.stressSeed", new Random().nextInt(1_000_000));
  private volatile boolean isOver;
  @TempDir private Path scratch;
  private Path root;
  private Path outside;

  @BeforeEach
  void makeDirectories() throws IOException {
    root = Files.createDirectories(scratch.resolve("root"));
    outside = Files.createDirectories(scratch.resolve("outside"));
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  /** What a thread does again and again. */
  private interface Step {
    void run(Random random) throws Exception;
  }

  @Test
  void nothingHangs_nothingIsThrown_nothingIsLeft() throws Exception {
    System.out.println("EverythingAtOnceTest: " + MINUTES + " minutes, seed " + seed);
    LOG.setLevel(Level.SEVERE);
    KernelView.awaitNoHub();
    SoakReport report = SoakReport.begin();
    Judges judges = new Judges(scratch.resolve("judges"));
    try {
      List<Future<?>> all = startAll();
      if (report.isRecorded()) {
        all.add(start(40, judges::run));
      }
      run(all);
    } finally {
      isOver = true;
      for (int i = 0; i < SERVICES; i++) {
        // In another thread: where threads wait for each other this one is not to join them.
        threads.execute(services.get(i)::close);
      }
      threads.shutdown();
      LOG.setLevel(null);
    }
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertNothingIsLeft();
    System.out.println(calls.counts());
    report.end(calls.totals(), judges.runs());
    assertThat(calls.counts().values()).allMatch(count -> count.sum() >= FEWEST_CALLS);
  }

  private List<Future<?>> startAll() throws IOException {
    for (int i = 0; i < SERVICES; i++) {
      services.set(i, open(i));
    }
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      TreeChanges changes = new TreeChanges(seed + i, root, outside);
      all.add(start(i, random -> write(changes, random)));
    }
    for (int i = 0; i < 3; i++) {
      all.add(start(10 + i, this::register));
      all.add(start(20 + i, this::consume));
    }
    all.add(start(30, this::useKey));
    all.add(start(31, this::cancel));
    all.add(start(32, this::sync));
    all.add(start(33, this::ask));
    all.add(start(34, this::reopen));
    all.add(start(35, this::useRaw));
    all.add(start(36, this::useRaw));
    return all;
  }

  private Future<?> start(int number, Step step) {
    Random random = new Random(31 * seed + number);
    return threads.submit(
        () -> {
          while (!isOver) {
            step.run(random);
          }
          return null;
        });
  }

  /** Looks each second whether all is well, until the time is over. */
  private void run(List<Future<?>> all) throws Exception {
    long end = System.nanoTime() + (long) (MINUTES * TimeUnit.MINUTES.toNanos(1));
    while (System.nanoTime() - end < 0) {
      await()
          .pollDelay(Duration.ofSeconds(1))
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(calls.fault()).isNull());
      for (Future<?> one : all) {
        if (one.isDone()) {
          one.get();
        }
      }
    }
    isOver = true;
    for (int i = 0; i < SERVICES; i++) {
      services.get(i).close();
    }
    for (Future<?> one : all) {
      one.get(MOST_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static INotifyWatchService open(int number) throws IOException {
    return number == 0 ? INotifyWatchService.openDedicated() : INotifyWatchService.open();
  }

  private INotifyWatchService any(Random random) {
    return services.get(random.nextInt(SERVICES));
  }

  private Path place(Random random) {
    Path path = root;
    while (random.nextInt(3) == 0) {
      path = path.resolve(String.valueOf("abcde".charAt(random.nextInt(5))));
    }
    return path;
  }

  private void write(TreeChanges changes, Random random) throws IOException {
    changes.make(50);
    calls.changed(50);
    try {
      Path file = place(random).resolve("written");
      Files.writeString(file, "x");
      Files.deleteIfExists(file.resolveSibling("link"));
      Files.createSymbolicLink(file.resolveSibling("link"), file);
    } catch (FileSystemException e) {
      // Another one was faster.
    }
  }

  private void register(Random random) throws Exception {
    INotifyWatchService service = any(random);
    boolean isFile = random.nextInt(4) == 0;
    List<WatchEvent.Modifier> modifiers = new ArrayList<>();
    if (isFile) {
      modifiers.add(INotifyModifiers.FILE);
    } else if (random.nextBoolean()) {
      modifiers.add(INotifyModifiers.RECURSIVE);
      if (random.nextInt(4) == 0) {
        modifiers.add(INotifyModifiers.exclude("c"));
      }
    }
    if (random.nextInt(8) == 0) {
      modifiers.add(INotifyModifiers.ONESHOT);
    } else if (random.nextInt(3) == 0) {
      modifiers.add(INotifyModifiers.RESCAN);
      if (random.nextBoolean()) {
        modifiers.add(INotifyModifiers.INITIAL);
      }
    }
    Path path = isFile ? place(random).resolve("written") : place(random);
    String name = "register" + modifiers.stream().map(WatchEvent.Modifier::name).sorted().toList();
    CallBook.documented(
        service,
        () ->
            calls.call(
                name,
                () -> {
                  WatchKey key =
                      service.register(
                          path, kinds(random), modifiers.toArray(new WatchEvent.Modifier[0]));
                  keys.add(key);
                  return key;
                }));
    while (keys.size() > MOST_KEYS) {
      WatchKey old = keys.poll();
      if (old != null) {
        calls.call("cancel", () -> CallBook.done(old::cancel));
      }
    }
  }

  private static WatchEvent.Kind<?>[] kinds(Random random) {
    List<WatchEvent.Kind<?>> kinds = new ArrayList<>();
    Stream.of(
            ENTRY_CREATE,
            ENTRY_DELETE,
            ENTRY_MODIFY,
            INotifyEventKinds.RENAME,
            INotifyEventKinds.OPEN,
            INotifyEventKinds.CLOSE_WRITE,
            INotifyEventKinds.UNWATCHED)
        .filter(any -> random.nextBoolean())
        .forEach(kinds::add);
    kinds.add(INotifyEventKinds.DELETE_SELF);
    return kinds.toArray(new WatchEvent.Kind<?>[0]);
  }

  private void consume(Random random) throws Exception {
    INotifyWatchService service = any(random);
    WatchKey key =
        switch (random.nextInt(3)) {
          case 0 -> CallBook.documented(service, () -> calls.call("poll", service::poll));
          case 1 ->
              CallBook.documented(
                  service,
                  () ->
                      calls.call(
                          "poll(timeout)",
                          SHORT,
                          () -> service.poll(SHORT.toNanos(), TimeUnit.NANOSECONDS)));
          // It ends at the latest when the service is closed.
          default ->
              CallBook.documented(
                  service, () -> calls.call("take", Duration.ofMinutes(1), service::take));
        };
    if (key != null) {
      use(key);
    }
  }

  private void use(WatchKey key) throws Exception {
    for (WatchEvent<?> event : calls.call("pollEvents", key::pollEvents)) {
      assertThat(event.toString()).isNotEmpty();
      calls.told(event);
    }
    calls.call("reset", key::reset);
  }

  private void useKey(Random random) throws Exception {
    WatchKey key = keys.peek();
    if (key == null) {
      return;
    }
    if (random.nextInt(4) == 0) {
      use(key);
    }
    if (random.nextInt(16) == 0) {
      snapshot(any(random), key);
    }
    calls.call("isValid", key::isValid);
    calls.call("watchable", key::watchable);
    calls.call("toString", key::toString);
  }

  private void snapshot(INotifyWatchService service, WatchKey key) throws Exception {
    CallBook.documented(
        service,
        () -> {
          try {
            return calls.call("snapshot", () -> service.snapshot(key));
          } catch (IllegalArgumentException e) {
            // Of another service, or without RESCAN, or cancelled meanwhile.
            return null;
          }
        });
  }

  private void cancel(Random random) throws Exception {
    WatchKey key = keys.poll();
    if (key != null) {
      calls.call("cancel", () -> CallBook.done(key::cancel));
      assertThat(key.isValid()).isFalse();
    }
    pause(random.nextInt(5));
  }

  private void sync(Random random) throws Exception {
    INotifyWatchService service = any(random);
    Duration timeout = random.nextInt(4) == 0 ? SHORT : LONG;
    CallBook.documented(service, () -> calls.call("sync", timeout, () -> service.sync(timeout)));
  }

  private void ask(Random random) throws Exception {
    INotifyWatchService service = any(random);
    assertThat(calls.call("watchCount", service::watchCount)).isNotNegative();
    calls.call("isOpen", service::isOpen);
  }

  /** Closes a service, half of the time from two threads at once, and opens another one. */
  private void reopen(Random random) throws Exception {
    pause(200 + random.nextInt(800));
    int number = random.nextInt(SERVICES);
    INotifyWatchService service = services.get(number);
    Future<?> closing =
        random.nextBoolean() ? threads.submit(service::close) : Future.class.cast(null);
    WatchKey key = CallBook.documented(service, () -> service.register(root, ENTRY_CREATE));
    calls.call("close", () -> CallBook.done(service::close));
    assertThat(key == null || !key.isValid()).isTrue();
    if (closing != null) {
      closing.get(10, TimeUnit.SECONDS);
    }
    if (!isOver) {
      services.set(number, calls.call("open", () -> open(number)));
    }
    if (isOver) {
      services.get(number).close();
    }
  }

  private void useRaw(Random random) throws Exception {
    raw.use(random, () -> place(random));
  }

  private static void pause(int millis) {
    await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
  }

  private void assertNothingIsLeft() {
    keys.clear();
    KernelView.awaitNoHub();
    for (int i = 0; i < SERVICES; i++) {
      services.set(i, null);
    }
    LiveObjects.awaitNone(
        List.of(
            "INotifyWatchService",
            "Registrations",
            "Hub",
            "Key",
            "TreeModel",
            "FileModel",
            "TreeNode",
            "OpenRename",
            "OpenHalf",
            "PendingLog",
            "Inbox"));
  }
}
