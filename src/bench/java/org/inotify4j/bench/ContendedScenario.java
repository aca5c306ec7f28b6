package org.inotify4j.bench;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;

/** Four services and eight takers at once, by JMH. */
final class ContendedScenario implements Scenario {

  @Override
  public String name() {
    return "contended";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException {
    Figures figures = new Figures();
    for (RunResult result : Jmh.run(ContendedBenchmark.class)) {
      figures.add(
          result.getParams().getParam("library"),
          Map.of("time", result.getPrimaryResult().getScore(), "bytes", Jmh.bytes(result)));
    }
    return List.of(
        new Section(
            "Four services, eight takers",
            "Measured by JMH: the time for each file that is made and removed, until all services"
                + " have told the last one.",
            figures,
            new Column("time", "ns", 1),
            new Column("bytes", "bytes allocated", 1)));
  }
}
