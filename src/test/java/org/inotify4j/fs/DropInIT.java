package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.Packaged.jar;
import static org.inotify4j.fs.programs.DropIn.EVENTS;
import static org.inotify4j.fs.programs.DropIn.OVER_INOTIFY;
import static org.inotify4j.fs.programs.DropIn.SOCKETS;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Agent;
import org.inotify4j.fs.programs.DropIn;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a drop-in must do, by each of the three ways: as the table of the documentation has it. What
 * a way cannot do fails as is said there.
 */
final class DropInIT {

  private static final String EVENTS_ROW = "events, keys and refusals as with the JDK's service";
  private static final String SOCKETS_ROW = "Unix domain sockets";
  private static final String MAKING_ROW = "making a CDS archive, `-XX:ArchiveClassesAtExit`";
  private static final String STARTING_ROW = "starting with a CDS archive, `-XX:SharedArchiveFile`";
  private static final String CACHE_ROW = "an AOT cache, made and used (Java 25)";
  private static final String JNI_ROW = "`-Xcheck:jni`";
  private static final String AGENT_ROW = "another agent beside";
  private static final String TWICE_ROW = "given twice";
  private static final String MODULE_ROW = "a program that is a module";
  private static final String BOOT_ROW = "an executable jar of Spring Boot";

  private static final String WORKS = OVER_INOTIFY + EVENTS;
  private static final String DOES_NOT_START =
      "Cannot invoke \"java.nio.file.FileSystem.getPath(String, String[])\" because the return"
          + " value of \"java.nio.file.FileSystems.getDefault()\" is null";

  /** An option that children have otherwise, and that does not go with a cache. */
  private static final String SHARING = "-Xshare:auto";

  @TempDir private static Path shelf;
  private static WaysTable table;
  private static Path program;

  @TempDir private Path scratch;

  /** How a JVM is told to give a program the watch service. */
  enum Way {
    AGENT("agent"),
    BOOT_CLASS_PATH("boot class path"),
    CLASS_PATH("class path");

    private final String column;

    Way(String column) {
      this.column = column;
    }

    /** The options, of which the last is given where all are to be given twice. */
    List<String> options(Path library) {
      String boot = "-Xbootclasspath/a:" + Packaged.path(library, JNA);
      return switch (this) {
        case AGENT -> List.of("-javaagent:" + library);
        case BOOT_CLASS_PATH -> List.of(boot, FLAG);
        case CLASS_PATH -> List.of(FLAG);
      };
    }

    /** A child with the program on its class path, and what else this way needs there. */
    ChildJvm child(Path program) {
      return child(DropIn.class, program);
    }

    /** A child with another program and its libraries. */
    ChildJvm child(Class<?> main, Path... program) {
      List<Path> entries =
          new ArrayList<>(
              switch (this) {
                case AGENT -> List.of(JNA);
                case BOOT_CLASS_PATH -> List.of();
                case CLASS_PATH -> List.of(JAR, JNA);
              });
      entries.addAll(List.of(program));
      return ChildJvm.of(main)
          .options(options(JAR).toArray(String[]::new))
          .classPath(entries.toArray(Path[]::new));
    }

    String column() {
      return column;
    }

    boolean can(String subject) {
      return table.says(subject, column);
    }
  }

  @BeforeAll
  static void pack() throws Exception {
    table = WaysTable.read();
    Class<?>[] nested = DropIn.class.getDeclaredClasses();
    Class<?>[] all = Arrays.copyOf(nested, nested.length + 1);
    all[nested.length] = DropIn.class;
    program = jar(shelf.resolve("program.jar"), Map.of(), all);
  }

  @Test
  void theTable_hasTheseRows() {
    assertThat(table.ways()).containsExactly("agent", "boot class path", "class path");
    assertThat(table.subjects())
        .containsExactlyInAnyOrder(
            EVENTS_ROW,
            SOCKETS_ROW,
            ServersIT.JETTY_ROW,
            ServersIT.NIO_ROW,
            ServersIT.EPOLL_ROW,
            MAKING_ROW,
            STARTING_ROW,
            CACHE_ROW,
            JNI_ROW,
            AGENT_ROW,
            TWICE_ROW,
            MODULE_ROW,
            BOOT_ROW);
  }

  @Test
  void withoutAnyWay() throws Exception {
    ChildJvm judge = ChildJvm.of(DropIn.class).classPath(PROGRAMS);
    assertThat(Packaged.outputOf(judge, scratch.toString(), "sockets"))
        .isEqualTo("watch service: sun.nio.fs.LinuxWatchService\n" + EVENTS + SOCKETS);
  }

  @ParameterizedTest
  @EnumSource
  void eventsAndSockets(Way way) throws Exception {
    ChildJvm.Result result = way.child(program).run(scratch.toString(), "sockets");
    assertThat(way.can(EVENTS_ROW)).isTrue();
    assertThat(result.out()).startsWith(WORKS);
    if (way.can(SOCKETS_ROW)) {
      assertThat(result.output()).isEqualTo(WORKS + SOCKETS);
      assertThat(result.err()).isEmpty();
    } else {
      assertThat(result.out()).isEqualTo(WORKS);
      assertThat(result.err())
          .startsWith("Exception in thread \"main\" java.lang.IllegalArgumentException")
          .contains("UnixDomainSocketAddress.of");
    }
  }

