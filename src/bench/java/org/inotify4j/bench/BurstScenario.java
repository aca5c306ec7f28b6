package org.inotify4j.bench;

import static org.inotify4j.bench.Contender.API;
import static org.inotify4j.bench.Contender.FLAG;
import static org.inotify4j.bench.Contender.JDK;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Another process makes many changes while the consumer takes all the time. */
final class BurstScenario implements Scenario {

  private static final int FILES = 200_000;

  @Override
  public String name() {
    return "burst";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    int files = bench.settings().scaled(FILES);
    Figures figures = bench.turns(contenders(bench), bench.newDirectory(name()), files, "early");
    return List.of(
        new Section(
                String.format("A burst of %,d events", 2 * files),
                "Another process makes files and deletes each at once. The consumer takes and polls "
                    + "all the time. Processor time is that of its process, for each event "
                    + "delivered, the compiler's included; in the second burst there is less of that.",
                figures,
                new Column("percent", "delivered, %", 1)
                    .summedUpAs("events delivered in a burst, consumer taking all the time, %"),
                new Column("cpu", "processor time an event, µs", 2)
                    .summedUpAs("processor time an event delivered, µs"),
                new Column("cpuLater", "in the second burst, µs", 2)
                    .summedUpAs("the same in the second burst of a JVM, µs"))
            .atLeast(100, FLAG, "percent")
            .atLeast(100, API, "percent")
            .ratioAtMost(0.5, FLAG, "cpu", JDK, "cpu")
            .ratioAtMost(0.5, API, "cpu", JDK, "cpu")
            .ratioAtMost(0.5, FLAG, "cpuLater", JDK, "cpuLater")
            .ratioAtMost(0.5, API, "cpuLater", JDK, "cpuLater"));
  }

  /** All services, which hear of a process in C where that can be compiled. */
  static List<Contender> contenders(Bench bench, String... jvmArguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(jvmArguments));
    bench
        .programs()
        .build("changes")
        .ifPresent(writer -> all.add("-D" + ConsumeBurst.WRITER + "=" + writer));
    String[] arguments = all.toArray(new String[0]);
    return List.of(
        Program.jdk(ConsumeBurst.class, arguments),
        Program.flag(ConsumeBurst.class, arguments),
        Program.api(ConsumeBurst.class, arguments));
  }
}
