package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Redeployment;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application that has closed its services can be unloaded: nothing of the library, of JNA or of
 * the JDK keeps its class loader.
 */
final class RedeploymentIT {

  @TempDir private Path scratch;

  static Stream<Arguments> ways() {
    Stream<String> layers = FOREIGN ? Stream.of("ffm", "jna") : Stream.of("jna");
    return layers.flatMap(
        layer -> Stream.of(Arguments.of(layer, true), Arguments.of(layer, false)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noClassLoaderIsLeft(String layer, boolean isRecorded) throws Exception {
    ChildJvm child =
        ChildJvm.of(Redeployment.class)
            .classPath(PROGRAMS)
            .options(
                "-Dinotify4j.native=" + layer,
                "-D" + Redeployment.RECORDED + "=" + isRecorded,
                "-ea:org.inotify4j...");
    ChildJvm.Result result =
        child.run(scratch.toString(), JAR.toString(), JNA.toString(), PROGRAMS.toString());
    assertThat(result.output()).isEqualTo(Redeployment.OUTPUT);
    assertThat(result.err()).isEmpty();
  }
}
