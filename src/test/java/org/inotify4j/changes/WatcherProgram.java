package org.inotify4j.changes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.inotify4j.ChildJvm;
import org.jspecify.annotations.Nullable;

/**
 * A program that watches, run as a user without rights: it does what it reads, a line a time, and
 * answers with a line each.
 */
final class WatcherProgram implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofMinutes(10);

  private final Process process;
  private final Path root;

  private WatcherProgram(Process process) throws IOException {
    this.process = process;
    this.root = Path.of(answer());
  }

  /**
   * Starts it.
   *
   * @param shelf a directory for what that user has to read
   */
  static WatcherProgram asNobody(Path shelf) throws IOException {
    ChildJvm child = ChildJvm.of(WatcherProgram.class).asNobody(shelf);
    return new WatcherProgram(child.start());
  }

  /** Its directory, which its user owns. */
  Path root() {
    return root;
  }

  /** Has it do something, and gives its answer. */
  String ask(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
    return answer();
  }

  private String answer() throws IOException {
    return String.valueOf(process.inputReader().readLine());
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
  }

  public static void main(String[] arguments) throws Exception {
    Path root = Files.createTempDirectory("top").resolve("root");
    Files.createDirectories(root.resolve("d"));
    System.out.println(root);
    Commands commands = new Commands(root);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      System.out.println(commands.run(line));
    }
    commands.close();
  }

  /** What it can do. */
  private static final class Commands {

    private final Path root;
    private final BlockingDeque<String> told = new LinkedBlockingDeque<>();
    private @Nullable PathWatcher watcher;

    Commands(Path root) {
      this.root = root;
    }

    String run(String line) throws Exception {
      return switch (line) {
        case "tree" -> start(PathWatcher.of(root));
        case "finished" -> start(PathWatcher.of(root).existing().finishedOnly());
        case "told" -> {
          if (!requireNonNull(watcher).sync(PATIENCE)) {
            throw new IllegalStateException("not told in time");
          }
          yield take();
        }
        case "later" -> {
          String first = String.valueOf(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
          told.addFirst(first);
          yield take();
        }
        default -> shell(line);
      };
    }

    private String start(WatcherBuilder builder) {
      close();
      told.clear();
      try {
        watcher =
            builder
                .settle(Duration.ofMillis(20), LONG)
                .onError(problem -> told.add(problem.kind() + " " + problem.reason()))
                .start(batch -> batch.forEach(change -> told.add(line(change))));
        return "started";
      } catch (IOException e) {
        return e.getClass().getSimpleName();
      }
    }

    private String line(Change change) {
      return change.type() + " " + root.relativize(change.path());
    }

    private String take() {
      List<String> all = new ArrayList<>();
      told.drainTo(all);
      Collections.sort(all);
      return all.toString();
    }

    private String shell(String script) throws Exception {
      ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", script);
      Path parent = requireNonNull(root.getParent());
      shell.directory(parent.toFile());
      return shell.start().waitFor() == 0 ? "done" : "failed: " + script;
    }

    void close() {
      if (watcher != null) {
        watcher.close();
        watcher = null;
      }
    }
  }
}
