package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.WatchesATree;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** The packaged library as a dependency of a program that is one jar, with jars in it. */
final class ExecutableJarIT {

  @TempDir private Path scratch;

  private Path program;

  @BeforeEach
  void packTheProgram() throws Exception {
    program = Packaged.jar(scratch.resolve("program.jar"), Map.of(), WatchesATree.class);
  }

  @Test
  void watches_byJna() throws Exception {
    assertWatches("-Dinotify4j.native=jna", program, JAR, JNA);
  }

  /** The classes for newer Javas are found in a jar that is in another one. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void watches_withoutJna() throws Exception {
    assertWatches("-Dinotify4j.native=ffm", program, JAR);
  }

  private void assertWatches(String option, Path... jars) throws Exception {
    Path executable = ExecutableJar.make(scratch.resolve("app.jar"), WatchesATree.class, jars);
    ChildJvm child = ChildJvm.launching("-jar", executable.toString()).classPath().options(option);
    Path directory = Files.createDirectory(scratch.resolve("watched"));
    assertThat(Packaged.outputOf(child, directory.toString())).isEqualTo(WatchesATree.OUTPUT);
  }
}
