package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.Packaged.jar;
import static org.inotify4j.fs.Packaged.outputOf;
import static org.inotify4j.fs.programs.DropIn.EVENTS;
import static org.inotify4j.fs.programs.DropIn.OVER_INOTIFY;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.DropIn;
import org.inotify4j.fs.programs.Retransforming;
import org.inotify4j.fs.programs.Scheme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's options, its neighbours, and what it says; and what the other ways say. */
final class AgentIT {

  private static final String AGENT = "-javaagent:" + JAR;
  private static final String OF_JDK = "watch service: sun.nio.fs.LinuxWatchService\n" + EVENTS;
  private static final String WORKS = OVER_INOTIFY + EVENTS;

  @TempDir private Path scratch;

  @Test
  void switchedOff() throws Exception {
    String off = AGENT + "=disable";
    assertThat(outputOf(child(off), scratch.toString())).isEqualTo(OF_JDK);
    assertThat(outputOf(child(off, AGENT), scratch.toString())).isEqualTo(OF_JDK);
    assertThat(outputOf(child(AGENT, off), scratch.toString())).isEqualTo(OF_JDK);
    ChildJvm byProperty = child(AGENT, "-Dinotify4j.disable=true");
    assertThat(outputOf(byProperty, scratch.toString())).isEqualTo(OF_JDK);
  }

  @Test
  void unknownOption_isSaid() throws Exception {
    ChildJvm.Result result = child(AGENT + "=of").run(scratch.toString());
    assertThat(result.output()).isEqualTo(WORKS);
    assertThat(result.err())
        .isEqualTo("inotify4j: the agent does not know the option \"of\", only \"disable\"\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherAgent_thatHasTheSameClassesTransformed(boolean comesFirst) throws Exception {
    Class<?>[] nested = Retransforming.class.getDeclaredClasses();
    Class<?>[] all = Arrays.copyOf(nested, nested.length + 1);
    all[nested.length] = Retransforming.class;
    Map<String, String> attributes =
        Map.of("Premain-Class", Retransforming.class.getName(), "Can-Retransform-Classes", "true");
    String other = "-javaagent:" + jar(scratch.resolve("other.jar"), attributes, all);
    ChildJvm child = comesFirst ? child(other, AGENT) : child(AGENT, other);
    assertThat(outputOf(child, scratch.toString()))
        .isEqualTo("retransformed: [sun/nio/fs/LinuxFileSystem, sun/nio/fs/UnixPath]\n" + WORKS);
  }

  /** Whose package the Java virtual machine must be let into. */
  @Test
  void aLibraryThatIsAModuleAsWell() throws Exception {
    ChildJvm child =
        ChildJvm.of(DropIn.class)
            .classPath(PROGRAMS)
            .options(AGENT, "-p", Packaged.path(JAR, JNA), "--add-modules", "org.inotify4j")
            .options(Packaged.nativeLayer());
    assertThat(outputOf(child, scratch.toString())).isEqualTo(WORKS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "jna.jar", "jna-5.1.jar", "jna-platform-5.1.jar", "other.jar"})
  void jna_isLookedForBesideTheAgent(String name) throws Exception {
    Path agent = Files.copy(JAR, scratch.resolve("inotify4j.jar"));
    if (!name.isEmpty()) {
      Files.copy(JNA, scratch.resolve(name));
    }
    ChildJvm child = ChildJvm.of(DropIn.class).classPath(PROGRAMS).options("-javaagent:" + agent);
    if (FOREIGN) {
      child.options("-Dinotify4j.native=jna");
    }
    ChildJvm.Result result = child.run(scratch.toString());
    if (List.of("jna.jar", "jna-5.1.jar").contains(name)) {
      assertThat(result.output()).isEqualTo(WORKS);
      assertThat(result.err()).isEmpty();
    } else {
      assertThat(result.output()).isEqualTo(OF_JDK);
      // The logger's first line is the time and place.
      assertThat(result.err().lines().skip(1))
          .containsExactly(
              "INFO: watching with sun.nio.fs.LinuxWatchService in place of inotify: inotify4j"
                  + " reaches the kernel through JNA, and JNA is not on the class path or module"
                  + " path: add net.java.dev.jna:jna");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theActiveWay_isLogged(DropInWay way) throws Exception {
    Path configuration =
        Files.writeString(
            scratch.resolve("logging.properties"),
            """
            handlers = java.util.logging.ConsoleHandler
            java.util.logging.ConsoleHandler.level = ALL
            java.util.logging.SimpleFormatter.format = %3$s: %5$s%n
            org.inotify4j.level = FINE
            """);
    ChildJvm.Result result =
        way.child(DropIn.class, PROGRAMS)
            .options("-Djava.util.logging.config.file=" + configuration)
            .run(scratch.toString());
    assertThat(result.output()).isEqualTo(WORKS);
    String active =
        way == DropInWay.AGENT
            ? "org.inotify4j.agent: the agent"
            : "org.inotify4j.fs: -Djava.nio.file.spi.DefaultFileSystemProvider";
    assertThat(result.err().lines().filter(line -> !line.startsWith("org.inotify4j.watch: ")))
        .singleElement()
        .asString()
        .startsWith(
            active
                + " is active: watch services are org.inotify4j.watch.INotifyWatchService, system"
                + " calls are made by "
                + (FOREIGN ? "java.lang.foreign" : "JNA"));
  }

  @Test
  void theScheme_onTheBootClassPath() throws Exception {
    ChildJvm child =
        ChildJvm.of(Scheme.class)
            .classPath(PROGRAMS)
            .options("-Xbootclasspath/a:" + Packaged.path(JAR, JNA));
    assertThat(outputOf(child, scratch.toString())).isEqualTo(Scheme.OUTPUT);
  }

  private static ChildJvm child(String... options) {
    return ChildJvm.of(DropIn.class).options(options).classPath(JNA, PROGRAMS);
  }
}
