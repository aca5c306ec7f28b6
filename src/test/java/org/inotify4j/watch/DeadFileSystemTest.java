package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.inotify4j.changes.ChangeListener;
import org.inotify4j.changes.PathWatcher;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A file system whose server does not answer, as of a machine that is gone: bindfs, with its
 * process stopped.
 */
final class DeadFileSystemTest extends SilentMountTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final WatchEvent.Kind<?>[] MODIFIED = {ENTRY_MODIFY};

  private final ExecutorService threads = Executors.newCachedThreadPool();

  DeadFileSystemTest() {
    super("app/data/mounted", "d/");
  }

  @Override
  @AfterEach
  void close() throws Exception {
    super.close();
    threads.shutdown();
    assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
  }

  /** Directories that come are a reason to look what is mounted, and it is not asked for that. */
  @Test
  void costsNothingInATreeThatLeavesItOut() throws Exception {
    Path app = scratch.resolve("app");
    Path left = Files.createDirectory(app.resolve("data/left"));
    Bindfs uncached = mounts.mountWithoutCache(source, left);
    Files.createDirectories(scratch.resolve("made/b"));
    WatchKey key =
        service.register(
            app, CREATED, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude("data"));
    server.stop();
    uncached.stop();
    Files.createDirectories(app.resolve("a/b/c"));
    Files.createFile(app.resolve("a/b/c/f"));
    Pending.sync(service);
    Files.move(scratch.resolve("made"), app.resolve("made"), StandardCopyOption.ATOMIC_MOVE);
    Files.createFile(app.resolve("made/b/f"));
    Pending.sync(service);
    assertThat(Told.by(key))
        .containsExactly(
            "ENTRY_CREATE a",
            "ENTRY_CREATE a/b",
            "ENTRY_CREATE a/b/c",
            "ENTRY_CREATE a/b/c/f",
            "ENTRY_CREATE made",
            "ENTRY_CREATE made/b",
            "ENTRY_CREATE made/b/f");
  }

  @Test
  void costsNobodyButWhoWatchesIt() throws Exception {
    Path other = Files.createDirectory(scratch.resolve("other"));
    Files.createDirectory(other.resolve("d"));
    WatchKey others = service.register(other, CREATED, INotifyModifiers.RECURSIVE);
    WatchKey dead = service.register(mounted, CREATED, INotifyModifiers.RECURSIVE);
    Files.createFile(mounted.resolve("d/alive"));
    Pending.sync(service);
    assertThat(Told.by(dead)).containsExactly("ENTRY_CREATE d/alive");

    // As after the kernel's queue was full: it has to be looked at.
    Gate looking = kernel.holdListing("mounted");
    requireNonNull(((Key) dead).follower()).overflow();
    looking.awaitReached();
    Gate opening = kernel.holdOpening(".");
    Future<WatchKey> registering =
        threads.submit(
            () -> service.register(mounted.resolve("d"), CREATED, INotifyModifiers.RECURSIVE));
    opening.awaitReached();
    server.stop();
    // Both have to ask the server next.
    looking.open();
    opening.open();

    Files.createFile(other.resolve("d/f"));
    Told.until(others, "ENTRY_CREATE d/f");
    assertThat(service.sync(Duration.ofMillis(50))).isFalse();
    assertThat(service.sync(Duration.ofSeconds(Long.MIN_VALUE))).isFalse();
    Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
    Files.createDirectory(elsewhere.resolve("d"));
    WatchKey another =
        threads
            .submit(() -> service.register(elsewhere, CREATED, INotifyModifiers.RECURSIVE))
            .get(5, SECONDS);
    Files.createFile(elsewhere.resolve("d/f"));
    Told.until(another, "ENTRY_CREATE d/f");
    assertThat(registering.isDone()).isFalse();

    threads.submit(service::close).get(5, SECONDS);
    assertThat(dead.isValid()).isFalse();
    server.goOn();
    assertThatThrownBy(() -> registering.get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
  }

  /** Not even what it is, where nothing of it is watched. */
  @Test
  void isNotAsked_byWhoWatchesBesideIt() throws Exception {
    Path app = scratch.resolve("app");
    Path file = Files.createFile(app.resolve("app.conf"));
    server.stop();
    System.setProperty(PollSettings.MODE_PROPERTY, "auto");
    WatchKey ofFile = inTime(() -> service.register(file, MODIFIED, INotifyModifiers.FILE));
    WatchKey ofDirectory = inTime(() -> service.register(app, MODIFIED));
    BlockingQueue<String> changes = new LinkedBlockingQueue<>();
    ChangeListener listener = batch -> batch.forEach(change -> changes.add(change.toString()));
    try (PathWatcher byFile = inTime(() -> PathWatcher.file(file).start(listener));
        PathWatcher byDirectory = inTime(() -> PathWatcher.directory(app).start(listener))) {
      Files.write(file, new byte[] {1}, StandardOpenOption.APPEND);
      assertThat(byFile.sync(Duration.ofSeconds(10))).isTrue();
      assertThat(byDirectory.sync(Duration.ofSeconds(10))).isTrue();
      assertThat(changes).hasSize(2).allMatch(change -> change.contains("MODIFIED"));
    }
    assertThat(service.sync(Duration.ofSeconds(10))).isTrue();
    assertThat(Told.by(ofFile)).containsExactly("ENTRY_MODIFY ");
    assertThat(Told.by(ofDirectory)).containsExactly("ENTRY_MODIFY app.conf");
  }

  /** Nor what is at a path, of which the bytes are wanted: by who has locks. */
  @Test
  void isNotAsked_byWhoLeavesIt_whateverItsName() throws Exception {
    Path odd = PathBytes.resolve(scratch, new byte[] {'d', (byte) 0xFF});
    Path dead = Files.createSymbolicLink(odd, mounted).resolve("d");
    Path local = Files.createDirectory(scratch.resolve("local"));
    try (INotifyWatchService one = INotifyWatchService.open();
        INotifyWatchService another = INotifyWatchService.open()) {
      WatchKey stays = one.register(dead, CREATED);
      WatchKey leaves = another.register(dead, ENTRY_CREATE, ENTRY_MODIFY);
      WatchKey file = another.register(dead.resolve("f"), MODIFIED, INotifyModifiers.FILE);
      WatchKey others = one.register(local, CREATED);
      server.stop();
      inTime(leaves::toString);
      inTime(Executors.callable(leaves::cancel));
      inTime(Executors.callable(file::cancel));
      Files.createFile(local.resolve("f"));
      assertThat(inTime(() -> one.sync(Duration.ofSeconds(4)))).isTrue();
      assertThat(Told.by(others)).containsExactly("ENTRY_CREATE f");
      assertThat(stays.isValid()).isTrue();
      // What narrows the watch waits for the server.
      mounts.unmountAll();
    }
  }

  private <T> T inTime(Callable<T> call) throws Exception {
    return threads.submit(call).get(5, SECONDS);
  }
}
