package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.spi.ToolProvider;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.WatchesATree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged library is a part of a run-time image that has no more than a program needs. */
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
    Optional<ToolProvider> tool = ToolProvider.findFirst("jlink");
    assumeThat(tool).as("jlink of this Java").isPresent();
    Path module = Packaged.module(scratch.resolve("example"), REQUIRES, WatchesATree.class);
    Path image = scratch.resolve("image");
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    Path[] path = FOREIGN ? new Path[] {JAR, module} : new Path[] {JAR, module, JNA_MODULE};
    String[] words = {
      "-p", Packaged.path(path), "--add-modules", "example", "--output", image.toString()
    };
    assertThat(tool.orElseThrow().run(out, out, words)).as(said.toString()).isZero();

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
}
