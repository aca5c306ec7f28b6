package org.inotify4j.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.inotify4j.watch.MicroBenchmark;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The small steps on an event's way, by JMH, with the bytes that each allocates. */
final class MicroScenario implements Scenario {

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException {
    Figures figures = new Figures();
    for (RunResult result : run()) {
      String label = result.getPrimaryResult().getLabel();
      figures.add(
          label,
          Map.of(
              "time",
              result.getPrimaryResult().getScore(),
              "bytes",
              result.getSecondaryResults().get("gc.alloc.rate.norm").getScore()));
    }
    return List.of(
        new Section(
            "Small steps",
            "Measured by JMH. Each is for one event, one registration or one path.",
            figures,
            new Column("time", "ns", 1),
            new Column("bytes", "bytes allocated", 1)));
  }

  private static Collection<RunResult> run() throws IOException {
    try {
      return new Runner(
              new OptionsBuilder()
                  .include(MicroBenchmark.class.getName())
                  .forks(1)
                  .addProfiler(GCProfiler.class)
                  .verbosity(VerboseMode.SILENT)
                  .build())
          .run();
    } catch (RunnerException e) {
      throw new IOException(e);
    }
  }
}
