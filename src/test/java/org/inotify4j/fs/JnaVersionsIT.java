package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.Packaged.outputOf;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.NativeLayer;
import org.inotify4j.fs.programs.WatchesATree;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged library works beside each JNA from the oldest that the README names on. */
final class JnaVersionsIT {

  private static final String OLDEST = System.getProperty("inotify4j.jna.oldest");
  private static final String NEWEST = System.getProperty("inotify4j.jna.newest");
  private static final Path JARS = Path.of(System.getProperty("inotify4j.jna.jars", "target/jna"));
  private static final String[] BY_JNA =
      FOREIGN
          ? new String[] {"-Dinotify4j.native=jna", "--enable-native-access=com.sun.jna"}
          : new String[] {"-Dinotify4j.native=jna"};

  @TempDir private static Path shelf;

  private static Path module;

  @TempDir private Path scratch;

  @BeforeAll
  static void compile() throws Exception {
    module =
        Packaged.module(shelf.resolve("example"), "requires org.inotify4j;", WatchesATree.class);
  }

  static Stream<String> versions() {
    return Stream.of(OLDEST, "5.10.0", NEWEST);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void classPath(String version) throws Exception {
    ChildJvm child =
        ChildJvm.of(NativeLayer.class)
            .classPath(JAR, jna(version), PROGRAMS)
            .options("-Dinotify4j.native=jna");
    assertThat(outputOf(child)).startsWith("JNA " + version + " (");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void modulePath(String version) throws Exception {
    ChildJvm child =
        ChildJvm.launching("-m", "example/" + WatchesATree.class.getName())
            .without("--enable-native-access=ALL-UNNAMED")
            .classPath()
            .options("-p", Packaged.path(JAR, jna(version), module))
            .options("--add-modules", "com.sun.jna")
            .options(BY_JNA);
    Path directory = Files.createDirectory(scratch.resolve("watched"));
    assertThat(outputOf(child, directory.toString())).isEqualTo(WatchesATree.OUTPUT);
  }

  @Test
  void theOldest_isThatOfTheReadme() throws Exception {
    assertThat(Files.readString(Path.of("README.md"))).contains(" (" + OLDEST + " or later)");
  }

  private static Path jna(String version) {
    return JARS.resolve("jna-" + version + ".jar").toAbsolutePath();
  }
}
