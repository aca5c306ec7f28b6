package org.inotify4j.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programs that are not of Java: those that are installed, and ours in C once compiled. */
final class Programs {

  private static final Path SOURCES = Path.of("src", "bench", "c");

  private final Optional<Path> compiler = find("cc", "gcc");
  private final Path compiled;

  /** Compiles into a directory. */
  Programs(Path compiled) {
    this.compiled = compiled;
  }

  boolean hasCompiler() {
    return compiler.isPresent();
  }

  /** Compiles a program of ours, if that is possible here. */
  Optional<Contender> compile(String source) throws IOException, InterruptedException {
    return build(source).map(program -> new Program(Contender.C, List.of(program.toString())));
  }

  /** The same, as an executable file. */
  Optional<Path> build(String source) throws IOException, InterruptedException {
    if (compiler.isEmpty()) {
      return Optional.empty();
    }
    Path program = compiled.resolve(source);
    int exit =
        new ProcessBuilder(
                compiler.get().toString(),
                "-O2",
                "-Wall",
                "-pthread",
                "-o",
                program.toString(),
                SOURCES.resolve(source + ".c").toString())
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IOException(compiler.get() + " could not compile " + source + ".c");
    }
    return Optional.of(program);
  }

  /** The first of some names that is installed. */
  static Optional<Path> find(String... names) {
    String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return Arrays.stream(names)
        .flatMap(name -> Arrays.stream(path).map(directory -> Path.of(directory, name)))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }
}
