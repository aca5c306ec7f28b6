package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;

import java.io.IOException;
import java.util.List;

/** Nothing happens in a large tree. */
final class IdleScenario implements Scenario {

  private static final int DIRECTORIES = 100_000;
  private static final int SECONDS = 60;

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int directories = bench.settings().scaled(DIRECTORIES);
    int seconds = bench.settings().scaled(SECONDS);
    try (KernelSetting watches = KernelSetting.raise("max_user_watches", 2L * directories);
        BenchmarkTree tree = BenchmarkTree.make(bench.newDirectory(name()), directories, 0)) {
      if (watches.value() < tree.directories()) {
        bench.leaveOut("idling: it needs fs.inotify.max_user_watches=" + tree.directories());
        return List.of();
      }
      Figures figures =
          bench.turns(
              1,
              List.of(Program.jdk(StayIdle.class), Program.api(StayIdle.class)),
              tree.root(),
              seconds);
      return List.of(
          new Section(
                  String.format("Idle for %d s with %,d watches", seconds, directories),
                  "What the threads do that wait for events, as the kernel counts it.",
                  figures,
                  new Column("threads", "threads", 0),
                  new Column("wakeups", "wake-ups", 0)
                      .summedUpAs(
                          String.format(
                              "wake-ups in %d s with %,d idle watches", seconds, directories)),
                  new Column("cpu", "processor time, ms", 2))
              .atMost(0, API, "wakeups")
              .atMost(0, API, "cpu"));
    }
  }
}
