package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory to be watched, and what its watchers say: batches settle for so long that only a sync
 * ends them, if a test does not say otherwise.
 */
class WatcherScene {

  static final Duration PATIENCE = Duration.ofSeconds(30);
  static final Duration LONG = Duration.ofMinutes(10);

  @TempDir Path directory;

  Path root;

  /** Those to be closed. */
  final List<PathWatcher> watchers = new ArrayList<>();

  /** The batches that nobody has asked for yet, each as its lines. */
  final List<List<String>> batches = Collections.synchronizedList(new ArrayList<>());

  final List<String> problems = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(directory.resolve("root"));
  }

  @AfterEach
  void closeAll() {
    watchers.forEach(PathWatcher::close);
  }

  PathWatcher start(WatcherBuilder builder) throws IOException {
    return startAsIs(builder.settle(LONG, LONG));
  }

  PathWatcher startAsIs(WatcherBuilder builder) throws IOException {
    PathWatcher watcher =
        builder
            .onError(problem -> problems.add(problem.kind() + " " + relative(problem.path())))
            .start(batch -> batches.add(lines(batch)));
    watchers.add(watcher);
    return watcher;
  }

  List<String> lines(List<Change> batch) {
    return batch.stream().map(this::line).toList();
  }

  private String line(Change change) {
    String end = change.isDirectory() ? "/" : "";
    String from = change.from().map(path -> relative(path) + end + " -> ").orElse("");
    String written = change.type() == Change.Type.MOVED && change.hasNewContent() ? " *" : "";
    return change.type() + " " + from + relative(change.path()) + end + written;
  }

  private String relative(Path path) {
    return path.startsWith(root) ? root.relativize(path).toString() : path.toString();
  }

  /** The lines of all batches up to now. */
  List<String> told(PathWatcher watcher) throws InterruptedException {
    assertThat(watcher.sync(PATIENCE)).isTrue();
    synchronized (batches) {
      List<String> all = batches.stream().flatMap(List::stream).toList();
      batches.clear();
      return all;
    }
  }

  /** Just these lines come to be told, in this order: the batches are taken until then. */
  void isTold(String... expected) {
    awaitTold(told -> assertThat(told).containsExactly(expected));
  }

  /** What is told comes to be as it is to be. */
  void awaitTold(Consumer<List<String>> rule) {
    List<String> told = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              synchronized (batches) {
                batches.forEach(told::addAll);
                batches.clear();
              }
              rule.accept(told);
            });
  }

  List<String> takeProblems() {
    synchronized (problems) {
      List<String> all = List.copyOf(problems);
      problems.clear();
      return all;
    }
  }

  void mkdirs(String path) throws IOException {
    Files.createDirectories(root.resolve(path));
  }

  void write(String path, String text) throws IOException {
    Files.writeString(root.resolve(path), text);
  }

  void move(String from, String to) throws IOException {
    Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
  }

  void delete(String path) throws IOException {
    Files.delete(root.resolve(path));
  }
}
