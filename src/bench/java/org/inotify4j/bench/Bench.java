package org.inotify4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the library beside the JDK, other libraries and programs, and C, and writes what it
 * finds into the documentation. From the project's directory:
 *
 * <pre>{@code
 * mvn -q -B -Pbench test-compile exec:exec
 * }</pre>
 *
 * <p>{@code -Dbench.only='burst|tree'} runs the scenarios of these names only, {@code
 * -Dbench.scale=0.1} does a tenth of the work for a quick try, {@code -Dbench.rounds=5} lets the
 * contenders take turns five times instead of three, and {@code -Dbench.site=src/site} writes into
 * the documentation of this project, not {@code target/bench}.
 *
 * <p>{@code -Dbench.quick=true} takes some minutes in place of half an hour, and marks what is
 * worse than the figures that are kept beside the code ({@link Habit}); {@code -Dbench.keep=true}
 * with it keeps those of this run.
 *
 * <p>Each contender runs in a process of its own, in turns with the others. Some scenarios want
 * more watches or a longer queue than a user has; they raise these settings where that is allowed,
 * for as long as they run, and say so where it is not.
 */
public final class Bench {

  private static final List<Scenario> SCENARIOS =
      List.of(
          new BurstScenario(),
          new LateScenario(),
          new PendingScenario(),
          new DrainScenario(),
          new LatencyScenario(),
          new RegisterScenario(),
          new TreeScenario(),
          new SnapshotScenario(),
          new RepairScenario(),
          new FirstEventScenario(),
          new StartScenario(),
          new CommandScenario(),
          new ServicesScenario(),
          new GrowthScenario(),
          new IdleScenario(),
          new PolledScenario(),
          new ContendedScenario(),
          new MicroScenario(),
          new PathScenario());

  private final Settings settings;
  private final Path scratch;
  private final Programs programs;
  private final Pictures pictures = new Pictures();
  private final List<String> leftOut = new ArrayList<>();

  private Bench(Settings settings, Path scratch) {
    this.settings = settings;
    this.scratch = scratch;
    this.programs = new Programs(scratch);
  }

  /**
   * Measures and writes.
   *
   * @param args a pattern of the names of the scenarios to run
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Settings settings = Settings.of(args[0]);
    Path scratch = Files.createTempDirectory("inotify4j-bench");
    try {
      new Bench(settings, scratch).run();
    } finally {
      BenchmarkTree.delete(scratch);
    }
  }

  private void run() throws IOException, InterruptedException {
    if (!programs.hasCompiler()) {
      leaveOut("the programs in C: there is no cc or gcc");
    }
    if (Programs.find("inotifywait").isEmpty()) {
      leaveOut("inotifywait: it is not installed");
    }
    List<Section> sections = new ArrayList<>();
    for (Scenario scenario : SCENARIOS) {
      if (scenario.name().matches(settings.only())) {
        System.out.println("== " + scenario.name());
        for (Section section : scenario.measure(this)) {
          System.out.println(section.toMarkdown());
          sections.add(section);
        }
      }
    }
    if (settings.isQuick()) {
      Habit.of(sections).tell(settings.keeps());
      return;
    }
    new Report(settings, sections, leftOut).write();
    pictures.write(settings.site().resolve("resources/images"));
  }

  Settings settings() {
    return settings;
  }

  Programs programs() {
    return programs;
  }

  Pictures pictures() {
    return pictures;
  }

  /** Says what cannot be measured on this machine. */
  void leaveOut(String what) {
    System.out.println("left out: " + what);
    if (!leftOut.contains(what)) {
      leftOut.add(what);
    }
  }

  /** A directory of its own, which is gone at the end. */
  Path newDirectory(String name) throws IOException {
    return Files.createTempDirectory(scratch, name);
  }

  /** Lets contenders take turns at the same work. */
  Figures turns(List<Contender> contenders, Object... arguments)
      throws IOException, InterruptedException {
    return turns(settings.rounds(), contenders, arguments);
  }

  /** Lets contenders take turns at the same work, so many times. */
  Figures turns(int rounds, List<Contender> contenders, Object... arguments)
      throws IOException, InterruptedException {
    List<String> words = Stream.of(arguments).map(Object::toString).toList();
    Figures figures = new Figures();
    for (int round = 0; round < rounds; round++) {
      for (Contender contender : contenders) {
        Map<String, Double> shown = contender.run(words);
        figures.add(contender.name(), shown);
        System.out.printf(Locale.ROOT, "%-32s %s%n", contender.name(), shown);
      }
    }
    return figures;
  }
}
