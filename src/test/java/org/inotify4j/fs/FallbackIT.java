package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.Packaged.child;

import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.TwoReports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without inotify the JDK's own watch service works, and that it does is said once. */
final class FallbackIT {

  private static final String SAID =
      "INFO: watching with sun.nio.fs.LinuxWatchService in place of inotify: ";

  @TempDir private Path scratch;

  @Test
  void switchedOff() throws Exception {
    assertThat(whyNot(child(TwoReports.class).options("-Dinotify4j.disable=true")))
        .isEqualTo("it is switched off by -Dinotify4j.disable=true");
  }

  @Test
  void jnaAbsent() throws Exception {
    assertThat(whyNot(jnaOnly().classPath(JAR, PROGRAMS)))
        .isEqualTo(
            "inotify4j reaches the kernel through JNA, and JNA is not on the class path or module"
                + " path: add net.java.dev.jna:jna");
  }

  @Test
  void jnaUnableToLoad() throws Exception {
    assertThat(whyNot(jnaOnly().options("-Djna.nounpack=true", "-Djna.nosys=true")))
        .startsWith(
            "inotify4j reaches the kernel through JNA, and JNA could not load its native part (")
        .contains("set -Djna.tmpdir=DIR to a directory that allows both");
  }

  @Test
  void otherSystem() throws Exception {
    assertThat(whyNot(child(TwoReports.class).options("-Dos.name=Plan 9")))
        .isEqualTo("inotify is a part of Linux: this is Plan 9");
  }

  /** A child that makes its calls by JNA: on Java 17 as any does, later since it is told to. */
  private static ChildJvm jnaOnly() {
    ChildJvm child = child(TwoReports.class);
    return FOREIGN ? child.options("-Dinotify4j.native=jna") : child;
  }

  /** The reason that was given, once, by a child that worked all the same. */
  private String whyNot(ChildJvm child) throws Exception {
    ChildJvm.Result result = child.options(FLAG).run(scratch.toString());
    assertThat(result.output()).isEqualTo(TwoReports.TRANSLATED);
    // The logger's first line is the time and place.
    assertThat(result.err().lines().skip(1)).singleElement().asString().startsWith(SAID);
    return result.err().lines().skip(1).findFirst().orElseThrow().substring(SAID.length());
  }
}
