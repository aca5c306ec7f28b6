package org.inotify4j.bench;

import com.sun.jna.Native;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The options that give a program the watch service without its knowing.
 *
 * @param jar the packaged library
 */
record DropIns(Path jar) {

  /** The property for another default provider. */
  static final String PROVIDER =
      "-Djava.nio.file.spi.DefaultFileSystemProvider=org.inotify4j.fs.INotifyFileSystemProvider";

  private static final Path TARGET = Path.of("target");
  private static final String NAME = "inotify4j-[0-9.]+(-SNAPSHOT)?\\.jar";

  /** Those of the library that was packaged last; empty where none was, which is said. */
  static Optional<DropIns> of(Bench bench) throws IOException {
    try (Stream<Path> files = Files.list(TARGET)) {
      Optional<Path> jar =
          files.filter(file -> file.getFileName().toString().matches(NAME)).findFirst();
      if (jar.isEmpty()) {
        bench.leaveOut("the agent: there is no jar of the library yet, which mvn package makes");
      }
      return jar.map(file -> new DropIns(file.toAbsolutePath()));
    }
  }

  /** The agent's option. */
  String agent() {
    return "-javaagent:" + jar;
  }

  /** The provider, on the boot class path. */
  List<String> boot() {
    return List.of("-Xbootclasspath/a:" + jar + File.pathSeparator + jna(), PROVIDER);
  }

  /** What the provider wants on the class path. */
  String classPath() {
    return jar + File.pathSeparator + jna();
  }

  private static Path jna() {
    return home(Native.class);
  }

  /** The directory or jar that a class comes from. */
  static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
