package org.inotify4j.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A command that ends at the first event of a directory, as a whole process: from its start until
 * it has ended, while files are made there all the time.
 *
 * @param command the command, but for the directory
 */
record WatchCommand(String name, List<String> command) implements Contender {

  /** How long it is waited before the next file, in milliseconds. */
  private static final int PAUSE = 1;

  @Override
  public Map<String, Double> run(List<String> arguments) throws IOException, InterruptedException {
    Path directory = Path.of(arguments.get(0));
    List<String> all = new ArrayList<>(command);
    all.add(directory.toString());
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(all)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      do {
        Files.delete(Files.createFile(directory.resolve("f")));
      } while (!process.waitFor(PAUSE, TimeUnit.MILLISECONDS));
    } finally {
      process.destroy();
    }
    double millis = Gauge.secondsSince(start) * 1e3;
    if (process.waitFor() != 0) {
      throw new IOException(name + " ended with status " + process.exitValue());
    }
    return Map.of("wall", millis);
  }
}
