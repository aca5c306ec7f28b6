package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.C;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A snapshot is taken of a whole tree, and compared with another one. */
final class SnapshotScenario implements Scenario {

  private static final String TWO_THREADS = "inotify4j, two threads";
  private static final int DIRECTORIES = 50_000;
  private static final int FILES = 400_000;
  private static final int TIMES = 5;

  @Override
  public String name() {
    return "snapshot";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int directories = bench.settings().scaled(DIRECTORIES);
    int files = bench.settings().scaled(FILES);
    try (BenchmarkTree tree = BenchmarkTree.make(bench.newDirectory(name()), directories, files)) {
      tree.read();
      return List.of(section(bench, tree, files));
    }
  }

  private static Section section(Bench bench, BenchmarkTree tree, int files)
      throws IOException, InterruptedException {
    return new Section(
            String.format("A snapshot of %,d directories and %,d files", tree.directories(), files),
            "What is in the tree, with the status of each entry; with the JDK it is walked and the "
                + "attributes are dropped. Then compared with a snapshot that was taken before. The "
                + "tree was read before, so that nobody waits for the disk. The first time in a "
                + "virtual machine, and the fifth.",
            bench.turns(contenders(bench), tree.root(), TIMES),
            new Column("cold", "seconds, the first time", 2),
            new Column("warm", "the fifth time", 2)
                .summedUpAs(
                    String.format(
                        "snapshot of a tree of %,d directories and %,d files, s",
                        tree.directories() - 1, files)),
            new Column("heap", "heap an entry, bytes, with a name of some 7", 0),
            new Column("firstCompared", "comparing two, seconds, the first time", 2),
            new Column("compared", "the fifth time", 2))
        .ratioAtMost(1.5, API, "warm", C, "warm")
        .ratioAtMost(1, TWO_THREADS, "warm", C, "warm")
        .atMost(48 + 8, API, "heap")
        .atMost(1, API, "firstCompared")
        .atMost(1, API, "compared");
  }

  private static List<Contender> contenders(Bench bench) throws IOException, InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    bench.programs().compile("snapshot").ifPresent(contenders::add);
    contenders.add(Program.jdk(WalkTree.class));
    contenders.add(Program.api(TakeSnapshot.class, "-Dbench.threads=1", "-XX:+UseSerialGC"));
    contenders.add(
        Program.java(
            TWO_THREADS, TakeSnapshot.class, List.of("-Dbench.threads=2", "-XX:+UseSerialGC")));
    return contenders;
  }
}
