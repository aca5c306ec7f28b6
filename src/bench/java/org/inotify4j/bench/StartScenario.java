package org.inotify4j.bench;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The start of a virtual machine whose program wants no watch service. */
final class StartScenario implements Scenario {

  private static final String NONE = "no option";
  private static final String AGENT = "the agent";
  private static final int MORE_ROUNDS = 5;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    Optional<DropIns> dropIns = DropIns.of(bench);
    if (dropIns.isEmpty()) {
      return List.of();
    }
    Figures figures =
        bench.turns(MORE_ROUNDS * bench.settings().rounds(), contenders(dropIns.get(), bench));
    return List.of(
        new Section(
                "The start of a virtual machine",
                "The whole process of a program that does nothing, with the options that would give"
                    + " it the watch service, and how much longer it takes than without any, in"
                    + " each round. An agent that does nothing is what no agent can save.",
                withWhatIsAdded(figures),
                new Column("wall", "all, ms", 0),
                new Column("added", "added, ms", 0)
                    .summedUpAs("added to the start of a JVM that wants no watch service, ms"))
            .atMost(60, AGENT, "added"));
  }

  private static List<Contender> contenders(DropIns dropIns, Bench bench) throws IOException {
    String nothing = "-javaagent:" + agentThatDoesNothing(bench.newDirectory("agent"));
    String agent = dropIns.agent();
    String classes = DropIns.home(DoNothing.class).toString();
    String all = dropIns.classPath() + File.pathSeparator + classes;
    return List.of(
        process(NONE, classes, List.of()),
        process("an agent that does nothing", classes, List.of(nothing)),
        process(AGENT, classes, List.of(agent)),
        process("the agent, switched off", classes, List.of(agent + "=disable")),
        process("the provider, boot class path", classes, dropIns.boot()),
        process("the provider, class path", all, List.of(DropIns.PROVIDER)));
  }

  private static Contender process(String name, String classPath, List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-classpath", classPath, DoNothing.class.getName()));
    return new WholeProcess(name, command);
  }

  private static Path agentThatDoesNothing(Path directory) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", DoNothing.class.getName());
    Path jar = directory.resolve("agent.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      out.finish(); // The class is on the class path.
    }
    return jar;
  }

  private static Figures withWhatIsAdded(Figures walls) {
    Figures all = new Figures();
    List<Double> plain = walls.rounds(NONE, "wall");
    for (String contender : walls.contenders()) {
      List<Double> rounds = walls.rounds(contender, "wall");
      for (int round = 0; round < rounds.size(); round++) {
        double wall = rounds.get(round);
        all.add(contender, Map.of("wall", wall, "added", wall - plain.get(round)));
      }
    }
    return all;
  }
}
