package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.C;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.watch.DrainQueue;

/** The kernel's queue is full before anybody reads it. */
final class DrainScenario implements Scenario {

  private static final int EVENTS = 400_000;
  private static final int TIMES = 8;

  @Override
  public String name() {
    return "drain";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int wanted = bench.settings().scaled(EVENTS);
    try (KernelSetting queue = KernelSetting.raise("max_queued_events", wanted + 1000)) {
      int events = (int) Math.min(wanted, queue.value() - 100);
      List<Contender> contenders = new ArrayList<>();
      bench.programs().compile("drain").ifPresent(contenders::add);
      contenders.add(Program.api(DrainQueue.class));
      Figures figures = bench.turns(contenders, bench.newDirectory(name()), events, TIMES);
      Section section =
          new Section(
                  String.format("Draining %,d events from the kernel's queue", events),
                  "The events gather while nobody reads. Then they are read: in C with a buffer of "
                      + "256 KiB and a look at each; by the service's poller until all are pending "
                      + "at their key, and on until the program has polled them as events with "
                      + "paths.",
                  figures,
                  new Column("drain", "ns an event", 0)
                      .summedUpAs("reading a full kernel queue, ns an event"),
                  new Column("events", "as events with paths, ns an event", 0)
                      .summedUpAs("the same, polled as events with paths"))
              .ratioAtMost(1.25, API, "drain", C, "drain")
              .ratioAtMost(2.5, API, "events", C, "drain");
      if (events < wanted) {
        section.remark(
            "`max_queued_events` could not be raised: there was room for this many only");
      }
      return List.of(section);
    }
  }
}
