package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.programs.DropIn.EVENTS;
import static org.inotify4j.fs.programs.DropIn.SOCKETS;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.DropIn;
import org.inotify4j.fs.programs.HidingClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent that cannot do its work leaves the JDK as it is, and says so once. */
final class AgentFailureIT {

  private static final String OF_JDK =
      "watch service: sun.nio.fs.LinuxWatchService\n" + EVENTS + SOCKETS;

  private static final String LEAVES =
      "inotify4j: the agent leaves this Java's watch service as it is: ";

  @TempDir private Path scratch;

  /** Where the second one is missing the first one has been changed, and is changed back. */
  @ParameterizedTest
  @CsvSource({"LinuxFileSystem, newWatchService", "UnixPath, register"})
  void aJdkOfAnotherShape(String type, String method) throws Exception {
    Path shape = OtherShape.make(scratch.resolve("shape"), type, method);
    ChildJvm child = child(JAR).options("--patch-module", "java.base=" + shape);
    assertThat(complaintOf(child))
        .isEqualTo(LEAVES + "its sun.nio.fs." + type + " has no such method " + method);
  }

  /** The first two fail in premain, the last one where the JVM hands over a class file. */
  @ParameterizedTest
  @ValueSource(strings = {"libc/Way", "agent/Retransformer", "agent/Patch"})
  void aPartOfTheLibraryThatCannotBeLoaded(String type) throws Exception {
    String name = "org/inotify4j/" + type;
    ChildJvm child = child(without(name + ".class"));
    assertThat(complaintOf(child)).isEqualTo(LEAVES + "java.lang.NoClassDefFoundError: " + name);
  }

  @Test
  void aSystemClassLoaderThatHidesTheHook() throws Exception {
    // Without the archive, since the JVM warns that it does not go with such a loader.
    ChildJvm child =
        child(JAR)
            .options(
                "-Xshare:off", "-Djava.system.class.loader=" + HidingClassLoader.class.getName())
            .classPath(JAR, JNA, PROGRAMS);
    assertThat(complaintOf(child))
        .isEqualTo(LEAVES + "the system class loader does not find the agent's classes");
  }

  private static ChildJvm child(Path agent) {
    return ChildJvm.of(DropIn.class).options("-javaagent:" + agent).classPath(JNA, PROGRAMS);
  }

  /** What a child says whose program goes on with the JDK's watch service. */
  private String complaintOf(ChildJvm child) throws IOException, InterruptedException {
    Path directory = Files.createDirectory(scratch.resolve("work"));
    ChildJvm.Result result = child.run(directory.toString(), "sockets");
    assertThat(result.output()).as(result.err()).isEqualTo(OF_JDK);
    // The JVM's own are of patched modules.
    return String.join(
        "\n", result.err().lines().filter(line -> !line.contains("warning")).toList());
  }

  /** A copy of the library's jar without a class, for whichever Java. */
  private Path without(String entry) throws IOException {
    Path copy = scratch.resolve("inotify4j.jar");
    try (JarFile jar = new JarFile(JAR.toFile());
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Enumeration<JarEntry> all = jar.entries(); all.hasMoreElements(); ) {
        JarEntry next = all.nextElement();
        if (!next.getName().endsWith(entry)) {
          out.putNextEntry(new ZipEntry(next.getName()));
          try (InputStream in = jar.getInputStream(next)) {
            in.transferTo(out);
          }
        }
      }
    }
    return copy;
  }
}
