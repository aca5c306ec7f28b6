package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;

import java.io.IOException;
import java.util.List;

/** Nothing happens in a large tree that is polled. */
final class PolledScenario implements Scenario {

  private static final int DIRECTORIES = 10_000;
  private static final int FILES = 90_000;
  private static final int SECONDS = 60;

  @Override
  public String name() {
    return "polled";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int directories = bench.settings().scaled(DIRECTORIES);
    int files = bench.settings().scaled(FILES);
    int seconds = bench.settings().scaled(SECONDS);
    try (KernelSetting watches = KernelSetting.raise("max_user_watches", 2L * directories);
        BenchmarkTree tree = BenchmarkTree.make(bench.newDirectory(name()), directories, files)) {
      if (watches.value() < tree.directories()) {
        bench.leaveOut("polling: it needs fs.inotify.max_user_watches=" + tree.directories());
        return List.of();
      }
      tree.read();
      Figures figures =
          bench.turns(1, List.of(Program.api(StayPolled.class)), tree.root(), seconds);
      return List.of(section(figures, directories + files, seconds));
    }
  }

  private static Section section(Figures figures, int entries, int seconds) {
    return new Section(
            String.format("A tree of %,d entries, polled for %d s", entries, seconds),
            "Nothing happens in it, and it is gone through every two seconds, or as seldom as it "
                + "has to be. What the threads take that this needs, and the whole process with "
                + "its compiler and its heap, as parts of one processor; after three rounds.",
            figures,
            new Column("interval", "seconds from round to round", 2),
            new Column("threads", "threads, % of a processor", 2),
            new Column("process", "process, %", 2)
                .summedUpAs(
                    String.format(
                        "%% of a processor to poll an idle tree of %,d entries", entries)))
        .atMost(5, API, "threads")
        .atMost(5, API, "process");
  }
}
