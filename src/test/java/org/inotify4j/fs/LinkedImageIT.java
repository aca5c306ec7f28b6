package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;

import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.WatchesATree;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run-time image of a program that uses the library, with no more than that needs. */
final class LinkedImageIT {

  private static final String REQUIRES =
      FOREIGN ? "requires org.inotify4j;" : "requires org.inotify4j; requires com.sun.jna;";

  @TempDir private Path scratch;

  @Test
  void aProgramInAnImage_watches() throws Exception {
    Path module = Packaged.module(scratch.resolve("example"), REQUIRES, WatchesATree.class);
    Path[] path = FOREIGN ? new Path[] {JAR, module} : new Path[] {JAR, module, Images.JNA_MODULE};
    Path image = scratch.resolve("image");
    Images.link(image, "-p", Packaged.path(path), "--add-modules", "example");
    ChildJvm child =
        ChildJvm.launching("-m", "example/" + WatchesATree.class.getName())
            .ofJava(image)
            .without(Images.OF_CLASS_PATH)
            .classPath();
    if (FOREIGN) {
      child.options(Images.OF_LIBRARY);
    }
    Path directory = Files.createDirectory(scratch.resolve("watched"));
    assertThat(Packaged.outputOf(child, directory.toString())).isEqualTo(WatchesATree.OUTPUT);
  }
}
