package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing, from any thread and at any time, leaves nothing behind and nobody waiting. */
final class CloseTest {

  private static final int MANY = 10_000;

  @TempDir private Path root;
  private final ExecutorService readers = Executors.newCachedThreadPool();
  private long instances;
  private long eventfds;

  @BeforeEach
  void count() throws Exception {
    instances = OpenDescriptors.inotifyInstances();
    eventfds = OpenDescriptors.eventfds();
  }

  @AfterEach
  void assertNothingLeft() throws Exception {
    readers.shutdown();
    assertThat(readers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(OpenDescriptors.inotifyInstances()).isLessThanOrEqualTo(instances);
    assertThat(OpenDescriptors.eventfds()).isLessThanOrEqualTo(eventfds);
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().startsWith("inotify4j-cleaner"))
        .hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void everyMethod_afterClose() throws Exception {
    INotify inotify = INotify.open();
    int wd = inotify.addWatch(root, Flag.CREATE);
    int fd = inotify.fd();
    assertThat(inotify.isOpen()).isTrue();
    assertThat(inotify).hasToString("INotify[fd=" + fd + "]");
    Files.createFile(root.resolve("unread"));
    inotify.close();
    inotify.close();
    inotify.close();
    assertThat(inotify.isOpen()).isFalse();
    assertThat(inotify).hasToString("INotify[fd=" + fd + ", closed]");
    EventBuffer buffer = EventBuffer.allocate(1024);
    List<ThrowingCallable> methods =
        List.of(
            () -> inotify.addWatch(root, Flag.CREATE),
            () -> inotify.addWatch(root, Mask.ALL_EVENTS),
            () -> inotify.addWatch(new byte[] {'.'}, Mask.ALL_EVENTS),
            () -> inotify.removeWatch(wd),
            inotify::read,
            () -> inotify.read(Duration.ZERO),
            () -> inotify.read(Duration.ZERO, Duration.ZERO),
            () -> inotify.read(buffer),
            () -> inotify.read(buffer, Duration.ZERO),
            inotify::wakeup,
            inotify::fd);
    for (ThrowingCallable method : methods) {
      assertThatThrownBy(method).isExactlyInstanceOf(ClosedChannelException.class);
    }
  }

  @Test
  void blockedReaders_getAsynchronousClose() throws Exception {
    INotify inotify = INotify.open();
    List<Future<?>> reads = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      reads.add(
          readers.submit(
              () -> {
                started.countDown();
                return inotify.read();
              }));
    }
    started.await();
    inotify.close();
    for (Future<?> read : reads) {
      assertClosed(read);
    }
  }

  @Test
  void closeAndWakeup_againstABlockedRead() throws Exception {
    Semaphore started = new Semaphore(0);
    for (int i = 0; i < MANY; i++) {
      INotify inotify = INotify.open();
      boolean wakesUp = i % 2 == 0;
      Future<?> read =
          readers.submit(
              () -> {
                started.release();
                return inotify.read();
              });
      started.acquire();
      if (wakesUp) {
        inotify.wakeup();
        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(List.of());
      }
      inotify.close();
      if (!wakesUp) {
        assertClosed(read);
      }
    }
  }

  @Test
  void close_fromTenThreads() throws Exception {
    for (int i = 0; i < 100; i++) {
      INotify inotify = INotify.open();
      CountDownLatch go = new CountDownLatch(1);
      List<Future<?>> closers = new ArrayList<>();
      Future<?> read = readers.submit(() -> inotify.read());
      for (int j = 0; j < 10; j++) {
        closers.add(
            readers.submit(
                () -> {
                  go.await();
                  inotify.close();
                  return null;
                }));
      }
      go.countDown();
      for (Future<?> closer : closers) {
        closer.get(10, TimeUnit.SECONDS);
      }
      assertClosed(read);
    }
  }

  @Test
  void unreachable_isClosed() throws Exception {
    int fd = openAndForget();
    await()
        .until(
            () -> {
              System.gc();
              return !OpenDescriptors.isInotify(fd);
            });
    await().until(() -> OpenDescriptors.eventfds() <= eventfds);
  }

  @Test
  void closeFdFalse_leavesTheDescriptor() throws Exception {
    INotify inotify = INotify.builder().closeFd(false).open();
    int fd = inotify.fd();
    inotify.close();
    assertThat(OpenDescriptors.isInotify(fd)).isTrue();
    Syscalls.close(fd);
  }

  private static int openAndForget() throws IOException {
    return INotify.open().fd();
  }

  /** The close came while the thread was inside, or before. */
  private static void assertClosed(Future<?> read) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> read.get(10, TimeUnit.SECONDS))
        .satisfies(
            e ->
                assertThat(e.getCause())
                    .isInstanceOf(ClosedChannelException.class)
                    .isNotInstanceOf(ClosedByInterruptException.class));
  }
}
