package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.programs.DropIn.EVENTS;
import static org.inotify4j.fs.programs.DropIn.OVER_INOTIFY;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.DropIn;

/** Run-time images that have no more than a program needs. */
final class Images {

  /** Native access for what is on the class path, which children have otherwise. */
  static final String OF_CLASS_PATH = "--enable-native-access=ALL-UNNAMED";

  /** Native access for the library as a module. */
  static final String OF_LIBRARY = "--enable-native-access=org.inotify4j";

  /** JNA as a real module: an image takes no other. */
  static final Path JNA_MODULE =
      Path.of(
              System.getProperty("inotify4j.jna.jars", "target/jna"),
              "jna-jpms-" + System.getProperty("inotify4j.jna.newest") + ".jar")
          .toAbsolutePath();

  private Images() {}

  static boolean withLibraryOn17(Trial trial) throws IOException, InterruptedException {
    assumeTrue(Runtime.version().feature() == 17, "it is of Java 17");
    return withLibrary(trial);
  }

  static boolean withLibraryOn25(Trial trial) throws IOException, InterruptedException {
    assumeTrue(Runtime.version().feature() >= 25, "it is of Java 25");
    return withLibrary(trial);
  }

  /** It has the library's module, and those of an agent. */
  private static boolean withLibrary(Trial trial) throws IOException, InterruptedException {
    Path image = trial.shelf().resolve("with-library");
    if (FOREIGN) {
      link(image, "-p", JAR.toString(), "--add-modules", "org.inotify4j,java.instrument");
    } else {
      String path = Packaged.path(JAR, JNA_MODULE);
      link(image, "-p", path, "--add-modules", "org.inotify4j,com.sun.jna,java.instrument");
    }
    ChildJvm child = ChildJvm.of(DropIn.class).ofJava(image).classPath(trial.program());
    if (FOREIGN) {
      child.without(OF_CLASS_PATH).options(OF_LIBRARY);
    }
    return Trial.isDone(
        trial.run(trial.way().with(child)), OVER_INOTIFY + EVENTS, Archives.DOES_NOT_START);
  }

  /** It has the modules of an agent, and of JNA where that is needed, and nothing else. */
  static boolean withoutLibrary(Trial trial) throws IOException, InterruptedException {
    Path image = trial.shelf().resolve("without-library");
    link(image, "--add-modules", FOREIGN ? "java.instrument" : "java.instrument,java.logging");
    return Trial.isDone(trial.run(trial.child().ofJava(image)), OVER_INOTIFY + EVENTS);
  }

  /** Makes an image, but for one that is there. */
  static void link(Path image, String... words) {
    if (Files.exists(image)) {
      return;
    }
    Optional<ToolProvider> tool = ToolProvider.findFirst("jlink");
    assumeThat(tool).as("jlink of this Java").isPresent();
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", image.toString()));
    assertThat(tool.orElseThrow().run(out, out, all.toArray(String[]::new)))
        .as(said.toString())
        .isZero();
  }
}
