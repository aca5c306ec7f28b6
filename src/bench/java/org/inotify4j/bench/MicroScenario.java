package org.inotify4j.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.inotify4j.tree.TreePathBenchmark;
import org.inotify4j.watch.MicroBenchmark;
import org.openjdk.jmh.results.RunResult;

/** The small steps on an event's way, by JMH, with the bytes that each allocates. */
final class MicroScenario implements Scenario {

  @Override
  public String name() {
    return "micro";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException {
    Figures figures = new Figures();
    for (Class<?> benchmark : List.of(MicroBenchmark.class, TreePathBenchmark.class)) {
      for (RunResult result : Jmh.run(benchmark)) {
        String label = result.getPrimaryResult().getLabel();
        double time = result.getPrimaryResult().getScore();
        figures.add(label, Map.of("time", time, "bytes", Jmh.bytes(result)));
      }
    }
    return List.of(
        new Section(
            "Small steps",
            "Measured by JMH. Each is for one event, one registration or one path.",
            figures,
            new Column("time", "ns", 1),
            new Column("bytes", "bytes allocated", 1)));
  }
}
