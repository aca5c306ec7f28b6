package org.inotify4j.cli.watch;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.cli.base.Console;
import org.inotify4j.cli.base.ExitCode;
import org.inotify4j.cli.base.RawArguments;

/**
 * Runs the command in the background. A JVM cannot fork: it starts the same command once more, by
 * setsid(1) in a session of its own, which no terminal interrupts or hangs up.
 *
 * <p>The arguments go to the background's standard input, since those of a process that Java starts
 * lose bytes that are not text; what the command itself reads there follows them. The background
 * writes a byte to its standard output when it watches. Until then it has the standard error of who
 * started it; then it closes both, which leaves {@code /dev/null} in their place.
 */
public final class Daemon {

  /** The system property of the background's process. */
  private static final String IS_BACKGROUND = "inotify4j.background";

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Daemon() {}

  /** Whether this is the process in the background. */
  public static boolean isBackground() {
    return Boolean.getBoolean(IS_BACKGROUND);
  }

  /**
   * Starts the command in the background, and waits until it watches.
   *
   * @param args the arguments, one char a byte
   * @param input what is given to it as standard input
   * @return the exit code
   * @throws IOException if it cannot be started; the message is for the user
   * @throws InterruptedException if the thread is interrupted
   */
  static int start(Console console, List<String> args, byte[] input, boolean quiet)
      throws IOException, InterruptedException {
    Process background = start(commandLine(args.size()));
    Thread giveUp = new Thread(background::destroy, "inotify4j-give-up");
    Runtime.getRuntime().addShutdownHook(giveUp);
    hand(args, input, background.getOutputStream());
    if (background.getInputStream().read() < 0) {
      return background.waitFor();
    }
    Runtime.getRuntime().removeShutdownHook(giveUp);
    if (!quiet) {
      console.message("Watching in the background, as process " + background.pid() + ".");
    }
    return ExitCode.EVENT;
  }

  private static Process start(List<String> line) throws IOException {
    try {
      return new ProcessBuilder(line).redirectError(Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new IOException("--daemon needs the command setsid, which is not there", e);
    }
  }

  /** What started this JVM, without the command's own arguments. */
  private static List<String> commandLine(int arguments) throws IOException {
    String[] all = RawArguments.latin1(Files.readAllBytes(COMMAND_LINE)).split("\0", -1);
    // What follows the last NUL is no argument.
    int ofJava = all.length - 1 - arguments;
    List<String> line = new ArrayList<>(List.of("setsid"));
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-D" + IS_BACKGROUND + "=true");
    for (int i = 1; i < ofJava; i++) {
      line.add(RawArguments.text(all[i]));
    }
    return line;
  }

  private static void hand(List<String> args, byte[] input, OutputStream to) throws IOException {
    try (DataOutputStream data = new DataOutputStream(to)) {
      data.writeInt(args.size());
      for (String arg : args) {
        byte[] bytes = RawArguments.bytes(arg);
        data.writeInt(bytes.length);
        data.write(bytes);
      }
      data.write(input);
    }
  }

  /**
   * The arguments of the process in the background, one char a byte.
   *
   * @param input its standard input, which is at what the command reads itself then
   */
  public static String[] arguments(InputStream input) throws IOException {
    DataInputStream data = new DataInputStream(input);
    String[] args = new String[data.readInt()];
    for (int i = 0; i < args.length; i++) {
      byte[] bytes = new byte[data.readInt()];
      data.readFully(bytes);
      args[i] = RawArguments.latin1(bytes);
    }
    return args;
  }

  /** Tells who started the process in the background that it watches, and leaves the terminal. */
  @SuppressWarnings("resource") // What is closed is left to /dev/null.
  static void detach() throws IOException {
    try (OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write('\n');
    }
    new FileOutputStream(FileDescriptor.err).close();
  }
}
