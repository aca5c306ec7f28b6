package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FLAG;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.Packaged.child;
import static org.inotify4j.fs.Packaged.jar;
import static org.inotify4j.fs.Packaged.outputOf;
import static org.inotify4j.fs.programs.Report.OVER_INOTIFY;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Agent;
import org.inotify4j.fs.programs.LoaderOverFiles;
import org.inotify4j.fs.programs.LoggedReport;
import org.inotify4j.fs.programs.ManagedReport;
import org.inotify4j.fs.programs.OwnClassLoader;
import org.inotify4j.fs.programs.Report;
import org.inotify4j.fs.programs.ReportOfTwoThreads;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JVM starts with the provider as its default one in every way that a JVM is started. */
final class StartupIT {

  @TempDir private Path scratch;
  private Path watched;

  @BeforeEach
  void makeWatched() throws Exception {
    watched = Files.createDirectory(scratch.resolve("watched"));
  }

  @Test
  void classPath() throws Exception {
    assertThat(report(child(Report.class))).isEqualTo(OVER_INOTIFY);
  }

  /** The library is resolved since it provides a file system provider: nobody requires it. */
  @Test
  void modulePath() throws Exception {
    Path module = Packaged.module(scratch.resolve("some.program"), "", Report.class);
    assertThat(report(Packaged.childOfModule(module, Report.class))).isEqualTo(OVER_INOTIFY);
  }

  @Test
  void modulePath_programOnClassPath() throws Exception {
    ChildJvm child =
        ChildJvm.of(Report.class)
            .classPath(PROGRAMS)
            .options("-p", Packaged.path(JAR, JNA), "--add-modules", "org.inotify4j")
            .options(Packaged.nativeLayer());
    assertThat(report(child)).isEqualTo(OVER_INOTIFY);
  }

  @Test
  void jarOfProgram() throws Exception {
    Path program =
        jar(
            scratch.resolve("program.jar"),
            Map.of(
                "Main-Class",
                Report.class.getName(),
                "Class-Path",
                JAR.toUri() + " " + JNA.toUri()),
            Report.class);
    assertThat(report(ChildJvm.launching("-jar", program.toString()).classPath()))
        .isEqualTo(OVER_INOTIFY);
  }

  @Test
  void singleSourceFile() throws Exception {
    ChildJvm child = ChildJvm.ofSource(Packaged.sourceOf(Report.class)).classPath(JAR, JNA);
    assertThat(report(child)).isEqualTo(OVER_INOTIFY);
  }

  @Test
  void agent() throws Exception {
    Path agent =
        jar(
            scratch.resolve("agent.jar"),
            Map.of("Premain-Class", Agent.class.getName()),
            Agent.class);
    ChildJvm child = child(Report.class).options("-javaagent:" + agent + "=" + agent);
    assertThat(report(child)).isEqualTo("agent: true INotifyPath\n" + OVER_INOTIFY);
  }

  @Test
  void flightRecording() throws Exception {
    Path recording = scratch.resolve("start.jfr");
    ChildJvm child =
        child(Report.class)
            .options("-XX:StartFlightRecording=filename=" + recording)
            .options("-Xlog:jfr+startup=off");
    assertThat(report(child)).isEqualTo(OVER_INOTIFY);
    assertThat(recording).isNotEmptyFile();
  }

  @Test
  void logFile() throws Exception {
    Path log = scratch.resolve("program.log");
    Path configuration =
        Files.writeString(
            scratch.resolve("logging.properties"),
            """
            handlers = java.util.logging.FileHandler
            java.util.logging.FileHandler.pattern = %s
            java.util.logging.FileHandler.formatter = java.util.logging.SimpleFormatter
            java.util.logging.SimpleFormatter.format = %%4$s %%5$s%%n
            """
                .formatted(log));
    ChildJvm child =
        child(LoggedReport.class).options("-Djava.util.logging.config.file=" + configuration);
    assertThat(report(child)).isEqualTo(OVER_INOTIFY);
    assertThat(log).hasContent("INFO before the report\nINFO after the report\n");
  }

  @Test
  void remoteManagement() throws Exception {
    ChildJvm child =
        child(ManagedReport.class)
            .options(
                "-Dcom.sun.management.jmxremote.port=0",
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Djava.rmi.server.hostname=127.0.0.1");
    assertThat(report(child)).isEqualTo(OVER_INOTIFY + "managed: true\n");
  }

  @RepeatedTest(3)
  void twoThreadsFirst() throws Exception {
    assertThat(report(child(ReportOfTwoThreads.class)))
        .isEqualTo("one file system: true\n" + OVER_INOTIFY);
  }

  @Test
  void ownSystemClassLoader() throws Exception {
    assertThat(report(childWithLoader(OwnClassLoader.class))).isEqualTo(OVER_INOTIFY);
  }

  /**
   * JDK 17 asks the system class loader for the default provider while it makes that loader, and
   * fails; so it does with any provider.
   */
  @Test
  void ownSystemClassLoader_thatUsesFiles() throws Exception {
    int release = Runtime.version().feature();
    assumeTrue(release == 17 || release >= 25, "known of JDK 17 and of 25 and later only");
    ChildJvm child = childWithLoader(LoaderOverFiles.class);
    if (release == 17) {
      ChildJvm.Result result = child.options(FLAG).run(watched.toString());
      assertThat(result.exit()).isOne();
      assertThat(result.out() + result.err())
          .contains("getSystemClassLoader cannot be called during the system class loader")
          .contains("FileSystems$DefaultFileSystemHolder.getDefaultProvider")
          .doesNotContain("inotify4j.fs.INotify");
    } else {
      assertThat(report(child)).isEqualTo("loader: true\n" + OVER_INOTIFY);
    }
  }

  private static ChildJvm childWithLoader(Class<?> loader) {
    // Without the archive, since the JVM warns that it does not go with such a loader.
    return child(Report.class)
        .options("-Xshare:off", "-Djava.system.class.loader=" + loader.getName());
  }

  private String report(ChildJvm child) throws Exception {
    return outputOf(child.options(FLAG), watched.toString());
  }
}
