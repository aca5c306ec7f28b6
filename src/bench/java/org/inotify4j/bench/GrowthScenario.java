package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.C;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Larger and larger trees, of directories alone. */
final class GrowthScenario implements Scenario {

  private static final int[] SIZES = {1_000, 10_000, 100_000, 1_000_000};

  /** Who needed more seconds for one size is spared the next, which is ten times that. */
  private static final double TOO_SLOW = 10;

  /** From here on a tree is all that there is on the heap. */
  private static final int LARGE = 100_000;

  @Override
  public String name() {
    return "growth";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int most = bench.settings().scaled(SIZES[SIZES.length - 1]);
    Curves curves = new Curves("Registering a tree", "directories", "seconds");
    Curves heap = new Curves("Heap of a registered tree", "directories", "MB");
    List<Contender> contenders = new ArrayList<>(TreeScenario.contenders(bench));
    contenders.removeIf(contender -> contender.name().contains("hashing"));
    List<Section> sections = new ArrayList<>();
    try (KernelSetting watches = KernelSetting.raise("max_user_watches", most + most / 10)) {
      for (int size : SIZES) {
        int directories = bench.settings().scaled(size);
        if (directories >= watches.value()) {
          bench.leaveOut(directories + " directories: fs.inotify.max_user_watches is too low");
        } else {
          Figures figures = turns(bench, contenders, directories);
          sections.add(section(figures, directories));
          for (String contender : figures.contenders()) {
            double seconds = figures.median(contender, "cold").orElseThrow();
            curves.add(contender, directories, seconds);
            figures
                .median(contender, "heap")
                .ifPresent(bytes -> heap.add(contender, directories, bytes * directories / 1e6));
            contenders.removeIf(one -> one.name().equals(contender) && seconds > TOO_SLOW);
          }
        }
      }
    }
    bench.pictures().add("measured", curves);
    bench.pictures().add("heap", heap);
    return sections;
  }

  private static Figures turns(Bench bench, List<Contender> contenders, int directories)
      throws IOException, InterruptedException {
    try (BenchmarkTree tree = BenchmarkTree.make(bench.newDirectory("growth"), directories, 0)) {
      tree.read();
      return bench.turns(1, contenders, tree.root(), 1);
    }
  }

  private static Section section(Figures figures, int directories) {
    Section section =
        new Section(
            String.format(Locale.ROOT, "A tree of %,d directories", directories),
            "Directories only, registered once in a new virtual machine.",
            figures,
            new Column("cold", "seconds", 3),
            new Column("heap", "heap a directory, bytes", 0));
    if (directories >= LARGE) {
      section.atMost(100, API, "heap");
    }
    OptionalDouble seconds = figures.median(API, "cold");
    OptionalDouble limit = figures.median(C, "cold");
    if (seconds.isPresent() && limit.isPresent()) {
      section.remark(
          String.format(
              Locale.ROOT,
              "%.1f µs a directory; in C %.1f",
              seconds.getAsDouble() * 1e6 / directories,
              limit.getAsDouble() * 1e6 / directories));
    }
    return section;
  }
}
