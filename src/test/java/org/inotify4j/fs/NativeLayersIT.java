package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.FOREIGN;
import static org.inotify4j.fs.Packaged.JAR;
import static org.inotify4j.fs.Packaged.JNA;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.inotify4j.fs.Packaged.child;
import static org.inotify4j.fs.Packaged.outputOf;

import com.sun.jna.Platform;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;
import org.inotify4j.ChildJvm;
import org.inotify4j.Tmpfs;
import org.inotify4j.fs.programs.NativeLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged library reaches the kernel by java.lang.foreign or by JNA, and where it was given
 * native access nothing warns.
 */
final class NativeLayersIT {

  private static final String BY_FOREIGN =
      "java.lang.foreign (" + System.getProperty("os.arch") + ")";
  private static final String BY_JNA = "JNA [0-9.]+ \\(linux-[a-z0-9-]+\\)";
  private static final String ASKED = ", since -Dinotify4j\\.native=jna asks for it";
  private static final String LIBRARY = "libjnidispatch.so";
  private static final String JNA_ASKED = "-Dinotify4j.native=jna";
  private static final String ALL_UNNAMED = "--enable-native-access=ALL-UNNAMED";

  @Test
  void theJar_isOneForBoth() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.isMultiRelease()).isTrue();
      if (FOREIGN) {
        assertThat(jar.getEntry("META-INF/versions/22/org/inotify4j/libc/ForeignLibC.class"))
            .isNotNull();
      }
      assertThat(jar.getEntry("org/inotify4j/libc/ForeignLibC.class")).isNull();
    }
  }

  /** As the JDK's tool has it; that of Java 17 fails by itself on any jar with a record in it. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void theJar_isValid() {
    ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    assertThat(tool.run(out, out, "--validate", "--file", JAR.toString())).isZero();
    assertThat(said.toString()).isEmpty();
  }

  @Test
  void classPath() throws Exception {
    ChildJvm child = child(NativeLayer.class);
    if (FOREIGN) {
      assertThat(outputOf(child)).isEqualTo(BY_FOREIGN);
    } else {
      assertThat(outputOf(child)).matches(BY_JNA);
    }
  }

  @Test
  void classPath_jnaAskedFor() throws Exception {
    assertThat(outputOf(child(NativeLayer.class).options(JNA_ASKED))).matches(BY_JNA + ASKED);
  }

  /** As the page on security has it. */
  @Test
  void classPath_jnaUnpacksNothing(@TempDir Path scratch) throws Exception {
    Path library = Files.createDirectory(scratch.resolve("library"));
    Path unpacked = Files.createDirectory(scratch.resolve("unpacked"));
    try (JarFile jar = new JarFile(JNA.toFile());
        InputStream in =
            jar.getInputStream(
                jar.getEntry("com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + LIBRARY))) {
      Files.copy(in, library.resolve(LIBRARY));
    }
    ChildJvm child =
        child(NativeLayer.class)
            .options(JNA_ASKED, "-Djna.nounpack=true", "-Djna.boot.library.path=" + library)
            .options("-Djna.tmpdir=" + unpacked);
    assertThat(outputOf(child)).matches(BY_JNA + ASKED);
    assertThat(unpacked).isEmptyDirectory();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void classPath_withoutJna_andWithoutPlaceToUnpack(@TempDir Path scratch) throws Exception {
    try (Tmpfs noexec = Tmpfs.mountNoexec(scratch)) {
      assertThat(noexec).isNotNull();
      ChildJvm child = child(NativeLayer.class).classPath(JAR, PROGRAMS);
      assertThat(outputOf(child.options("-Djava.io.tmpdir=" + scratch))).isEqualTo(BY_FOREIGN);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void modulePath_withoutJna() throws Exception {
    ChildJvm child = childWithModules(JAR).options("--enable-native-access=org.inotify4j");
    assertThat(outputOf(child)).isEqualTo(BY_FOREIGN);
  }

  /** As a program was started that knew of JNA only: it is not warned of the other layer. */
  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void modulePath_nativeAccessForJnaAlone() throws Exception {
    ChildJvm child =
        childWithModules(JAR, JNA)
            .options("--add-modules", "com.sun.jna", "--enable-native-access=com.sun.jna");
    assertThat(outputOf(child))
        .matches(BY_JNA + ", since its module was given native access, and ours was not");
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_24)
  void modulePath_nativeAccessDenied() throws Exception {
    ChildJvm child = childWithModules(JAR).options("--illegal-native-access=deny");
    assertThat(outputOf(child))
        .startsWith(
            "inotify4j reaches the kernel through java.lang.foreign or JNA. The first: this Java"
                + " virtual machine forbids it native access (")
        .contains("): start it with --enable-native-access=org.inotify4j. The second: JNA is");
  }

  @Test
  void modulePath_jnaResolved() throws Exception {
    ChildJvm child = childWithModules(JAR, JNA).options("--add-modules", "com.sun.jna", JNA_ASKED);
    if (FOREIGN) {
      child.options("--enable-native-access=com.sun.jna");
    }
    assertThat(outputOf(child)).matches(BY_JNA + ASKED);
  }

  @Test
  void modulePath_jnaNotResolved_saysHow() throws Exception {
    assertThat(outputOf(childWithModules(JAR, JNA).options(JNA_ASKED)))
        .isEqualTo(
            "inotify4j reaches the kernel through JNA, and JNA is neither on the class path nor"
                + " among the modules of this program: add net.java.dev.jna:jna, and on the module"
                + " path --add-modules com.sun.jna");
  }

  @Test
  void modulePath_jnaOnTheClassPath() throws Exception {
    ChildJvm child = childWithModules(JAR).classPath(PROGRAMS, JNA).options(JNA_ASKED);
    if (FOREIGN) {
      child.options(ALL_UNNAMED);
    }
    assertThat(outputOf(child)).matches(BY_JNA + ASKED);
  }

  /** With the library as a module, which lets the program see what it does not export. */
  private static ChildJvm childWithModules(Path... modules) {
    return child(NativeLayer.class)
        .without(ALL_UNNAMED)
        .classPath(PROGRAMS)
        .options("-p", Packaged.path(modules), "--add-modules", "org.inotify4j")
        .options("--add-exports", "org.inotify4j/org.inotify4j.libc=ALL-UNNAMED");
  }
}
