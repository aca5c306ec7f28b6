package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.FLAG;
import static org.inotify4j.bench.Contender.JDK;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many directories are registered one by one, and the service is closed. */
final class RegisterScenario implements Scenario {

  private static final int DIRECTORIES = 20_000;

  @Override
  public String name() {
    return "register";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int directories = bench.settings().scaled(DIRECTORIES);
    Path parent = bench.newDirectory(name());
    for (int i = 0; i < directories; i++) {
      Files.createDirectory(parent.resolve("directory-" + i));
    }
    List<Contender> contenders = new ArrayList<>();
    bench.programs().compile("register").ifPresent(contenders::add);
    contenders.add(Program.jdk(RegisterDirectories.class));
    contenders.add(Program.flag(RegisterDirectories.class));
    contenders.add(Program.api(RegisterDirectories.class));
    return List.of(
        new Section(
                String.format("Registering %,d directories", directories),
                "One after the other, for creations, deletions and modifications; then the service "
                    + "is closed. The first time in a virtual machine, and the tenth.",
                bench.turns(contenders, parent),
                new Column("cold", "µs each, the first time", 1)
                    .summedUpAs(String.format("registering %,d directories, µs each", directories)),
                new Column("warm", "the tenth time", 1)
                    .summedUpAs("the same, the tenth time, µs each"),
                new Column("heap", "heap each, bytes", 0)
                    .summedUpAs("heap of a registration, bytes"),
                new Column("close", "closing, ms, the first time", 1)
                    .summedUpAs("closing that service, ms"),
                new Column("closeWarm", "the tenth time", 1))
            .ratioAtLeast(10, JDK, "cold", API, "cold")
            .ratioAtLeast(10, JDK, "warm", API, "warm")
            .ratioAtLeast(10, JDK, "warm", FLAG, "warm")
            .ratioAtMost(1, API, "heap", JDK, "heap")
            .ratioAtMost(1, API, "close", JDK, "close")
            .ratioAtMost(1, API, "closeWarm", JDK, "closeWarm"));
  }
}
