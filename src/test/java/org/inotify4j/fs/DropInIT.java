package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.programs.DropIn.EVENTS;
import static org.inotify4j.fs.programs.DropIn.SOCKETS;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.DropIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a drop-in must do, tried by each of the three ways, and the documentation's table of it:
 * this test compares the table with what it found, or writes it.
 */
final class DropInIT {

  private static final boolean WRITES = Boolean.getBoolean("inotify4j.writeWays");

  /** The command that has it written. */
  private static final String WRITE =
      "mvn verify -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=DropInIT"
          + " -Dinotify4j.writeWays=true";

  @TempDir private static Path shelf;
  private static WaysTable found;
  private static WaysTable documented;

  @TempDir private Path scratch;

  @BeforeAll
  static void read() throws IOException {
    documented = WaysTable.read();
    found = WaysTable.read();
  }

  /** Where some could not be tried the table keeps what it says of them. */
  @AfterAll
  static void write() throws IOException {
    if (WRITES) {
      found.write();
    }
  }

  static Stream<Arguments> rowsAndWays() {
    return Arrays.stream(DropInRow.values())
        .flatMap(row -> Arrays.stream(DropInWay.values()).map(way -> arguments(row, way)));
  }

  /** What its judge does. */
  @Test
  void withoutAnyWay() throws Exception {
    ChildJvm judge = ChildJvm.of(DropIn.class).classPath(PROGRAMS);
    assertThat(Packaged.outputOf(judge, scratch.toString(), "sockets"))
        .isEqualTo("watch service: sun.nio.fs.LinuxWatchService\n" + EVENTS + SOCKETS);
  }

  /** So do the libraries over the JDK's service. */
  @Test
  void withoutAnyWay_librariesKeepTheirPromises() throws Exception {
    Clients.keepPromisesOverTheJdks(scratch);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("rowsAndWays")
  void works_whereTheTableSaysSo(DropInRow row, DropInWay way) throws Exception {
    boolean works = row.works(new Trial(way, scratch, shelf));
    found.set(row, way, works);
    if (!WRITES) {
      assertThat(works)
          .as("the page says otherwise, or has no such row; it is written by: %s", WRITE)
          .isEqualTo(documented.says(row, way).orElse(null));
    }
  }

  @Test
  void theTable_isAsThisTestWritesIt() {
    assumeFalse(WRITES, "it is being written");
    assertThat(documented.written()).as("to write it: %s", WRITE).isEqualTo(documented.lines());
  }
}
