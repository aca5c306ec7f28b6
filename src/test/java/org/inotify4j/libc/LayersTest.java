package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What many threads at once, and arguments of any length, may ask of each layer. */
final class LayersTest {

  private static final int NOT_OPEN = -1;
  private static final int CREATE = 0x100;
  private static final int EFD_SEMAPHORE = 1;
  private static final int PATH_MAX = 4096;
  private static final int ROUNDS = 500;
  private static final int WAITING = 40;
  private static final byte[] NOWHERE = bytes("/no/such/entry");
  private static final byte[] BELOW_A_FILE = bytes("/proc/self/stat/x");

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(Layer.class)
  void errno_isTheCallsOwn_inManyThreads(Layer layer) throws Exception {
    assertOwnErrno(opened(layer), Executors.newFixedThreadPool(8), 8);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_22)
  void errno_isTheCallsOwn_inVirtualThreads() throws Exception {
    assertOwnErrno(Layer.FFM.open(), virtualThreads(), 64);
  }

  /** More calls wait in the kernel at once than there is memory kept for. */
  @ParameterizedTest
  @EnumSource(Layer.class)
  void callsThatWait_holdUpNoOther(Layer layer) throws Exception {
    LibC libC = opened(layer);
    int eventfd = libC.eventfd(0, LibC.EFD_CLOEXEC | EFD_SEMAPHORE);
    ExecutorService threads = Executors.newFixedThreadPool(WAITING);
    try {
      List<Future<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < WAITING; i++) {
        reads.add(threads.submit(() -> libC.read(eventfd, memory(), Long.BYTES)));
      }
      await().until(() -> readsOf(eventfd) == WAITING);
      for (int i = 0; i < 3 * WAITING; i++) {
        assertThat(libC.close(NOT_OPEN)).isEqualTo(-Errno.EBADF.number());
        assertThat(libC.open(bytes("/no/such/entry"), 0)).isEqualTo(-Errno.ENOENT.number());
      }
      assertThat(libC.write(eventfd, memory().putLong(0, WAITING), Long.BYTES)).isEqualTo(8);
      for (Future<Integer> read : reads) {
        assertThat(read.get(30, TimeUnit.SECONDS)).isEqualTo(8);
      }
    } finally {
      threads.shutdownNow();
      libC.close(eventfd);
    }
  }

  @ParameterizedTest
  @EnumSource(Layer.class)
  void paths_ofAnyLength(Layer layer) throws Exception {
    LibC libC = opened(layer);
    Files.createFile(directory.resolve("file"));
    int inotify = libC.inotifyInit1(LibC.IN_CLOEXEC);
    try {
      // Long ones and short ones in turns: none may be what is left of another one.
      for (int i = 0; i < 3; i++) {
        assertThat(libC.inotifyAddWatch(inotify, bytes(padded(PATH_MAX - 1)), CREATE)).isEqualTo(1);
        assertThat(libC.inotifyAddWatch(inotify, bytes(padded(PATH_MAX)), CREATE))
            .isEqualTo(-Errno.ENAMETOOLONG.number());
        assertThat(libC.inotifyAddWatch(inotify, bytes(padded(3 * PATH_MAX)), CREATE))
            .isEqualTo(-Errno.ENAMETOOLONG.number());
        assertThat(libC.inotifyAddWatch(inotify, bytes("/"), CREATE)).isEqualTo(2);
      }
    } finally {
      libC.close(inotify);
    }
  }

  @ParameterizedTest
  @EnumSource(Layer.class)
  void poll_waitsAsLongAsIsSaid(Layer layer) {
    LibC libC = opened(layer);
    ByteBuffer none = memory().putInt(0, NOT_OPEN);
    long start = System.nanoTime();
    assertThat(libC.poll(none, 1, 1_020)).isZero();
    assertThat(System.nanoTime() - start)
        .isBetween(TimeUnit.MILLISECONDS.toNanos(1_020), TimeUnit.SECONDS.toNanos(30));
  }

  /** Every thread meets each error in turns, and never that of another one. */
  private void assertOwnErrno(LibC libC, ExecutorService threads, int count) throws Exception {
    int inotify = libC.inotifyInit1(LibC.IN_NONBLOCK | LibC.IN_CLOEXEC);
    List<Callable<Void>> tasks = Collections.nCopies(count, () -> meetErrors(libC, inotify));
    try {
      for (Future<Void> done : threads.invokeAll(tasks, 50, TimeUnit.SECONDS)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
      libC.close(inotify);
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // So that virtual threads change their carriers.
  private static @Nullable Void meetErrors(LibC libC, int inotify) {
    ByteBuffer memory = memory();
    for (int i = 0; i < ROUNDS; i++) {
      assertThat(libC.close(NOT_OPEN)).isEqualTo(-Errno.EBADF.number());
      Thread.yield();
      assertThat(libC.read(inotify, memory, 64)).isEqualTo(-Errno.EAGAIN.number());
      assertThat(libC.inotifyRmWatch(inotify, 1)).isEqualTo(-Errno.EINVAL.number());
      assertThat(libC.open(NOWHERE, 0)).isEqualTo(-Errno.ENOENT.number());
      Thread.yield();
      assertThat(libC.getrlimit(LibC.RLIMIT_NOFILE, memory)).isZero();
      assertThat(libC.open(BELOW_A_FILE, 0)).isEqualTo(-Errno.ENOTDIR.number());
    }
    return null;
  }

  /** A layer that this Java can have. */
  private static LibC opened(Layer layer) {
    assumeTrue(layer.isOfThisJava(), layer.title + " is not of this Java");
    return layer.open();
  }

  /** By reflection: Java 17 has none. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  /** How many threads of this process wait in a read of a descriptor. */
  private static long readsOf(int fd) throws IOException {
    String call = SystemCall.READ.number + " 0x" + Integer.toHexString(fd) + " ";
    long count = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        try {
          count += Files.readString(task.resolve("syscall"), US_ASCII).startsWith(call) ? 1 : 0;
        } catch (NoSuchFileException e) {
          // A thread has ended.
        }
      }
    }
    return count;
  }

  /** The directory's path, of so many bytes. */
  private String padded(int length) {
    StringBuilder path = new StringBuilder(directory.toString());
    while (path.length() < length) {
      path.append(length - path.length() == 1 ? "/" : "/.");
    }
    return path.toString();
  }

  private static byte[] bytes(String path) {
    return (path + '\0').getBytes(US_ASCII);
  }

  private static ByteBuffer memory() {
    return ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
  }
}
