package org.inotify4j.watch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Finds and compiles programs that are not of Java. */
final class Programs {

  private Programs() {}

  /** The first of some names that is installed. */
  static Optional<Path> find(String... names) {
    String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return Arrays.stream(names)
        .flatMap(name -> Arrays.stream(path).map(directory -> Path.of(directory, name)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** Compiles a program of one file. */
  static void compile(Path compiler, Path source, Path program)
      throws IOException, InterruptedException {
    int exit =
        new ProcessBuilder(
                compiler.toString(), "-O2", "-Wall", "-o", program.toString(), source.toString())
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException(compiler + " could not compile " + source);
    }
  }
}
