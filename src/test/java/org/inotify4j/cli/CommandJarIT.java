package org.inotify4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The two jars, and what the command says of itself. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CommandJarIT {

  @TempDir Path temp;

  @Test
  void version_saysTheVersionTheJavaAndTheNativeLayer() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, "--version")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.out().lines().toList())
          .hasSize(3)
          .satisfies(
              lines -> {
                assertThat(lines.get(0))
                    .isEqualTo("inotify4j " + System.getProperty("inotify4j.version"));
                assertThat(lines.get(1)).startsWith("Java " + System.getProperty("java.version"));
                assertThat(lines.get(2))
                    .matches(
                        Runtime.version().feature() < 22
                            ? "JNA [0-9.]+ \\(linux-.*\\)"
                            : "java\\.lang\\.foreign \\(" + System.getProperty("os.arch") + "\\)");
              });
      assertThat(command.err()).isEmpty();
    }
  }

  @Test
  void help_goesToStandardOutput() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp, "watch", "--help")) {
      assertThat(command.exitCode()).isZero();
      assertThat(command.out()).startsWith("Usage: inotify4j watch [OPTION]... PATH...\n");
      assertThat(command.out()).doesNotContain("\033");
      assertThat(command.err()).isEmpty();
    }
  }

  @Test
  void noCommand_printsTheUsageAndExitsWith1() throws Exception {
    try (CommandProcess command = CommandProcess.start(temp)) {
      assertThat(command.exitCode()).isEqualTo(1);
      assertThat(command.out()).isEmpty();
      assertThat(command.err()).startsWith("Usage: inotify4j watch [OPTION]... PATH...\n");
    }
  }

  @Test
  void theCommandsJar_hasItsManifestAndNoModule() throws Exception {
    try (JarFile jar = new JarFile(CommandProcess.JAR.toFile())) {
      var manifest = jar.getManifest().getMainAttributes();
      assertThat(manifest.getValue("Enable-Native-Access")).isEqualTo("ALL-UNNAMED");
      assertThat(jar.isMultiRelease()).isTrue();
      assertThat(manifest.getValue("Main-Class")).isEqualTo("org.inotify4j.cli.Main");
      assertThat(jar.getEntry("com/sun/jna/Native.class")).isNotNull();
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.endsWith("module-info.class"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void picoclisClasses_areClassFilesOfJava8_andPassTheVerifier() throws Exception {
    URL[] urls = {CommandProcess.JAR.toUri().toURL()};
    try (JarFile jar = new JarFile(CommandProcess.JAR.toFile());
        URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      List<JarEntry> classes =
          jar.stream().filter(entry -> entry.getName().matches("picocli/.*\\.class")).toList();
      assertThat(classes).hasSizeGreaterThan(200);
      for (JarEntry entry : classes) {
        try (DataInputStream bytes = new DataInputStream(jar.getInputStream(entry))) {
          assertThat(bytes.readInt()).isEqualTo(0xCAFEBABE);
          assertThat(bytes.readInt()).as(entry.getName()).isEqualTo(52);
        }
        String name = entry.getName().replace('/', '.').replaceAll("\\.class$", "");
        // What initializes a class has it verified.
        assertThat(Class.forName(name, true, loader).getClassLoader()).isSameAs(loader);
      }
    }
  }

  @Test
  void anArchiveOfClasses_hasThoseOfPicocliToo() throws Exception {
    Path archive = temp.resolve("classes.jsa");
    Path log = temp.resolve("log");
    assertThat(helpWith("-XX:ArchiveClassesAtExit=" + archive)).isZero();
    assertThat(helpWith("-XX:SharedArchiveFile=" + archive, "-Xlog:class+load:file=" + log))
        .isZero();
    assertThat(Files.readAllLines(log))
        .filteredOn(line -> line.contains(" picocli."))
        .hasSizeGreaterThan(50)
        .allMatch(line -> line.endsWith(" source: shared objects file (top)"));
  }

  @Test
  void theStart_initializesNoClassesThatTakeTimeAndAreForNoOption() throws Exception {
    Path log = temp.resolve("log");
    assertThat(helpWith("-Xlog:class+init:file=" + log)).isZero();
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.contains("'org/inotify4j/cli/options/TimeoutConverter'"))
        .noneMatch(line -> line.contains("'java/math/BigDecimal'"))
        .noneMatch(line -> line.contains("'java/sql/"))
        .noneMatch(line -> line.contains("'java/time/MonthDay'"));
  }

  /** Has a JVM with options print the help, and returns its exit code. */
  private int helpWith(String... options) throws Exception {
    Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", String.join(" ", options));
    try (CommandProcess command =
        CommandProcess.start(temp, environment, List.of(), CommandProcess.JAR, "watch", "--help")) {
      return command.exitCode();
    }
  }

  @Test
  void theLibrarysJar_hasNothingOfTheCommand() throws Exception {
    try (JarFile jar = new JarFile(System.getProperty("inotify4j.jar"))) {
      assertThat(jar.getEntry("org/inotify4j/INotify.class")).isNotNull();
      assertThat(jar.stream().map(entry -> entry.getName()))
          .noneMatch(name -> name.contains("/cli") || name.contains("picocli"))
          .noneMatch(name -> name.contains("gson"));
    }
  }
}
