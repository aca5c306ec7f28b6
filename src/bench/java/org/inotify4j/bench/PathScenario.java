package org.inotify4j.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inotify4j.fs.WrapperBenchmark;
import org.openjdk.jmh.results.RunResult;

/** What operations on paths and files cost, by JMH, by which way the watch service is given. */
final class PathScenario implements Scenario {

  private static final String PLAIN = "plain";
  private static final String AGENT = "agent";
  private static final String PROVIDER = "provider";
  private static final double NOISE = 1.05;

  @Override
  public String name() {
    return "paths";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException {
    Optional<DropIns> dropIns = DropIns.of(bench);
    if (dropIns.isEmpty()) {
      return List.of();
    }
    Map<String, List<String>> ways = new LinkedHashMap<>();
    ways.put(PLAIN, List.of());
    ways.put(AGENT, List.of(dropIns.get().agent()));
    ways.put(PROVIDER, List.of(DropIns.PROVIDER));
    Figures figures = new Figures();
    for (int round = 0; round < bench.settings().rounds(); round++) {
      for (Map.Entry<String, List<String>> way : ways.entrySet()) {
        for (RunResult result : Jmh.run(WrapperBenchmark.ofDefault(), way.getValue())) {
          double time = result.getPrimaryResult().getScore();
          figures.add(result.getPrimaryResult().getLabel(), Map.of(way.getKey(), time));
        }
      }
    }
    return List.of(section(figures));
  }

  private static Section section(Figures figures) {
    Section section =
        new Section(
            "Operations on paths and files",
            "Measured by JMH, each in a virtual machine of its own: without any option, with the"
                + " agent, and with the provider as the default one.",
            figures,
            new Column(PLAIN, "plain, ns", 1),
            new Column(AGENT, "agent, ns", 1),
            new Column(PROVIDER, "provider, ns", 1));
    for (String operation : figures.contenders()) {
      section.ratioAtMost(NOISE, operation, AGENT, operation, PLAIN);
    }
    return section;
  }
}
