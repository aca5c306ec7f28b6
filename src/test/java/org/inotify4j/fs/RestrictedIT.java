package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Restricted;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A security manager, which Java has up to 23: a program that may do little gets a watch service as
 * it gets the JDK's, and hears of no directory that it may not read.
 */
@EnabledForJreRange(max = JRE.JAVA_23)
final class RestrictedIT {

  @TempDir private Path scratch;

  @ParameterizedTest
  @EnumSource(DropInWay.class)
  void watchesWhatItMayRead(DropInWay way) throws Exception {
    Path program = Packaged.jar(scratch.resolve("program.jar"), Map.of(), Restricted.class);
    Path mine = Files.createDirectory(scratch.resolve("mine"));
    Path other = Files.createDirectory(scratch.resolve("other"));
    Path policy =
        Files.write(
            scratch.resolve("policy"),
            List.of(
                grant(JAR, "java.security.AllPermission;"),
                grant(JNA, "java.security.AllPermission;"),
                grant(program, "java.io.FilePermission \"" + mine + "/-\", \"read,write\";"),
                grant(program, "java.io.FilePermission \"" + mine + "\", \"read\";")));
    ChildJvm child =
        way.child(Restricted.class, program)
            .options("-Djava.security.manager", "-Djava.security.policy==" + policy);
    ChildJvm.Result result = child.run(mine.toString(), other.toString());
    assertThat(result.output().lines())
        .as(result.err())
        .containsExactly(
            "a directory: true",
            "org.inotify4j.watch.INotifyWatchService",
            "the key: true",
            "told: x",
            "the other one is refused");
  }

  private static String grant(Path code, String permission) {
    return "grant codeBase \"" + code.toUri() + "\" { permission " + permission + " };";
  }
}
