package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The command inotifywait, or inotifywatch, as a child process with what it prints in files. */
final class Inotifywait implements AutoCloseable {

  private final Process process;
  private final Path out;
  private final Path err;

  private Inotifywait(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts inotifywait in a directory. */
  static Inotifywait start(Path directory, List<String> arguments) throws IOException {
    return start(directory, "inotifywait", arguments, "");
  }

  /** Starts it, or inotifywatch, with something at its standard input. */
  static Inotifywait start(Path directory, String command, List<String> arguments, String input)
      throws IOException {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(arguments);
    Path out = Files.createTempFile("out", null);
    Path err = Files.createTempFile("err", null);
    Process process =
        new ProcessBuilder(line)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      // It has ended without reading.
    }
    return new Inotifywait(process, out, err);
  }

  /** Waits until it has said that it watches. */
  void awaitWatching() {
    until(() -> err().contains("atches established.\n") || err().contains("now collecting"));
  }

  /** Waits for one that says nothing, until the kernel lists a watch of it. */
  void awaitWatches() {
    until(this::watches);
  }

  private void until(java.util.concurrent.Callable<Boolean> condition) {
    await()
        .atMost(CommandThread.PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> condition.call() || !process.isAlive());
  }

  private boolean watches() throws IOException {
    try (var files = Files.list(Path.of("/proc", Long.toString(process.pid()), "fdinfo"))) {
      for (Path file : files.toList()) {
        if (Files.readString(file).contains("inotify wd:")) {
          return true;
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // It is about to begin, or has ended.
    }
    return false;
  }

  /** Waits until it has read what there was: then it sleeps. */
  void awaitIdle() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    until(() -> Files.readString(status).contains("\nState:\tS"));
  }

  /** Interrupts it. */
  void interrupt() throws Exception {
    CommandProcess.shell(Path.of("/"), "kill -INT " + process.pid());
  }

  String out() {
    return read(out);
  }

  String err() {
    return read(err);
  }

  /** Waits until it has ended, and returns its exit code. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.delete(out);
    Files.delete(err);
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
