package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that registers the tree which its last argument names, and prints one line of figures:
 * {@code name=value} each, with tabs between them. {@code directories} is among them, for this to
 * check.
 *
 * @param name what it is called in the table
 * @param command the program with its arguments but for the last
 */
record ReportingProgram(String name, List<String> command) implements Contender {

  /** The {@code main} method of a class, in a virtual machine like this one. */
  static ReportingProgram ofJava(String name, Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
    return new ReportingProgram(name, command);
  }

  @Override
  public Map<String, Double> register(BenchmarkTree tree) throws IOException, InterruptedException {
    Map<String, Double> figures = parse(run(tree.root()));
    Double watched = figures.remove("directories");
    if (watched == null || watched != tree.directories()) {
      throw new IOException(name + " watched " + watched + " of " + tree.directories());
    }
    return figures;
  }

  private String run(Path tree) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.add(tree.toString());
    Process process =
        new ProcessBuilder(all)
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException(name + " ended with status " + exit);
      }
      return out.strip();
    } finally {
      process.destroy();
    }
  }

  private static Map<String, Double> parse(String line) {
    Map<String, Double> figures = new LinkedHashMap<>();
    for (String figure : line.split("\t")) {
      int equals = figure.indexOf('=');
      figures.put(figure.substring(0, equals), Double.valueOf(figure.substring(equals + 1)));
    }
    return figures;
  }
}
