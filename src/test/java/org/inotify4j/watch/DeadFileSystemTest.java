package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file system whose server does not answer, as of a machine that is gone: bindfs, with its
 * process stopped. Only where there is such a thing: {@code /dev/fuse}, the command, and the right
 * to mount.
 */
final class DeadFileSystemTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};

  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path scratch;
  private Path source;
  private Path mounted;
  private Process server;
  private INotifyWatchService service;

  @BeforeEach
  void mount() throws IOException {
    assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "/dev/fuse is there");
    assumeTrue(isInstalled("bindfs"), "bindfs is installed");
    source = Files.createDirectories(scratch.resolve("source"));
    Files.createDirectory(source.resolve("d"));
    mounted = Files.createDirectory(scratch.resolve("mounted"));
    server =
        new ProcessBuilder("bindfs", "-f", source.toString(), mounted.toString())
            .redirectErrorStream(true)
            .redirectOutput(scratch.resolve("log").toFile())
            .start();
    await()
        .until(
            () ->
                Files.isDirectory(mounted.resolve("d"))
                    || (!server.isAlive() && isNotAllowed(scratch.resolve("log"))));
    service = INotifyWatchService.openDedicated();
  }

  private static boolean isInstalled(String command) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
  }

  /** Skips the test where the machine does not let us mount. */
  private static boolean isNotAllowed(Path log) throws IOException {
    String said = Files.readString(log, UTF_8);
    assumeTrue(!said.contains("ermitted") && !said.contains("ermission"), said);
    throw new AssertionError("bindfs ended: " + said);
  }

  @AfterEach
  void unmount() throws Exception {
    if (server != null) {
      // What waits for it gets an error then.
      server.destroyForcibly().waitFor();
      run("umount", "-l", mounted.toString());
    }
    if (service != null) {
      service.close();
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(10, SECONDS)).isTrue();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
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

    run("kill", "-STOP", String.valueOf(server.pid()));
    // As after the kernel's queue was full: it has to be looked at.
    requireNonNull(((Key) dead).follower()).overflow();
    Future<WatchKey> registering =
        threads.submit(
            () -> service.register(mounted.resolve("d"), CREATED, INotifyModifiers.RECURSIVE));

    Files.createFile(other.resolve("d/f"));
    await().until(() -> Told.by(others).contains("ENTRY_CREATE d/f"));
    assertThat(service.sync(Duration.ofMillis(50))).isFalse();
    Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere"));
    Files.createDirectory(elsewhere.resolve("d"));
    WatchKey another =
        threads
            .submit(() -> service.register(elsewhere, CREATED, INotifyModifiers.RECURSIVE))
            .get(5, SECONDS);
    Files.createFile(elsewhere.resolve("d/f"));
    await().until(() -> Told.by(another).contains("ENTRY_CREATE d/f"));
    assertThat(registering.isDone()).isFalse();

    threads.submit(service::close).get(5, SECONDS);
    assertThat(dead.isValid()).isFalse();
    run("kill", "-CONT", String.valueOf(server.pid()));
    assertThatThrownBy(() -> registering.get(10, SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
  }
}
