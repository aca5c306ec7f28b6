package org.inotify4j.fs.programs;

import java.nio.file.Files;
import java.nio.file.Path;

/** An agent that looks at a file before the program starts. */
public final class Agent {

  private Agent() {}

  /** Looks at the file that is its argument. */
  public static void premain(String file) {
    Path path = Path.of(file);
    System.out.println("agent: " + Files.exists(path) + " " + path.getClass().getSimpleName());
  }
}
