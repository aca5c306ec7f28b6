package org.inotify4j.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The command as a whole process, with an archive of its classes and without, and inotifywait. */
final class CommandScenario implements Scenario {

  private static final Path JAR = Path.of("target", "inotify4j-cli.jar");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
  private static final int MORE_ROUNDS = 3;
  private static final String C1 = "-XX:TieredStopAtLevel=1";
  private static final String SERIAL = "-XX:+UseSerialGC";
  private static final String PLAIN = "inotify4j watch";
  private static final String SCRIPT = "the same, with the script's options";
  private static final String ARCHIVE = "the same, and the archive";

  /** The first Java of long support whose archive can have classes that are linked already. */
  private static final int LINKING = 25;

  @Override
  public String name() {
    return "command";
  }

  @Override
  public List<Section> measure(Bench bench) throws IOException, InterruptedException {
    if (!Files.exists(JAR)) {
      bench.leaveOut("the command: there is no " + JAR + " yet, which mvn package makes");
      return List.of();
    }
    Path jar = Files.copy(JAR, bench.newDirectory("jar").resolve("cli.jar"));
    Path watched = bench.newDirectory(name());
    List<Contender> contenders = new ArrayList<>();
    Programs.find("inotifywait")
        .map(program -> new WatchCommand("inotifywait", List.of(program.toString(), "-qq")))
        .ifPresent(contenders::add);
    contenders.add(watch(PLAIN, jar));
    contenders.add(watch(SCRIPT, jar, C1, SERIAL));
    contenders.add(watch(ARCHIVE, jar, C1, SERIAL, "-Xlog:disable", archive(jar)));
    return List.of(
        new Section(
                "The command, to its first event",
                "The whole process, from its start until it has printed an event and ended.",
                bench.turns(MORE_ROUNDS * bench.settings().rounds(), contenders, watched),
                new Column("wall", "ms", 0).summedUpAs("the command to its first event, ms"))
            .ratioAtMost(0.7, ARCHIVE, "wall", PLAIN, "wall"));
  }

  private static WatchCommand watch(String name, Path jar, String... options) {
    return new WatchCommand(name, line(jar, List.of(options), "watch", "-q", "--once"));
  }

  /** Makes an archive of the classes, as the documentation has it; the option that uses it. */
  private static String archive(Path jar) throws IOException, InterruptedException {
    Path lib = jar.getParent();
    Path classes = lib.resolve("cli.lst");
    String list = "-XX:SharedClassListFile=" + classes;
    String file = "-XX:SharedArchiveFile=" + lib.resolve("cli.jsa");
    String[] train = {"watch", "-q", "--initial", "-t", "1", lib.toString()};
    run(line(jar, List.of(C1, SERIAL, "-XX:DumpLoadedClassList=" + classes), train));
    List<String> dump = new ArrayList<>(List.of(C1, SERIAL, "-Xshare:dump", "-Xlog:disable"));
    if (Runtime.version().feature() >= LINKING) {
      dump.add("-XX:+AOTClassLinking");
    }
    dump.addAll(List.of(list, file));
    run(line(jar, dump));
    return file;
  }

  private static List<String> line(Path jar, List<String> options, String... arguments) {
    return Stream.of(
            List.of(JAVA.toString()), options, List.of("-jar", jar.toString()), List.of(arguments))
        .flatMap(List::stream)
        .toList();
  }

  private static void run(List<String> line) throws IOException, InterruptedException {
    File nowhere = new File("/dev/null");
    int unused =
        new ProcessBuilder(line).redirectOutput(nowhere).redirectError(nowhere).start().waitFor();
  }
}
