package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.child;
import static org.inotify4j.fs.Packaged.outputOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileTypeDetector;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.ContentTypes;
import org.inotify4j.fs.programs.OwnDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Content types can be probed, whoever is the first to do so. */
final class ContentTypeIT {

  @ParameterizedTest
  @ValueSource(strings = {"first", "later", "threads", "bare"})
  void probed(String how) throws Exception {
    assertThat(outputOf(child(ContentTypes.class).options(FLAG), how))
        .isEqualTo(ContentTypes.TYPES.repeat(2));
  }

  /** A detector of the program's is asked about the program's files only. */
  @Test
  void probed_withOwnDetector(@TempDir Path services) throws Exception {
    Path list = services.resolve("META-INF/services/" + FileTypeDetector.class.getName());
    Files.createDirectories(list.getParent());
    Files.writeString(list, OwnDetector.class.getName());
    ChildJvm child =
        child(ContentTypes.class)
            .classPath(Packaged.JAR, Packaged.JNA, Packaged.PROGRAMS, services);
    assertThat(outputOf(child.options(FLAG), "later"))
        .isEqualTo(
            """
            asked about page.html
            asked about picture.png
            asked about unknown.of-no-type
            text/html image/png own/type
            asked about page.html
            asked about picture.png
            asked about unknown.of-no-type
            text/html image/png own/type
            """);
  }
}
