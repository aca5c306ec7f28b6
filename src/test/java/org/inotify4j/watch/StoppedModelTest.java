package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.inotify4j.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program is stopped and goes on, as by Ctrl-Z, or a debugger, or with its virtual machine, while
 * threads change the tree that it watches, so much that the kernel's queue runs over. What it knows
 * in the end is what is on the disk, and it was never told of an overflow. The seed is printed;
 * {@code -Dinotify4j.tree.seed=N} runs that one, and {@code -Dinotify4j.tree.seeds=N} so many.
 */
@Timeout(600)
final class StoppedModelTest {

  private static final Path LIMIT = Path.of("/proc/sys/fs/inotify/max_queued_events");
  private static final int USUAL = 16_384;
  private static final int MOST = 1 << 16;
  private static final int STOPS = 2;
  private static final int THREADS = 2;

  @TempDir private Path scratch;

  @Test
  void eventsTellAll() throws Exception {
    int queue = queue();
    assumeTrue(queue <= MOST, "the kernel's queue is no larger than " + MOST + ": " + queue);
    Seeds.each("StoppedModelTest", 6, seed -> run(seed, scratch));
  }

  /** How many events the kernel queues: other tests lower it for moments. */
  private static int queue() throws IOException {
    return Math.max(USUAL, Integer.parseInt(Files.readString(LIMIT).strip()));
  }

  /** One run, in a directory of its own. */
  static void run(long seed, Path scratch) throws Exception {
    int events = queue() + 1000;
    Path work = Files.createDirectory(scratch.resolve("seed" + seed));
    Path root = Files.createDirectory(work.resolve("root"));
    Path outside = Files.createDirectory(work.resolve("outside"));
    new TreeChanges(seed, root, outside).make(30);
    new TreeChanges(seed, outside, outside).make(20);
    Process child =
        ChildJvm.of(Program.class).with(Assertions.class).start(root.toString(), "" + seed);
    try (BufferedReader out = child.inputReader(UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      for (int stop = 0; stop < STOPS; stop++) {
        signal(child, "STOP");
        await().until(() -> Files.readString(status(child)).contains("State:\tT"));
        change(seed * 31 + 2L * stop, root, outside, events);
        signal(child, "CONT");
        // It is stopped again in the middle of what it does about that.
        change(seed * 31 + 2L * stop + 1, root, outside, 0);
      }
      child.getOutputStream().close();
      String said = out.lines().collect(Collectors.joining("\n"));
      assertThat(child.waitFor()).as("seed " + seed + ": " + said).isZero();
      assertThat(said).as("seed " + seed).matches("overflows [1-9][0-9]*, rescans [1-9][0-9]*");
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static Path status(Process process) {
    return Path.of("/proc", String.valueOf(process.pid()), "status");
  }

  private static void signal(Process process, String name) throws Exception {
    String pid = String.valueOf(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor()).isZero();
  }

  /** Changes the tree at random, and has so many events at least queued besides. */
  private static void change(long seed, Path root, Path outside, int events) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> changes = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        TreeChanges some = new TreeChanges(seed * THREADS + i, root, outside);
        Path file = root.resolve("file" + i);
        Path other = root.resolve("other" + i);
        changes.add(
            threads.submit(
                () -> {
                  some.make(50);
                  writeInTurn(file, other, events / THREADS, seed);
                  some.make(50);
                  return null;
                }));
      }
      for (Future<?> change : changes) {
        change.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Writes so often, each time an event that is not like the one before; the last by the seed. */
  private static void writeInTurn(Path one, Path other, int times, long seed) throws IOException {
    if (times == 0) {
      return;
    }
    try (FileChannel first = FileChannel.open(one, CREATE, WRITE);
        FileChannel second = FileChannel.open(other, CREATE, WRITE)) {
      for (int i = 0; i < times; i++) {
        ByteBuffer digit = ByteBuffer.wrap(new byte[] {(byte) ('0' + (seed + i) % 10)});
        (i % 2 == 0 ? first : second).write(digit, 0);
      }
    }
  }

  /** Reads each file when an event says so, until its input ends. */
  static final class Program {
    private static final WatchEvent.Kind<?>[] WITHOUT = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
    private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
      ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, INotifyEventKinds.RENAME
    };

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Path.of(arguments[0]);
      boolean isWithRenames = Long.parseLong(arguments[1]) % 2 != 0;
      try (INotifyWatchService service = INotifyWatchService.openDedicated()) {
        WatchKey key =
            service.register(
                root,
                isWithRenames ? WITH_RENAMES : WITHOUT,
                INotifyModifiers.RECURSIVE,
                INotifyModifiers.RESCAN);
        ContentModel model = new ContentModel(root);
        model.list();
        System.out.println("ready");
        Thread end = new Thread(Program::awaitEndOfInput);
        end.start();
        while (end.isAlive()) {
          service.poll(5, TimeUnit.MILLISECONDS);
          model.poll(key);
        }
        model.assertExact(service, key, "after the stops");
        ServiceStatistics told = service.statistics();
        System.out.println("overflows " + told.queueOverflows() + ", rescans " + told.rescans());
      }
    }

    private static void awaitEndOfInput() {
      try {
        System.in.readAllBytes();
      } catch (IOException e) {
        // That is its end as well.
      }
    }
  }
}
