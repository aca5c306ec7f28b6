package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;

import java.io.IOException;
import java.util.List;

/** The kernel loses events of a whole tree, and what was lost is found. */
final class RepairScenario implements Scenario {

  private static final int DIRECTORIES = 50_000;
  private static final int FILES = 400_000;
  private static final int TIMES = 5;

  /** So few events the queue takes, so that it runs over soon. */
  private static final int QUEUE = 64;

  @Override
  public String name() {
    return "repair";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int directories = bench.settings().scaled(DIRECTORIES);
    int files = bench.settings().scaled(FILES);
    try (KernelSetting watches = KernelSetting.raise("max_user_watches", 2L * directories);
        KernelSetting queue = KernelSetting.lower("max_queued_events", QUEUE);
        BenchmarkTree tree = BenchmarkTree.make(bench.newDirectory(name()), directories, files)) {
      if (watches.value() < tree.directories()) {
        bench.leaveOut("repairing: it needs fs.inotify.max_user_watches=" + tree.directories());
        return List.of();
      } else if (queue.value() > QUEUE) {
        bench.leaveOut("repairing: it needs fs.inotify.max_queued_events=" + QUEUE);
        return List.of();
      }
      tree.read();
      Figures figures =
          bench.turns(
              List.of(Program.api(RepairTree.class, "-XX:+UseSerialGC")), tree.root(), TIMES);
      return List.of(section(figures, directories, files));
    }
  }

  private static Section section(Figures figures, int directories, int files) {
    return new Section(
            String.format("Events of %,d directories and %,d files are lost", directories, files),
            "The kernel's queue runs over, and the tree is gone through again: from there until "
                + "all that was lost is told, by a key with RESCAN. Beside it the time of a "
                + "snapshot of the same tree in one thread. Each the fifth time in a virtual "
                + "machine.",
            figures,
            new Column("snapshot", "a snapshot, seconds", 2),
            new Column("repair", "the repair, seconds", 2)
                .summedUpAs(
                    String.format(
                        "overflow repaired in a tree of %,d directories and %,d files, s",
                        directories, files)),
            new Column("rescans", "looks at the tree", 0))
        .ratioAtMost(2, API, "repair", API, "snapshot");
  }
}
