package org.inotify4j.bench.models;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tries one watcher in one way, and prints one line about it. */
final class TryModel {

  /** Longer than the interval of those that poll, on a machine that does much else. */
  private static final long QUIET_SECONDS = Long.getLong("models.quiet", 6);

  private final Model model;
  private final Path root;
  private final Tally tally = new Tally();

  private TryModel(Model model, Path root) {
    this.model = model;
    this.root = root;
  }

  /**
   * Prints its line.
   *
   * @param args the model, the trial and an empty directory, or for "tree" the tree
   */
  public static void main(String[] args) throws Exception {
    TryModel trial = new TryModel(Model.valueOf(args[0]), Path.of(args[2]));
    System.out.println(
        switch (args[1]) {
          case "initial" -> trial.initial();
          case "rename" -> trial.rename();
          case "tar" -> trial.tar(Path.of(args[3]));
          case "burst" -> trial.burst(Integer.parseInt(args[3]));
          case "finished" -> trial.finished();
          case "cpu" -> trial.cpu(Integer.parseInt(args[3]));
          case "tree" -> trial.tree();
          default -> throw new IllegalArgumentException(args[1]);
        });
    System.exit(0);
  }

  private String initial() throws Exception {
    shell("mkdir -p d/e; touch a d/b d/e/c");
    try (AutoCloseable unused = model.start(root, tally, false)) {
      tally.awaitQuiet(QUIET_SECONDS);
      return tally.told().size() + " of 5";
    }
  }

  private String rename() throws Exception {
    shell("mkdir -p d; cd d; touch 0 1 2 3 4 5 6 7 8 9");
    try (AutoCloseable unused = model.start(root, tally, false)) {
      tally.awaitQuiet(QUIET_SECONDS);
      tally.clear();
      shell("mv d e");
      tally.awaitQuiet(QUIET_SECONDS);
      return tally.counts().toString();
    }
  }

  private String tar(Path archive) throws Exception {
    try (AutoCloseable unused = model.start(root, tally, false)) {
      tally.awaitQuiet(QUIET_SECONDS);
      shell("tar xf " + archive);
      tally.awaitQuiet(QUIET_SECONDS);
      Set<Path> missed = onDisk();
      int all = missed.size();
      missed.removeAll(tally.told());
      return missed.size() + " of " + all;
    }
  }

  /** Makes many files in one directory, and deletes half of them, faster than they can be told. */
  private String burst(int files) throws Exception {
    shell("mkdir d");
    try (AutoCloseable unused = model.start(root, tally, false)) {
      tally.awaitQuiet(QUIET_SECONDS);
      shell("cd d; seq " + files + " | xargs touch; seq " + files / 2 + " | xargs rm");
      tally.awaitQuiet(QUIET_SECONDS);
      Set<Path> missing = onDisk();
      missing.remove(root.resolve("d"));
      Set<Path> tooMany = tally.paths();
      tooMany.removeAll(onDisk());
      missing.removeAll(tally.paths());
      tooMany.remove(root);
      return (missing.size() + tooMany.size())
          + " wrong"
          + (tally.counts().containsKey("OVERFLOW") ? ", says so" : "");
    }
  }

  private String finished() throws Exception {
    try (AutoCloseable unused = model.start(root, tally, true)) {
      tally.awaitQuiet(QUIET_SECONDS);
      tally.clear();
      Process writer = begin("exec 3> f; echo 1 >&3; sleep 4; echo 2 >&3; sleep 6");
      TimeUnit.SECONDS.sleep(QUIET_SECONDS);
      int early = told();
      int unusedCode = writer.waitFor();
      tally.awaitQuiet(QUIET_SECONDS);
      return early + " before it was closed, " + (told() - early) + " then";
    }
  }

  private String cpu(int files) throws Exception {
    try (AutoCloseable unused = model.start(root, tally, false)) {
      tally.awaitQuiet(QUIET_SECONDS);
      long before = cpuNanos();
      shell(
          "for i in $(seq "
              + files / 1000
              + "); do seq 1000 | xargs touch; seq 1000 | xargs rm; done");
      tally.awaitQuiet(QUIET_SECONDS);
      return String.format(Locale.ROOT, "%.1f s, %d told", (cpuNanos() - before) / 1e9, told());
    }
  }

  private int told() {
    return tally.counts().values().stream().mapToInt(Integer::intValue).sum();
  }

  private String tree() throws Exception {
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    long heap = heap();
    long start = System.nanoTime();
    try (AutoCloseable watcher = model.start(root, new Tally(), false)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      tally.awaitQuiet(QUIET_SECONDS);
      long cpu = cpuNanos();
      tally.awaitQuiet(QUIET_SECONDS);
      double idle = (cpuNanos() - cpu) / 1e9 / QUIET_SECONDS;
      return String.format(
          Locale.ROOT,
          "%.1f s to start, %.1f MiB of heap, %d threads, %.0f%% of a processor when idle%s",
          seconds,
          (heap() - heap) / 1048576.0,
          ManagementFactory.getThreadMXBean().getThreadCount() - threads,
          idle * 100,
          watcher == null ? "?" : "");
    }
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private Set<Path> onDisk() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      Set<Path> paths = new HashSet<>(all.toList());
      paths.remove(root);
      return paths;
    }
  }

  private void shell(String script) throws IOException, InterruptedException {
    int code = begin(script).waitFor();
    if (code != 0) {
      throw new IOException(script + ": " + code);
    }
  }

  private Process begin(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script)
        .directory(root.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
