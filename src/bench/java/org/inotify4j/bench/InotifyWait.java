package org.inotify4j.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The command {@code inotifywait -r} for the tree that the first argument names, from its start
 * until it says that all watches are there.
 *
 * @param program where it is installed
 */
record InotifyWait(Path program) implements Contender {

  private static final String EVENTS = "create,delete,modify,attrib,moved_from,moved_to,move_self";

  @Override
  public String name() {
    return "inotifywait";
  }

  @Override
  public Map<String, Double> run(List<String> arguments) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(program.toString(), "-r", "-e", EVENTS, arguments.get(0))
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .start();
    try (BufferedReader out = process.inputReader()) {
      StringBuilder said = new StringBuilder();
      String line;
      while ((line = out.readLine()) != null) {
        if (line.startsWith("Watches established")) {
          return Map.of("cold", (System.nanoTime() - start) / 1e9);
        }
        said.append(line).append('\n');
      }
      throw new IOException(name() + " placed no watches: " + said);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }
}
