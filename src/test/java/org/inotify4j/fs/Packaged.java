package org.inotify4j.fs;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.jna.Native;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Report;

/** The packaged library, and child JVMs that run programs with it. */
final class Packaged {

  static final Path JAR =
      Path.of(System.getProperty("inotify4j.jar", "target/inotify4j.jar")).toAbsolutePath();
  static final Path JNA = ChildJvm.home(Native.class);
  static final Path PROGRAMS = ChildJvm.home(Report.class);

  static final String FLAG =
      "-Djava.nio.file.spi.DefaultFileSystemProvider=org.inotify4j.fs.INotifyFileSystemProvider";

  /** Whether this Java has java.lang.foreign, and the jar the classes for it. */
  static final boolean FOREIGN = Runtime.version().feature() >= 22;

  private static final Path SOURCES = Path.of("src/test/java");

  private Packaged() {}

  /** A child that runs a program with the library on its class path. */
  static ChildJvm child(Class<?> program) {
    return ChildJvm.of(program).classPath(JAR, JNA, PROGRAMS);
  }

  /** A child that runs a program of a module, with the library on the module path. */
  static ChildJvm childOfModule(Path module, Class<?> program) {
    return ChildJvm.launching("-m", module.getFileName() + "/" + program.getName())
        .classPath()
        .options("-p", path(JAR, JNA, module))
        .options(nativeLayer());
  }

  /** The options that a program on the module path needs for the layer that its Java has. */
  static String[] nativeLayer() {
    return FOREIGN
        ? new String[] {"--enable-native-access=org.inotify4j"}
        : new String[] {"--add-modules", "com.sun.jna"};
  }

  static String path(Path... entries) {
    return Arrays.stream(entries).map(Path::toString).collect(joining(File.pathSeparator));
  }

  /** What a child printed, that must have ended well and complained about nothing. */
  @CanIgnoreReturnValue
  static String outputOf(ChildJvm child, String... arguments)
      throws IOException, InterruptedException {
    ChildJvm.Result result = child.run(arguments);
    String output = result.output();
    assertThat(result.err()).as("standard error").isEmpty();
    return output;
  }

  /**
   * Compiles programs as a module.
   *
   * @param directory where to; its name is the module's
   * @param directives what the module declares
   */
  static Path module(Path directory, String directives, Class<?>... programs) throws IOException {
    Path declaration = Files.createDirectories(directory).resolve("module-info.java");
    Files.writeString(declaration, "module " + directory.getFileName() + " {" + directives + "}");
    List<String> words = new ArrayList<>(List.of("-p", path(JAR, JNA), "-d", directory.toString()));
    words.add(declaration.toString());
    for (Class<?> program : programs) {
      words.add(sourceOf(program).toString());
    }
    int errors =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new));
    assertThat(errors).as("exit status of the compiler").isZero();
    return directory;
  }

  static Path sourceOf(Class<?> program) {
    return SOURCES.resolve(program.getName().replace('.', '/') + ".java");
  }

  /** Makes a jar of classes. */
  static Path jar(Path jar, Map<String, String> attributes, Class<?>... classes)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        out.putNextEntry(new ZipEntry(entry));
        Files.copy(PROGRAMS.resolve(entry), out);
      }
    }
    return jar;
  }
}
