package org.inotify4j.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What it costs to register a whole tree for creations, deletions and modifications: with our
 * service, with the JDK's, by the same system calls in C, and by {@code inotifywait -r}, in turns.
 * From the project's directory:
 *
 * <pre>{@code
 * mvn -q -B -Pbench test-compile exec:exec -Dbench.class=org.inotify4j.watch.TreeBenchmark
 * }</pre>
 *
 * <p>{@code -Dbench.rounds=5} lets them take turns five times instead of three, {@code
 * -Dbench.only='ours|C'} runs those of that name only, and {@code -Dbench.directories=2000
 * -Dbench.files=16000} makes a smaller tree. The user needs a watch for each directory and one for
 * the root: see {@code sysctl fs.inotify.max_user_watches}.
 *
 * <p>Cold is the first registration in a virtual machine and warm the third; opening the service is
 * not part of either, and a line of its own. The tree was read before, so that nobody waits for the
 * disk.
 */
final class TreeBenchmark {

  private static final Path C_SOURCE = Path.of("src", "jmh", "c", "tree.c");

  private TreeBenchmark() {}

  /**
   * Lets them take turns and prints the medians.
   *
   * @param args a pattern of the names of those to run
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = Integer.getInteger("bench.rounds", 3);
    int below = Integer.getInteger("bench.directories", 50_000);
    int files = Integer.getInteger("bench.files", 400_000);
    Path programs = Files.createTempDirectory("tree-benchmark-programs");
    Path compiled = programs.resolve("tree");
    Medians medians = new Medians();
    try (BenchmarkTree tree = BenchmarkTree.make(below, files)) {
      List<Contender> contenders = contenders(compiled);
      contenders.removeIf(contender -> !contender.name().matches(args[0]));
      tree.read();
      for (int round = 0; round < rounds; round++) {
        for (Contender contender : contenders) {
          Map<String, Double> figures = contender.register(tree);
          figures.forEach((figure, value) -> medians.add(contender.name() + " " + figure, value));
        }
      }
    } finally {
      Files.deleteIfExists(compiled);
      Files.delete(programs);
    }
    System.out.printf(
        Locale.ROOT,
        "Java %s, %d directories below the root, %d files, %d rounds%n",
        Runtime.version(),
        below,
        files,
        rounds);
    print(medians);
  }

  /** Those that this machine has; what is missing is said. */
  private static List<Contender> contenders(Path compiled)
      throws IOException, InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(ReportingProgram.ofJava("ours", RegisterOurs.class));
    contenders.add(ReportingProgram.ofJava("JDK", RegisterWithJdk.class));
    Optional<Path> compiler = Programs.find("cc", "gcc");
    if (compiler.isPresent()) {
      Programs.compile(compiler.get(), C_SOURCE, compiled);
      contenders.add(new ReportingProgram("C", List.of(compiled.toString())));
    } else {
      System.out.println("C is left out: there is no cc or gcc");
    }
    Programs.find("inotifywait")
        .ifPresentOrElse(
            program -> contenders.add(new InotifyWait(program)),
            () -> System.out.println("inotifywait is left out: it is not installed"));
    return contenders;
  }

  private static void print(Medians medians) {
    medians.print(System.out);
    medians.printRatio(System.out, "ours/C, cold", "ours cold", "C seconds");
    medians.printRatio(System.out, "ours/C, warm", "ours warm", "C seconds");
    medians.printRatio(System.out, "JDK/ours, cold", "JDK cold", "ours cold");
    medians.printRatio(System.out, "JDK cold/ours warm", "JDK cold", "ours warm");
  }
}
