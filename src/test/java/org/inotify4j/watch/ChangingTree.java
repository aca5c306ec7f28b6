package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A tree that threads change at random, also what is in its files, and a place outside of it. */
public final class ChangingTree implements AutoCloseable {

  private static final int THREADS = 2;

  private final long seed;
  private final Path work;
  private final Path root;
  private final Path outside;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> changes = new ArrayList<>();

  /** One that nobody changes yet, with something in it. */
  public ChangingTree(Path scratch, long seed) throws IOException {
    this.seed = seed;
    this.work = Files.createTempDirectory(scratch, "seed");
    this.root = Files.createDirectory(work.resolve("root"));
    this.outside = Files.createDirectory(work.resolve("outside"));
    new TreeChanges(seed, root, outside).make(30);
    new TreeChanges(seed, outside, outside).make(20);
  }

  public Path root() {
    return root;
  }

  /** Has threads make so many changes each, others than the time before. */
  public void change(int times) {
    for (int i = 0; i < THREADS; i++) {
      TreeChanges some = new TreeChanges(seed * 31 + changes.size(), root, outside);
      changes.add(
          threads.submit(
              () -> {
                some.make(times);
                return null;
              }));
    }
  }

  /** Has a process make so many. */
  void changeByScript(int times) {
    String script = new TreeChanges(seed * 31 + 7, root, outside).script(times);
    changes.add(threads.submit(() -> shell(script)));
  }

  private static int shell(String script) throws Exception {
    return new ProcessBuilder("sh", "-c", script)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /** Whether a change is still to come. */
  public boolean isChanging() {
    return changes.stream().anyMatch(change -> !change.isDone());
  }

  /** Waits for the last change, and throws what one has thrown. */
  public void awaitRest() throws Exception {
    for (Future<?> change : changes) {
      change.get(60, TimeUnit.SECONDS);
    }
  }

  /** Removes it all. */
  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    TreeChanges.removeAll(work);
  }
}
