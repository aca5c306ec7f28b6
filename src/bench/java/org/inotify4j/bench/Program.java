package org.inotify4j.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program that prints one line of figures: {@code name=value} each, with tabs between them.
 *
 * @param command the program with its first arguments
 */
record Program(String name, List<String> command) implements Contender {

  /** A class that uses java.nio.file, as it is. */
  static Program jdk(Class<?> main, String... jvmArguments) {
    return java(JDK, main, List.of(jvmArguments));
  }

  /** The same class, with the provider as the JVM's default. */
  static Program flag(Class<?> main, String... jvmArguments) {
    List<String> arguments = new ArrayList<>(List.of(jvmArguments));
    arguments.add(DropIns.PROVIDER);
    return java(FLAG, main, arguments);
  }

  /** The same class, in a virtual machine with the agent. */
  static Program agent(Class<?> main, DropIns dropIns) {
    return java(AGENT, main, List.of(dropIns.agent()));
  }

  /** A class that opens its service by {@link Services}, which is ours then. */
  static Program api(Class<?> main, String... jvmArguments) {
    List<String> arguments = new ArrayList<>(List.of(jvmArguments));
    arguments.add("-D" + Services.PROPERTY + "=" + API);
    return java(API, main, arguments);
  }

  /** The {@code main} method of a class, in a virtual machine like this one. */
  static Program java(String name, Class<?> main, List<String> jvmArguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(jvmArguments);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
    return new Program(name, command);
  }

  @Override
  public Map<String, Double> run(List<String> arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(arguments);
    Process process =
        new ProcessBuilder(all)
            .redirectInput(new File("/dev/null"))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new IOException(name + " ended with status " + exit + ": " + String.join(" ", all));
      }
      return parse(out.strip());
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
