package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.inotify4j.cli.base.Console;

/** The command in a thread of this process, with what it prints in memory. */
public final class CommandThread implements AutoCloseable {

  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

  private final Thread thread;

  private CommandThread(String... arguments) {
    thread =
        new Thread(() -> exitCode.complete(Main.run(new Console(out, err), arguments)), "command");
    thread.setDaemon(true);
  }

  /** Runs the command in the calling thread, and returns its exit code. */
  public static int run(Console console, String... arguments) {
    return Main.run(console, arguments);
  }

  /** Starts the command. */
  public static CommandThread start(String... arguments) {
    CommandThread command = new CommandThread(arguments);
    command.thread.start();
    return command;
  }

  /**
   * Starts the command with something at the standard input of this process, if it is not empty.
   */
  static CommandThread withInput(String input, String... arguments) {
    CommandThread command = new CommandThread(arguments);
    if (!input.isEmpty()) {
      InputStream before = System.in;
      System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
      CompletableFuture<Integer> unused =
          command.exitCode.whenComplete((code, failure) -> System.setIn(before));
    }
    command.thread.start();
    return command;
  }

  /** Waits until the command has said that it watches. */
  public CommandThread awaitWatching() {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(5))
        .until(() -> err().endsWith("Ctrl-C ends.\n") || exitCode.isDone());
    return this;
  }

  public String out() {
    return out.toString(UTF_8);
  }

  /** What it printed, one char a byte. */
  public String outAsLatin1() {
    return out.toString(ISO_8859_1);
  }

  public String err() {
    return err.toString(UTF_8);
  }

  /** What it said, one char a byte. */
  String errAsLatin1() {
    return err.toString(ISO_8859_1);
  }

  /** Waits until the command has ended, and returns its exit code. */
  public int exitCode() throws Exception {
    return exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** Ends one that a watch service keeps waiting. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
