package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Report;
import org.inotify4j.fs.programs.WatchesATree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run-time image that has no more than a program needs: with the library in it, or beside it. */
final class LinkedImageIT {

  /** JNA as a real module: an image takes no other. */
  private static final Path JNA_MODULE =
      Path.of(
              System.getProperty("inotify4j.jna.jars", "target/jna"),
              "jna-jpms-" + System.getProperty("inotify4j.jna.newest") + ".jar")
          .toAbsolutePath();

  private static final String REQUIRES =
      FOREIGN ? "requires org.inotify4j;" : "requires org.inotify4j; requires com.sun.jna;";

  @TempDir private Path scratch;

  @Test
  void aProgramInAnImage_watches() throws Exception {
    Path module = Packaged.module(scratch.resolve("example"), REQUIRES, WatchesATree.class);
    Path[] path = FOREIGN ? new Path[] {JAR, module} : new Path[] {JAR, module, JNA_MODULE};
    Path image = link("-p", Packaged.path(path), "--add-modules", "example");
    ChildJvm child =
        ChildJvm.launching("-m", "example/" + WatchesATree.class.getName())
            .ofJava(image)
            .without("--enable-native-access=ALL-UNNAMED")
            .classPath();
    if (FOREIGN) {
      child.options("--enable-native-access=org.inotify4j");
    }
    Path directory = Files.createDirectory(scratch.resolve("watched"));
    assertThat(Packaged.outputOf(child, directory.toString())).isEqualTo(WatchesATree.OUTPUT);
  }

  /** It has the modules of an agent, and of JNA where that is needed, and nothing else. */
  @Test
  void theAgent_inAnImageThatKnowsNothingOfIt() throws Exception {
    Path image =
        link("--add-modules", FOREIGN ? "java.instrument" : "java.instrument,java.logging");
    ChildJvm child =
        ChildJvm.of(Report.class)
            .ofJava(image)
            .classPath(JNA, PROGRAMS)
            .options("-javaagent:" + JAR);
    Path directory = Files.createDirectory(scratch.resolve("watched"));
    assertThat(Packaged.outputOf(child, directory.toString()))
        .isEqualTo(Report.OVER_INOTIFY.replace("org.inotify4j.fs.INotify", "sun.nio.fs.Linux"));
  }

  /** Makes an image: where that is. */
  private Path link(String... words) {
    Optional<ToolProvider> tool = ToolProvider.findFirst("jlink");
    assumeThat(tool).as("jlink of this Java").isPresent();
    Path image = scratch.resolve("image");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--output", image.toString()));
    assertThat(tool.orElseThrow().run(out, out, all.toArray(String[]::new)))
        .as(said.toString())
        .isZero();
    return image;
  }
}
