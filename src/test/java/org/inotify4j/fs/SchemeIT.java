package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.child;
import static org.inotify4j.fs.Packaged.outputOf;

import java.nio.file.Path;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Scheme;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scheme is there as soon as the library is, whatever the default provider. */
final class SchemeIT {

  @TempDir private static Path scratch;
  private static Path module;

  @BeforeAll
  static void compile() throws Exception {
    module =
        Packaged.module(scratch.resolve("some.program"), "requires org.inotify4j;", Scheme.class);
  }

  @Test
  void onClassPath() throws Exception {
    assertThat(output(child(Scheme.class))).isEqualTo(Scheme.OUTPUT);
  }

  @Test
  void onClassPath_besideDefaultProvider() throws Exception {
    assertThat(output(child(Scheme.class).options(FLAG))).isEqualTo(Scheme.OUTPUT);
  }

  @Test
  void onModulePath() throws Exception {
    assertThat(output(Packaged.childOfModule(module, Scheme.class))).isEqualTo(Scheme.OUTPUT);
  }

  @Test
  void onModulePath_besideDefaultProvider() throws Exception {
    assertThat(output(Packaged.childOfModule(module, Scheme.class).options(FLAG)))
        .isEqualTo(Scheme.OUTPUT);
  }

  private static String output(ChildJvm child) throws Exception {
    return outputOf(child, scratch.toString());
  }
}
