package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.C;
import static org.inotify4j.bench.Contender.FLAG;
import static org.inotify4j.bench.Contender.JDK;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One event at a time: from the write to the event. */
final class LatencyScenario implements Scenario {

  private static final int EVENTS = 200_000;
  private static final String WATCHER = "inotify4j, PathWatcher";
  private static final Column P50 = new Column("p50", "median, µs", 1);
  private static final Column P99 = new Column("p99", "99th percentile, µs", 1);

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int events = bench.settings().scaled(EVENTS);
    Path directory = bench.newDirectory(name());
    Optional<Contender> c = bench.programs().compile("latency");
    List<Contender> services = new ArrayList<>();
    c.ifPresent(services::add);
    services.add(Program.jdk(TakeOneByOne.class));
    services.add(Program.flag(TakeOneByOne.class));
    services.add(Program.api(TakeOneByOne.class));
    services.add(Program.java(WATCHER, TellOneByOne.class, List.of()));
    List<Contender> reads = new ArrayList<>();
    c.ifPresent(reads::add);
    reads.add(Program.api(ReadOneByOne.class));
    return List.of(
        new Section(
                "From a write to take()",
                "A thread writes a byte to a file and takes the event, time and again. In C a "
                    + "second thread reads it and wakes the first, as the services' threads do. The "
                    + "watcher calls its listener at once.",
                bench.turns(services, directory, events, "two"),
                P50.summedUpAs("write to `take()`, median, µs"),
                P99.summedUpAs("write to `take()`, 99th percentile, µs"))
            .ratioAtMost(1, API, "p50", JDK, "p50")
            .ratioAtMost(1, API, "p99", JDK, "p99")
            .ratioAtMost(1, FLAG, "p50", JDK, "p50")
            .ratioAtMost(1, FLAG, "p99", JDK, "p99")
            .ratioAtMost(1.5, WATCHER, "p50", API, "p50"),
        new Section(
                "From a write to read()",
                "The same with the raw API, `INotify.read`, and in C, each with one thread.",
                bench.turns(reads, directory, events, "one"),
                P50.summedUpAs("write to `INotify.read`, median, µs"),
                P99)
            .ratioAtMost(2, API, "p50", C, "p50"));
  }
}
