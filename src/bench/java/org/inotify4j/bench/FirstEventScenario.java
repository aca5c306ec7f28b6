package org.inotify4j.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The first service of a virtual machine, and its first event. */
final class FirstEventScenario implements Scenario {

  private static final String JNA = "JNA alone";
  private static final int MORE_ROUNDS = 3;

  @Override
  public String name() {
    return "first";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(Program.jdk(FirstEvent.class));
    DropIns.of(bench)
        .map(dropIns -> Program.agent(FirstEvent.class, dropIns))
        .ifPresent(contenders::add);
    contenders.add(Program.flag(FirstEvent.class));
    contenders.add(Program.api(FirstEvent.class));
    contenders.add(Program.java(JNA, LoadJna.class, List.of()));
    int rounds = MORE_ROUNDS * bench.settings().rounds();
    Figures figures = bench.turns(rounds, contenders, bench.newDirectory(name()));
    return List.of(
        new Section(
            "The first service of a virtual machine",
            "From the call that opens it to its first event. JNA alone is loaded and told to bind "
                + "one function of the C library: what nobody who calls by JNA can save.",
            figures,
            new Column("total", "all, ms", 1)
                .summedUpAs("first service of a JVM to its first event, ms"),
            new Column("open", "opening, ms", 1),
            new Column("register", "registering, ms", 1),
            new Column("event", "to the event, ms", 1)));
  }
}
