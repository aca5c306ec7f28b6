package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.FLAG;

import java.io.IOException;
import java.util.List;

/** Changes are made before the consumer takes for the first time: more and more of them. */
final class LateScenario implements Scenario {

  private static final int EVENTS = 20_000;
  private static final int[] SIZES = {100, 200, 500, 600, 1_000, 5_000, 20_000, 100_000, 400_000};

  @Override
  public String name() {
    return "late";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int files = bench.settings().scaled(EVENTS / 2);
    Figures figures =
        bench.turns(BurstScenario.contenders(bench), bench.newDirectory(name()), files, "late");
    draw(bench);
    return List.of(
        new Section(
                String.format("%,d events before the first take", 2 * files),
                "Another process makes files and deletes each at once; only then the consumer polls "
                    + "for the first time. The picture shows the same for other numbers of events.",
                figures,
                new Column("percent", "delivered, %", 1)
                    .summedUpAs(
                        String.format(
                            "delivered of %,d events before the first take, %%", 2 * files)))
            .atLeast(100, FLAG, "percent")
            .atLeast(100, API, "percent"));
  }

  private static void draw(Bench bench) throws IOException, InterruptedException {
    Curves curves =
        new Curves("Events delivered to a consumer that was busy", "events", "% delivered");
    for (Contender contender : BurstScenario.contenders(bench)) {
      for (int size : SIZES) {
        int files = bench.settings().scaled(size / 2);
        Figures figures =
            bench.turns(1, List.of(contender), bench.newDirectory("late"), files, "late");
        curves.add(
            contender.name(),
            2.0 * files,
            figures.median(contender.name(), "percent").orElseThrow());
      }
    }
    bench.pictures().add("measured", curves);
  }
}
