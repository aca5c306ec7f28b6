package org.inotify4j.cli.exec;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.inotify4j.cli.base.Console;
import org.jspecify.annotations.Nullable;

/**
 * Runs the user's command, never two at a time: after each batch, or all the time.
 *
 * <p>One thread runs it, that of the watcher's listener; any thread ends it.
 */
final class CommandRuns {

  /** How long a command may take to end when it is asked to. */
  static final long PATIENCE_SECONDS = 5;

  private final CommandLauncher launcher;
  private final Console console;
  private final boolean isQuiet;
  private final Lock lock = new OrderedLock(Rank.CALLER);

  @GuardedBy("lock")
  private @Nullable Process current;

  @GuardedBy("lock")
  private boolean isOver;

  /** Whether the command could be started once: then a failure may pass. */
  @GuardedBy("lock")
  private boolean hasStarted;

  CommandRuns(CommandLauncher launcher, Console console, boolean isQuiet) {
    this.launcher = launcher;
    this.console = console;
    this.isQuiet = isQuiet;
  }

  /**
   * Runs the command until it ends.
   *
   * @throws IOException if it cannot be started, and never could
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void run(ChangedPaths paths) throws IOException, InterruptedException {
    Process process = start(paths);
    if (process != null) {
      int unused = process.waitFor();
      sayEnd(process);
    }
  }

  /**
   * Ends the command that runs, and starts it anew.
   *
   * @throws IOException if it cannot be started, and never could
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  void restart(ChangedPaths paths) throws IOException, InterruptedException {
    Process before;
    lock.lock();
    try {
      before = current;
      current = null;
    } finally {
      lock.unlock();
    }
    if (before != null) {
      end(before);
    }
    Process process = start(paths);
    if (process != null) {
      CompletableFuture<Void> unused = process.onExit().thenAccept(this::sayEnd);
    }
  }

  /** Ends the command that runs, and starts none any more. */
  void end() throws InterruptedException {
    Process last;
    lock.lock();
    try {
      isOver = true;
      last = current;
      current = null;
    } finally {
      lock.unlock();
    }
    if (last != null) {
      end(last);
    }
  }

  private @Nullable Process start(ChangedPaths paths) throws IOException {
    lock.lock();
    try {
      if (isOver) {
        return null;
      }
      current = launcher.start(paths);
      hasStarted = true;
      return current;
    } catch (IOException e) {
      if (!hasStarted) {
        throw e;
      }
      console.error(e.getMessage() + "; waiting for the next change");
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** Says how the command ended, unless it was made to. */
  private void sayEnd(Process process) {
    lock.lock();
    try {
      if (!process.equals(current)) {
        return;
      }
      current = null;
    } finally {
      lock.unlock();
    }
    if (process.exitValue() != 0 && !isQuiet) {
      console.message(launcher.name() + ": exit code " + process.exitValue());
    }
  }

  /** Ends a process with those that it has started: asks them first. */
  private static void end(Process process) throws InterruptedException {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    CompletableFuture<?> ended =
        CompletableFuture.allOf(
            all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
    try {
      Object unused = ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      int unused = process.waitFor();
    } catch (ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
