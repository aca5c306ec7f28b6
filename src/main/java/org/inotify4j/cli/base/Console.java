package org.inotify4j.cli.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.jspecify.annotations.Nullable;

/**
 * Writes to standard output and standard error, as UTF-8 whatever the locale, or to what takes
 * their place.
 *
 * <p>What is printed in one call reaches standard output whole, also when Ctrl-C ends the JVM
 * meanwhile: {@link #finish}, called by the shutdown hook, waits for it.
 */
public final class Console {

  /** How long the end of the JVM waits for a reader of standard output that is slow or stuck. */
  private static final long PATIENCE_MILLIS = 500;

  private final Lock printing = new OrderedLock(Rank.CALLER);
  private volatile OutputStream out;
  private volatile OutputStream err;

  /** What the output is called where it cannot be written. */
  private volatile String outName = "standard output";

  /** Who is to be interrupted before the end; null for nobody. */
  private volatile @Nullable AtInterrupt interrupted;

  private volatile boolean isOutOfProcess;
  private volatile boolean isErrOfProcess;

  /** One that prints to streams, of which none is a terminal. */
  public Console(OutputStream out, OutputStream err) {
    this.out = new BufferedOutputStream(out, 64 * 1024);
    this.err = err;
  }

  /** The console of this process. */
  public static Console ofProcess() {
    Console console =
        new Console(
            new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err));
    console.isOutOfProcess = true;
    console.isErrOfProcess = true;
    return console;
  }

  /** Prints to a file from now on. */
  public void redirectOutput(OutputStream file, String name) {
    out = new BufferedOutputStream(file, 64 * 1024);
    outName = name;
    isOutOfProcess = false;
  }

  /** Says things somewhere else from now on, each in a line. */
  public void redirectMessages(OutputStream lines) {
    err = lines;
    isErrOfProcess = false;
  }

  /** Prints to standard output, and flushes. */
  public boolean print(List<String> texts) throws IOException {
    return print(texts, UTF_8);
  }

  /**
   * Prints to standard output, and flushes.
   *
   * @return false where nobody reads it any more
   * @throws IOException if it cannot be written for another reason
   */
  public boolean print(List<String> texts, Charset charset) throws IOException {
    printing.lock();
    try {
      for (String text : texts) {
        out.write(text.getBytes(charset));
      }
      out.flush();
      return true;
    } catch (IOException e) {
      if (isClosedByReader(e)) {
        return false;
      }
      throw new IOException(outName + ": " + e.getMessage(), e);
    } finally {
      printing.unlock();
    }
  }

  /**
   * Prints all that a command has to say, or says why that cannot be.
   *
   * @return the command's exit code
   */
  public int printAll(String text) {
    try {
      boolean unused = print(List.of(text));
      return ExitCode.EVENT;
    } catch (IOException e) {
      error(String.valueOf(e.getMessage()));
      return ExitCode.ERROR;
    }
  }

  /** Says something on standard error, in a line of its own. */
  public void message(String text) {
    try {
      err.write((text + "\n").getBytes(UTF_8));
      err.flush();
    } catch (IOException e) {
      // Nobody listens, and there is nowhere else to say it.
    }
  }

  /** Whether standard error is a terminal. */
  public boolean isTerminal() {
    return isErrOfProcess && isTerminal(2);
  }

  /** Whether standard output is a terminal. */
  public boolean printsToTerminal() {
    return isOutOfProcess && isTerminal(1);
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException e) {
      return false;
    }
  }

  /** Shows a line on the terminal at standard error until the next one, or nothing, replaces it. */
  public void show(String line) {
    try {
      err.write(("\r" + line + "\u001b[K").getBytes(UTF_8));
    } catch (IOException e) {
      // Nobody is looking.
    }
  }

  /** Says on standard error, in one line, why the command cannot do what it was asked to. */
  public void error(String reason) {
    message("inotify4j: " + reason.replace('\n', ' '));
  }

  /** Has somebody interrupted before the end, who has still something to print; null for nobody. */
  public void interruptAtEnd(@Nullable AtInterrupt whom) {
    interrupted = whom;
  }

  /** Waits until what is being printed is printed. Nothing is printed after that. */
  public void finish() {
    AtInterrupt whom = interrupted;
    if (whom != null) {
      whom.interrupt();
    }
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
