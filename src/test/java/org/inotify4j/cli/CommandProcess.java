package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged command as a child process, with what it prints in files. */
public final class CommandProcess implements AutoCloseable {

  /** What the command says of itself while it watches one path, and when that is gone. */
  public static final String WATCHING = "Watching 1 path; Ctrl-C ends.\n";

  public static final String GONE = "Nothing is left to watch: the last watched path is gone.\n";

  /** The bit of SIGINT, which has the number 2, in the masks of proc(5). */
  private static final long SIGINT = 0x2;

  public static final Path JAR =
      Path.of(System.getProperty("inotify4j.cli.jar", "target/inotify4j-cli.jar"));

  /**
   * Lets Ctrl-C end the command as for who starts it at a terminal, also where this process was
   * started in the background, by a shell that makes such processes, and their children, ignore it.
   */
  private static final List<String> INTERRUPTIBLE = interruptible();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path out;
  private final Path err;

  private CommandProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts the command with arguments in a directory. */
  public static CommandProcess start(Path directory, String... arguments) throws IOException {
    return start(directory, Map.of(), List.of(), JAR, arguments);
  }

  /**
   * Starts the command.
   *
   * @param directory its working directory
   * @param environment what is added to its environment
   * @param prefix a command that runs another one, and its arguments
   * @param jar the command's jar
   */
  public static CommandProcess start(
      Path directory,
      Map<String, String> environment,
      List<String> prefix,
      Path jar,
      String... arguments)
      throws IOException {
    List<String> line = new ArrayList<>(INTERRUPTIBLE);
    line.addAll(prefix);
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-jar");
    line.add(jar.toAbsolutePath().toString());
    line.addAll(List.of(arguments));
    Path out = Files.createTempFile("out", null);
    Path err = Files.createTempFile("err", null);
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    return new CommandProcess(builder.start(), out, err);
  }

  private static List<String> interruptible() {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(env);
    trial.add("true");
    try {
      Process process =
          new ProcessBuilder(trial)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0 ? env : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Skips a test of Ctrl-C where the commands that it starts ignore it. */
  public static void assumeInterruptible() throws IOException {
    if (INTERRUPTIBLE.isEmpty()) {
      String ignored =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .findFirst()
              .orElseThrow();
      long mask = Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).trim(), 16);
      assumeTrue(
          (mask & SIGINT) == 0,
          "SIGINT is ignored by this process, and there is no env --default-signal to change that");
    }
  }

  /** Waits until the command has said on standard error that it watches. */
  public CommandProcess awaitWatching() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> read(err).endsWith("Ctrl-C ends.\n") || !process.isAlive());
    assertThat(process.isAlive()).as("watching; it said: %s", read(err)).isTrue();
    return this;
  }

  /** Waits until the command has printed at least so much. */
  public CommandProcess awaitOutput(String expected) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> read(out).contains(expected));
    return this;
  }

  /** Waits until the command has ended, and returns its exit code. */
  public int exitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).as("has ended").isTrue();
    return process.exitValue();
  }

  public String out() {
    return read(out);
  }

  public String err() {
    return read(err);
  }

  public long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(out);
    Files.delete(err);
  }

  /** Runs a shell script and waits for it; returns what it printed, a char a byte. */
  public static String shell(Path directory, String script)
      throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", script)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(shell.waitFor()).as("%s: %s", script, said).isZero();
    return said;
  }

  /** Whether a command of the shell succeeds. */
  public static boolean succeeds(String script) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", script)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return shell.waitFor() == 0;
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
