package org.inotify4j.fs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the wrapper costs: the same operations on the plain file system and on the wrapped one, in
 * turns, and their ratio. From the project's directory:
 *
 * <pre>{@code
 * mvn -q -B -Pbench test-compile exec:exec -Dbench.class=org.inotify4j.fs.WrapperBenchmark
 * }</pre>
 *
 * <p>{@code -Dbench.rounds=5} lets the two take turns five times instead of three, and {@code
 * -Dbench.only=exists.*} runs the benchmarks of that name only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WrapperBenchmark {

  private static final int FILES = 100;

  /** The file system. */
  @Param({"plain", "wrapped"})
  public String fileSystem;

  private Path tree;
  private Path file;
  private Path missing;
  private Path relative;

  /** Makes ten directories with a hundred files each. */
  @Setup(Level.Trial)
  public void makeTree() throws IOException {
    FileSystem plain = FileSystems.getDefault();
    FileSystem fs = fileSystem.equals("plain") ? plain : INotifyFileSystemProvider.wrap(plain);
    tree = fs.getPath(Files.createTempDirectory("wrapper-benchmark").toString());
    for (int d = 0; d < 10; d++) {
      Path directory = Files.createDirectory(tree.resolve("d" + d));
      for (int f = 0; f < FILES; f++) {
        Files.writeString(directory.resolve("f" + f), "content");
      }
    }
    file = tree.resolve("d0").resolve("f0");
    missing = tree.resolve("missing");
    relative = fs.getPath("a", "b");
  }

  /** Deletes it again. */
  @TearDown(Level.Trial)
  public void deleteTree() throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Benchmark
  public boolean existsOfAFile() {
    return Files.exists(file);
  }

  @Benchmark
  public boolean existsOfNone() {
    return Files.exists(missing);
  }

  @Benchmark
  public boolean isDirectory() {
    return Files.isDirectory(tree);
  }

  @Benchmark
  public boolean isDirectoryOfNone() {
    return Files.isDirectory(missing);
  }

  @Benchmark
  public String readString() throws IOException {
    return Files.readString(file);
  }

  @Benchmark
  public Path resolveText() {
    return tree.resolve("name");
  }

  @Benchmark
  public Path resolvePath() {
    return tree.resolve(relative);
  }

  @Benchmark
  public int walk() throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      return paths.mapToInt(Path::getNameCount).sum();
    }
  }

  @Benchmark
  public int directoryStream() throws IOException {
    int names = 0;
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(file.getParent())) {
      for (Path path : stream) {
        names += path.getNameCount();
      }
    }
    return names;
  }

  /**
   * Lets the two take turns and prints, for each operation, the least time of each and their ratio.
   *
   * @param args a pattern of the names of the benchmarks to run
   */
  public static void main(String[] args) throws RunnerException {
    int rounds = Integer.getInteger("bench.rounds", 3);
    String pattern = WrapperBenchmark.class.getSimpleName() + "\\." + args[0];
    Map<String, Map<String, List<Double>>> times = new TreeMap<>();
    for (int round = 0; round < rounds; round++) {
      for (RunResult result : run(pattern)) {
        String name = result.getPrimaryResult().getLabel();
        String of = result.getParams().getParam("fileSystem");
        times
            .computeIfAbsent(name, none -> new TreeMap<>())
            .computeIfAbsent(of, none -> new ArrayList<>())
            .add(result.getPrimaryResult().getScore());
      }
    }
    System.out.printf(Locale.ROOT, "Java %s%n", Runtime.version());
    System.out.printf(Locale.ROOT, "%-20s %12s %12s %8s%n", "ns", "plain", "wrapped", "ratio");
    times.forEach(
        (name, of) -> {
          double plain = least(of.get("plain"));
          double wrapped = least(of.get("wrapped"));
          System.out.printf(
              Locale.ROOT, "%-20s %12.1f %12.1f %8.2f%n", name, plain, wrapped, wrapped / plain);
        });
  }

  /** All of them on the default file system, whichever that is. */
  public static Options ofDefault() {
    return options(WrapperBenchmark.class.getSimpleName()).param("fileSystem", "plain").build();
  }

  /** The two of a benchmark follow each other, each in a JVM of its own. */
  private static Collection<RunResult> run(String pattern) throws RunnerException {
    return new Runner(options(pattern).build()).run();
  }

  private static ChainedOptionsBuilder options(String pattern) {
    return new OptionsBuilder()
        .include(pattern)
        .forks(1)
        .warmupIterations(3)
        .warmupTime(TimeValue.milliseconds(300))
        .measurementIterations(3)
        .measurementTime(TimeValue.milliseconds(300))
        .verbosity(VerboseMode.SILENT);
  }

  /** What else the machine does only ever adds to the time. */
  private static double least(List<Double> times) {
    return Collections.min(times);
  }
}
