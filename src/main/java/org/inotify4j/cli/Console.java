package org.inotify4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;

/**
 * Writes to standard output and standard error, as UTF-8 whatever the locale.
 *
 * <p>What is printed in one call reaches standard output whole, also when Ctrl-C ends the JVM
 * meanwhile: {@link #finish}, called by the shutdown hook, waits for it.
 */
final class Console {

  /** How long the end of the JVM waits for a reader of standard output that is slow or stuck. */
  private static final long PATIENCE_MILLIS = 500;

  private final OutputStream out;
  private final OutputStream err;
  private final Lock printing = new OrderedLock(Rank.CALLER);

  Console(OutputStream out, OutputStream err) {
    this.out = new BufferedOutputStream(out, 64 * 1024);
    this.err = err;
  }

  /** The console of this process. */
  static Console ofProcess() {
    return new Console(
        new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
  }

  /**
   * Prints to standard output, and flushes.
   *
   * @return false where nobody reads it any more
   * @throws IOException if it cannot be written for another reason
   */
  boolean print(List<String> texts) throws IOException {
    printing.lock();
    try {
      for (String text : texts) {
        out.write(text.getBytes(UTF_8));
      }
      out.flush();
      return true;
    } catch (IOException e) {
      if (isClosedByReader(e)) {
        return false;
      }
      throw new IOException("standard output: " + e.getMessage(), e);
    } finally {
      printing.unlock();
    }
  }

  /** Says something on standard error, in a line of its own. */
  void message(String text) {
    try {
      err.write((text + "\n").getBytes(UTF_8));
    } catch (IOException e) {
      // Nobody listens, and there is nowhere else to say it.
    }
  }

  /** Whether standard error is a terminal. */
  boolean isTerminal() {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Shows a line on the terminal at standard error until the next one, or nothing, replaces it. */
  void show(String line) {
    try {
      err.write(("\r" + line + "\u001b[K").getBytes(UTF_8));
    } catch (IOException e) {
      // Nobody is looking.
    }
  }

  /** Says on standard error, in one line, why the command cannot do what it was asked to. */
  void error(String reason) {
    message("inotify4j: " + reason.replace('\n', ' '));
  }

  /** Waits until what is being printed is printed. Nothing is printed after that. */
  void finish() {
    try {
      // Never released: a line that began now would be cut by the end of the JVM.
      boolean unused = printing.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the failure is EPIPE, which the JVM tells by its text only. */
  private static boolean isClosedByReader(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }
}
