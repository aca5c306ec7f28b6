package org.inotify4j.bench;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A process that ends by itself, from its start to its end. */
record WholeProcess(String name, List<String> command) implements Contender {

  @Override
  public Map<String, Double> run(List<String> arguments) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    long start = System.nanoTime();
    int exit = builder.start().waitFor();
    double millis = Gauge.secondsSince(start) * 1e3;
    if (exit != 0) {
      throw new IOException(name + " ended with status " + exit);
    }
    return Map.of("wall", millis);
  }
}
