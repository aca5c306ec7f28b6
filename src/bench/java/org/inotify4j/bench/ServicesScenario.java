package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.FLAG;

import java.io.IOException;
import java.util.List;

/** A program opens many services. */
final class ServicesScenario implements Scenario {

  private static final int SERVICES = 1_000;

  @Override
  public String name() {
    return "services";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    Figures figures =
        bench.turns(
            1,
            List.of(
                Program.jdk(OpenServices.class),
                Program.flag(OpenServices.class),
                Program.api(OpenServices.class)),
            SERVICES);
    return List.of(
        new Section(
                String.format("%,d services", SERVICES),
                "A program opens so many services, until it is refused, with the kernel's usual "
                    + "limit of 128 inotify instances a user.",
                figures,
                new Column("services", "services", 0)
                    .summedUpAs(String.format("services opened of %,d", SERVICES)),
                new Column("threads", "threads that wait for events", 0)
                    .summedUpAs("their threads"),
                new Column("inotify", "inotify instances", 0).summedUpAs("their inotify instances"),
                new Column("descriptors", "descriptors, but for files", 0)
                    .summedUpAs("their descriptors"))
            .atLeast(SERVICES, FLAG, "services")
            .atLeast(SERVICES, API, "services")
            .atMost(1, FLAG, "threads")
            .atMost(1, API, "threads")
            .atMost(1, API, "inotify"));
  }
}