  @ParameterizedTest
  @EnumSource
  void archive(Way way) throws Exception {
    Path archive = scratch.resolve("archive");
    String making = "-XX:ArchiveClassesAtExit=" + archive;
    ChildJvm.Result made = way.child(program).options(making).run(scratch.toString());
    if (way.can(MAKING_ROW)) {
      assertThat(said(made)).isEqualTo(WORKS);
    } else {
      assertThat(made.exit()).isNotZero();
      assertThat(made.out() + made.err())
          .contains(
              "Must enable AllowArchivingWithJavaAgent in order to run Java agent during CDS"
                  + " dumping");
      ChildJvm without = ChildJvm.of(DropIn.class).classPath(JNA, program).options(making);
      assertThat(without.run(scratch.toString()).exit()).isZero();
    }
    assertThat(archive).isNotEmptyFile();
    ChildJvm.Result started =
        way.child(program).options("-XX:SharedArchiveFile=" + archive).run(scratch.toString());
    if (way.can(STARTING_ROW)) {
      assertThat(said(started)).isEqualTo(WORKS);
    } else {
      assertThat(started.exit()).isOne();
      assertThat(started.err()).contains(DOES_NOT_START);
    }
  }

  @ParameterizedTest
  @EnumSource
  @EnabledForJreRange(min = JRE.JAVA_25)
  void cache(Way way) throws Exception {
    Path cache = scratch.resolve("cache");
    ChildJvm.Result made =
        way.child(program)
            .without(SHARING)
            .options("-XX:AOTCacheOutput=" + cache)
            .run(scratch.toString());
    if (way.can(CACHE_ROW)) {
      assertThat(said(made)).contains(WORKS);
      assertThat(cache).isNotEmptyFile();
      ChildJvm child =
          way.child(program).without(SHARING).options("-XX:AOTCache=" + cache, "-XX:AOTMode=on");
      assertThat(said(child.run(scratch.toString()))).isEqualTo(WORKS);
    } else {
      assertThat(made.out() + made.err()).contains(DOES_NOT_START);
      assertThat(cache).doesNotExist();
    }
  }

  /** On Java 17 JNA has itself warned of. */
  @ParameterizedTest
  @EnumSource
  void checkedCalls(Way way) throws Exception {
    ChildJvm.Result result = way.child(program).options("-Xcheck:jni").run(scratch.toString());
    assertThat(way.can(JNI_ROW)).isTrue();
    if (FOREIGN) {
      assertThat(result.output()).isEqualTo(WORKS);
    } else {
      assertThat(result.output()).contains(EVENTS.lines().toList()).contains(OVER_INOTIFY);
      assertThat(result.output()).doesNotContain("FATAL");
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherAgent(Way way) throws Exception {
    Path agent =
        jar(
            scratch.resolve("agent.jar"),
            Map.of("Premain-Class", Agent.class.getName()),
            Agent.class);
    ChildJvm child = way.child(program).options("-javaagent:" + agent + "=" + agent);
    String path = way == Way.AGENT ? "UnixPath" : "INotifyPath";
    assertThat(way.can(AGENT_ROW)).isTrue();
    assertThat(Packaged.outputOf(child, scratch.toString()))
        .isEqualTo("agent: true " + path + "\n" + WORKS);
  }

  @ParameterizedTest
  @EnumSource
  void givenTwice(Way way) throws Exception {
    ChildJvm child = way.child(program).options(way.options(JAR).toArray(String[]::new));
    assertThat(way.can(TWICE_ROW)).isTrue();
    assertThat(Packaged.outputOf(child, scratch.toString())).isEqualTo(WORKS);
  }

  @ParameterizedTest
  @EnumSource
  void module(Way way) throws Exception {
    Path module = Packaged.module(scratch.resolve("some.program"), "", DropIn.class);
    ChildJvm child;
    if (way == Way.CLASS_PATH) {
      child = Packaged.childOfModule(module, DropIn.class);
    } else {
      child =
          ChildJvm.launching("-m", "some.program/" + DropIn.class.getName())
              .options("-p", module.toString())
              .classPath(JNA);
    }
    child.options(way.options(JAR).toArray(String[]::new));
    assertThat(way.can(MODULE_ROW)).isTrue();
    assertThat(Packaged.outputOf(child, scratch.toString())).isEqualTo(WORKS);
  }

  @ParameterizedTest
  @EnumSource
  void executableJar(Way way) throws Exception {
    Path library = Files.copy(JAR, scratch.resolve("inotify4j.jar"));
    Files.copy(JNA, scratch.resolve(JNA.getFileName()));
    Path executable = ExecutableJar.make(scratch.resolve("app.jar"), DropIn.class, program, JNA);
    ChildJvm child =
        ChildJvm.launching("-jar", executable.toString())
            .classPath()
            .options(way.options(library).toArray(String[]::new));
    if (way.can(BOOT_ROW)) {
      assertThat(Packaged.outputOf(child, scratch.toString())).isEqualTo(WORKS);
    } else {
      ChildJvm.Result result = child.run(scratch.toString());
      assertThat(result.exit()).isOne();
      assertThat(result.err())
          .contains("ClassNotFoundException: org.inotify4j.fs.INotifyFileSystemProvider");
    }
  }

  /** What the program printed, without what the virtual machine has to say of its archives. */
  private static String said(ChildJvm.Result result) {
    StringBuilder said = new StringBuilder();
    result
        .output()
        .lines()
        .filter(line -> !line.startsWith("["))
        .forEach(line -> said.append(line).append('\n'));
    return said.toString();
  }
}
