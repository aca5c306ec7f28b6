package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs out of memory again and again while files are made that nobody asks for, and says then what
 * has become of its services: each works, or is closed, with the cause, and who waited was woken.
 */
public final class ProgramOutOfMemory {

  private static final long LONG_ENOUGH = TimeUnit.SECONDS.toNanos(5);
  private static final String LONG = "n".repeat(200);
  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};

  private static volatile boolean isOver;

  private ProgramOutOfMemory() {}

  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    List<Watched> all = new ArrayList<>();
    all.add(new Watched("tree", root, INotifyModifiers.RECURSIVE));
    all.add(new Watched("plain", root));
    all.add(new Watched("file", root.resolve("last"), INotifyModifiers.FILE));
    Thread hog = new Thread(ProgramOutOfMemory::takeAllMemory);
    hog.setDaemon(true);
    hog.start();
    long end = System.nanoTime() + LONG_ENOUGH;
    for (int i = 0; System.nanoTime() - end < 0; i++) {
      try {
        Path file = root.resolve(LONG + i);
        Files.createFile(file);
        Files.delete(file);
      } catch (OutOfMemoryError e) {
        // That is what this is about.
      }
    }
    isOver = true;
    hog.join();
    for (Watched one : all) {
      System.out.println(one.name + ": " + one.state(root));
    }
  }

  /** Takes what there is, to the last kilobyte, and gives it back; then once more. */
  private static void takeAllMemory() {
    while (!isOver) {
      @Nullable Object[] taken = new Object[1 << 16];
      int count = 0;
      for (int size = 1 << 20; size >= 64 && !isOver; ) {
        try {
          taken[count] = new byte[size];
          count = Math.min(count + 1, taken.length - 1);
        } catch (OutOfMemoryError e) {
          size /= 4;
        }
      }
    }
  }

  /** A service with one key, and a thread that waits for what never comes. */
  private static final class Watched {
    final String name;
    private final INotifyWatchService service;
    private final INotifyWatchService quiet;
    private final WatchKey key;
    private final Thread waiting;

    Watched(String name, Path path, WatchEvent.Modifier... modifiers) throws Exception {
      this.name = name;
      service = INotifyWatchService.open();
      quiet = INotifyWatchService.open();
      key = service.register(path, CREATED, modifiers);
      waiting = new Thread(this::waitForNothing);
      waiting.setDaemon(true);
      waiting.start();
    }

    private void waitForNothing() {
      try {
        quiet.take();
      } catch (ClosedWatchServiceException | InterruptedException e) {
        // Woken.
      }
    }

    String state(Path root) throws Exception {
      try {
        return service.isOpen() ? stateOfOpen(root) : stateOfClosed();
      } catch (ClosedWatchServiceException e) {
        // The poller was about to find that it cannot go on.
        return stateOfClosed();
      }
    }

    private String stateOfClosed() throws InterruptedException {
      try {
        service.take();
        return "not closed for who takes";
      } catch (ClosedWatchServiceException e) {
        waiting.join(TimeUnit.SECONDS.toMillis(10));
        return !quiet.isOpen() && waiting.isAlive()
            ? "nobody woke who waits: " + List.of(waiting.getStackTrace())
            : isForWantOfMemory(e) ? "closed" : "closed by " + described(e);
      }
    }

    /** The JDK wraps the error where it links a call for the first time. */
    private static boolean isForWantOfMemory(Throwable closed) {
      Throwable cause = closed.getCause();
      while (cause != null && !(cause instanceof OutOfMemoryError)) {
        cause = cause.getCause();
      }
      return cause != null;
    }

    /** What has closed it, with its stack, in one line. */
    private static String described(ClosedWatchServiceException e) {
      StringWriter stack = new StringWriter();
      e.printStackTrace(new PrintWriter(stack, true));
      return stack.toString().replaceAll("\\s+", " ");
    }

    private String stateOfOpen(Path root) throws Exception {
      key.pollEvents();
      key.reset();
      for (int i = 0; i < 3; i++) {
        Files.deleteIfExists(root.resolve("last"));
        Files.createFile(root.resolve("last"));
        if (!service.sync(Duration.ofSeconds(10))) {
          return "deaf: not everything was delivered in time";
        }
        if (!key.isValid()) {
          return "the key ended";
        }
        if (!key.pollEvents().isEmpty()) {
          return "works";
        }
      }
      return "deaf: nothing is told";
    }
  }
}
