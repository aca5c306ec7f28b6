package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.sun.jna.Native;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Java virtual machine of its own for what one process can have only once: a locale, a user, a
 * limit, a class path. It has the project's classes, the tests' and JNA.
 */
@SuppressWarnings("exports")
public final class ChildJvm {

  private static final long PATIENCE_SECONDS = 50;

  /** The project's classes for Java 22 and later, which only a jar shows by itself. */
  private static final Path FOREIGN = home(INotify.class).resolve("META-INF/versions/22");

  private final List<String> prefix = new ArrayList<>();
  private final List<String> options = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();
  private final List<String> program;
  private List<Path> classPath = new ArrayList<>();
  private Path java = Path.of(System.getProperty("java.home"));

  private ChildJvm(String... program) {
    this.program = List.of(program);
    options.addAll(
        List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
    classPath.addAll(List.of(home(INotify.class), home(ChildJvm.class), home(Native.class)));
    if (Runtime.version().feature() >= 22) {
      options.add("--enable-native-access=ALL-UNNAMED");
      classPath.add(FOREIGN);
    }
  }

  /** Runs the {@code main} method of a class. */
  public static ChildJvm of(Class<?> main) {
    return new ChildJvm(main.getName());
  }

  /** Runs a source file. */
  public static ChildJvm ofSource(Path source) {
    return new ChildJvm(source.toString());
  }

  /** Runs what the words say that stand where the main class does, such as {@code -jar}. */
  public static ChildJvm launching(String... words) {
    return new ChildJvm(words);
  }

  /** A command that runs the virtual machine's command, which follows it. */
  @CanIgnoreReturnValue
  public ChildJvm prefix(String... words) {
    prefix.addAll(List.of(words));
    return this;
  }

  /** A shell script that runs before the virtual machine, in the same process. */
  @CanIgnoreReturnValue
  public ChildJvm after(String script) {
    return prefix("sh", "-c", script + " && exec \"$@\"", "sh");
  }

  /** Leaves out an option that children have otherwise. */
  @CanIgnoreReturnValue
  public ChildJvm without(String option) {
    options.remove(option);
    return this;
  }

  /** Options of the virtual machine. */
  @CanIgnoreReturnValue
  public ChildJvm options(String... more) {
    options.addAll(List.of(more));
    return this;
  }

  /** Runs the virtual machine of another Java, or of an image. */
  @CanIgnoreReturnValue
  public ChildJvm ofJava(Path home) {
    java = home;
    return this;
  }

  @CanIgnoreReturnValue
  public ChildJvm environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Another class path; none at all if there are no entries. */
  @CanIgnoreReturnValue
  public ChildJvm classPath(Path... entries) {
    classPath = List.of(entries);
    return this;
  }

  /** Takes the library that a class comes from off the class path. */
  @CanIgnoreReturnValue
  public ChildJvm without(Class<?> ofLibrary) {
    List<Path> left = new ArrayList<>(classPath);
    left.remove(home(ofLibrary));
    classPath = List.copyOf(left);
    return this;
  }

  /** Puts the library that a class comes from on the class path. */
  @CanIgnoreReturnValue
  public ChildJvm with(Class<?> ofLibrary) {
    List<Path> all = new ArrayList<>(classPath);
    all.add(home(ofLibrary));
    classPath = List.copyOf(all);
    return this;
  }

  /** Takes the classes for Java 22 and later off the class path. */
  @CanIgnoreReturnValue
  public ChildJvm withoutForeign() {
    List<Path> left = new ArrayList<>(classPath);
    left.remove(FOREIGN);
    classPath = List.copyOf(left);
    return this;
  }

  /**
   * Runs as a user without any rights, for which this one must be root.
   *
   * @param shelf a directory for copies of the class path, which that user may not read otherwise
   */
  @CanIgnoreReturnValue
  public ChildJvm asNobody(Path shelf) throws IOException {
    Syscalls.assumeRoot();
    Files.setPosixFilePermissions(shelf, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<Path> copies = new ArrayList<>();
    for (Path entry : classPath) {
      Path copy = shelf.resolve(copies.size() + "-" + entry.getFileName());
      copyTree(entry, copy);
      copies.add(copy);
    }
    classPath = copies;
    Path scratch = Files.createDirectory(shelf.resolve("scratch"));
    Files.setPosixFilePermissions(scratch, PosixFilePermissions.fromString("rwxrwxrwx"));
    options("-Djna.tmpdir=" + scratch, "-Djava.io.tmpdir=" + scratch);
    return prefix("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
  }

  /** Starts it, for a test that talks with it; its errors go to those of this process. */
  public Process start(String... arguments) throws IOException {
    return builder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Runs it to its end. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    try {
      Process process =
          builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("a child did not end: " + read(out) + read(err));
      }
      return new Result(process.exitValue(), read(out), read(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(prefix);
    command.add(java.resolve("bin/java").toString());
    command.addAll(options);
    if (!classPath.isEmpty()) {
      command.add("-cp");
      command.add(classPath.stream().map(Path::toString).collect(joining(File.pathSeparator)));
    }
    command.addAll(program);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    // Each of these changes what a virtual machine does or prints.
    Collection<String> names = builder.environment().keySet();
    names.removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    names.removeAll(List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    return builder;
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), UTF_8);
  }

  /** The directory or jar that a class comes from. */
  public static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            return copied(directory, "rwxr-xr-x");
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            return copied(file, "rw-r--r--");
          }

          private FileVisitResult copied(Path source, String permissions) throws IOException {
            Path target = to.resolve(from.relativize(source).toString());
            Files.copy(source, source.equals(from) ? to : target);
            Files.setPosixFilePermissions(
                source.equals(from) ? to : target, PosixFilePermissions.fromString(permissions));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * How a child ended.
   *
   * @param exit its exit status
   * @param out what it printed
   * @param err what it complained about
   */
  public record Result(int exit, String out, String err) {

    /** What it printed, of a child that must have ended well. */
    public String output() {
      if (exit != 0) {
        throw new AssertionError("exit status " + exit + "\n" + out + err);
      }
      return out;
    }
  }
}
