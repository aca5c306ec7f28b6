package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.C;
import static org.inotify4j.bench.Contender.JDK;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A whole tree is registered. */
final class TreeScenario implements Scenario {

  private static final int DIRECTORIES = 50_000;
  private static final int FILES = 400_000;
  private static final int TIMES = 3;

  @Override
  public String name() {
    return "tree";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int directories = bench.settings().scaled(DIRECTORIES);
    int files = bench.settings().scaled(FILES);
    try (KernelSetting watches = KernelSetting.raise("max_user_watches", 2L * directories);
        BenchmarkTree tree = BenchmarkTree.make(bench.newDirectory(name()), directories, files)) {
      if (watches.value() < tree.directories()) {
        bench.leaveOut("a tree: it needs fs.inotify.max_user_watches=" + tree.directories());
        return List.of();
      }
      tree.read();
      return List.of(section(bench, tree, files));
    }
  }

  private Section section(Bench bench, BenchmarkTree tree, int files)
      throws IOException, InterruptedException {
    return new Section(
            String.format("A tree of %,d directories and %,d files", tree.directories(), files),
            "Registered with everything below it; with the JDK's service each directory is "
                + "registered while the tree is walked. The tree was read before, so that "
                + "nobody waits for the disk. The first time in a virtual machine, and the "
                + "third.",
            bench.turns(contenders(bench), tree.root(), TIMES),
            new Column("cold", "seconds, the first time", 2)
                .summedUpAs(
                    String.format(
                        "registering a tree of %,d directories and %,d files, s",
                        tree.directories() - 1, files)),
            new Column("warm", "the third time", 2),
            new Column("heap", "heap a directory, bytes", 0)
                .summedUpAs("heap a directory of a tree, bytes"))
        .ratioAtMost(1.5, API, "cold", C, "cold")
        .ratioAtMost(1.5, API, "warm", C, "cold")
        .ratioAtLeast(4, JDK, "cold", API, "cold")
        .atMost(100, API, "heap");
  }

  static List<Contender> contenders(Bench bench) throws IOException, InterruptedException {
    List<Contender> contenders = new ArrayList<>();
    Optional<Contender> c = bench.programs().compile("tree");
    c.ifPresent(contenders::add);
    contenders.add(Program.jdk(RegisterTreeWithJdk.class));
    contenders.add(Program.flag(RegisterTreeWithJdk.class));
    contenders.add(Program.api(RegisterTree.class));
    contenders.add(
        Program.java("directory-watcher", RegisterTreeWithDirectoryWatcher.class, List.of()));
    contenders.add(
        Program.java(
            "directory-watcher, hashing",
            RegisterTreeWithDirectoryWatcher.class,
            List.of("-Dbench.hashing=true")));
    Programs.find("inotifywait").map(InotifyWait::new).ifPresent(contenders::add);
    return contenders;
  }
}
