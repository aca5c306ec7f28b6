package org.inotify4j.watch;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.inotify4j.EventBuffer;
import org.inotify4j.Flag;
import org.inotify4j.INotify;

/** Raw instances, each from its opening to its close, with every public method. */
final class RawCalls {

  private static final Duration SHORT = Duration.ofMillis(20);

  private final CallBook calls;
  private final ExecutorService threads;

  RawCalls(CallBook calls, ExecutorService threads) {
    this.calls = calls;
    this.threads = threads;
  }

  /** Goes through the life of one, with watches at some of the places. */
  void use(Random random, Supplier<Path> places) throws Exception {
    try (INotify inotify = calls.call("INotify.open", INotify::open)) {
      EventBuffer buffer = EventBuffer.allocate(4096);
      Future<?> waking = threads.submit(() -> CallBook.done(inotify::wakeup));
      for (int i = 0; i < 20; i++) {
        Path path = places.get();
        int wd =
            calls.call(
                "INotify.addWatch",
                () -> {
                  try {
                    return inotify.addWatch(path, Flag.CREATE, Flag.DELETE, Flag.MOVED_TO);
                  } catch (NoSuchFileException | NotDirectoryException e) {
                    return 0;
                  } catch (FileSystemException e) {
                    // Links that lead to each other.
                    return 0;
                  }
                });
        calls.call("INotify.read(timeout)", SHORT, () -> inotify.read(SHORT));
        calls.call("INotify.read(delay)", SHORT, () -> inotify.read(SHORT, SHORT));
        calls.call("INotify.read(buffer)", SHORT, () -> inotify.read(buffer, SHORT));
        calls.call("INotify.fd", inotify::fd);
        calls.call("INotify.isOpen", inotify::isOpen);
        calls.call("INotify.toString", inotify::toString);
        if (wd > 0 && random.nextBoolean()) {
          calls.call("INotify.removeWatch", () -> removed(inotify, wd));
        }
      }
      waking.get(10, TimeUnit.SECONDS);
      Future<?> closing = threads.submit(inotify::close);
      calls.call("INotify.read", () -> readUntilClosed(inotify));
      closing.get(10, TimeUnit.SECONDS);
    }
  }

  private static boolean removed(INotify inotify, int wd) throws IOException {
    try {
      inotify.removeWatch(wd);
      return true;
    } catch (IllegalArgumentException e) {
      return false; // It was deleted.
    }
  }

  private static boolean readUntilClosed(INotify inotify) throws IOException {
    try {
      while (true) {
        inotify.read();
      }
    } catch (ClosedChannelException e) {
      return true;
    }
  }
}
