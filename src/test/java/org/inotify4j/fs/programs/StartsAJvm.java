package org.inotify4j.fs.programs;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.util.List;

/**
 * Starts another JVM with {@link DropIn}, as programs start their helpers: in a directory, with its
 * output in a file, and with options in the environment.
 */
public final class StartsAJvm {

  /** What it prints of itself; what the other one printed follows. */
  public static final String OUTPUT = DropIn.OVER_INOTIFY + "child: 0\n";

  private static final String PICKED_UP = "Picked up JAVA_TOOL_OPTIONS";

  private StartsAJvm() {}

  /** Needs an empty directory, the jar of the other program, and the options. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (WatchService service = FileSystems.getDefault().newWatchService()) {
      System.out.println("watch service: " + service.getClass().getName());
    }
    Path directory = Path.of(args[0]);
    Path output = directory.resolve("output");
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder child =
        new ProcessBuilder(java.toString(), "-cp", args[1], DropIn.class.getName(), "of child");
    child.directory(directory.toFile());
    child.environment().put("JAVA_TOOL_OPTIONS", args[2]);
    child.redirectErrorStream(true).redirectOutput(output.toFile());
    int exit = child.start().waitFor();
    System.out.println("child: " + exit);
    List<String> lines = Files.readAllLines(output);
    lines.stream().filter(line -> !line.startsWith(PICKED_UP)).forEach(System.out::println);
    System.exit(exit);
  }
}
