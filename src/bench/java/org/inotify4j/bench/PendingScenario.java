package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.FLAG;

import java.io.IOException;
import java.util.List;

/** A million events are pending in a small heap. */
final class PendingScenario implements Scenario {

  private static final int EVENTS = 1_000_000;
  private static final String HEAP = "-Xmx256m";

  @Override
  public String name() {
    return "pending";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int files = bench.settings().scaled(EVENTS / 2);
    Figures figures =
        bench.turns(
            BurstScenario.contenders(bench, HEAP), bench.newDirectory(name()), files, "late");
    return List.of(
        new Section(
                String.format("%,d pending events", 2 * files),
                "As before, in a virtual machine of " + HEAP + ". The names have 16 bytes.",
                figures,
                new Column("percent", "delivered, %", 1)
                    .summedUpAs(String.format("delivered of %,d events, %s, %%", 2 * files, HEAP)),
                new Column("heap", "heap a pending event, bytes", 1)
                    .summedUpAs("heap a pending event, bytes"))
            .atLeast(100, FLAG, "percent")
            .atLeast(100, API, "percent")
            .atMost(64, FLAG, "heap")
            .atMost(64, API, "heap"));
  }
}
