package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.channels.AsynchronousCloseException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing ends all waits also where the eventfd that says so cannot be written to. */
@Timeout(30)
final class CloseWithoutSignalTest {

  private final PickyKernel kernel = new PickyKernel();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path directory;

  @BeforeEach
  void none() {
    KernelView.awaitNoHub();
  }

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"EIO", "EAGAIN", "EBADF"})
  void aReaderIsWoken_andTheDescriptorsAreClosed(Errno errno) throws Exception {
    INotify inotify = ScriptedINotify.open(kernel.libC());
    PickyKernel.Refusal none = kernel.refuse("poll", any -> true, errno.number()).times(0);
    Future<List<INotifyEvent>> events = threads.submit(() -> inotify.read());
    await().until(() -> none.calls() > 0);
    kernel.refuse("write", any -> true, errno.number());
    inotify.close();
    assertThatThrownBy(() -> events.get(10, SECONDS))
        .hasCauseInstanceOf(AsynchronousCloseException.class);
    await().untilAsserted(() -> assertThat(KernelView.instances()).isEmpty());
  }

  @Test
  void aServiceEnds() throws Exception {
    INotifyWatchService service = INotifyWatchService.open(kernel.openHub());
    service.register(directory, ENTRY_CREATE);
    Future<WatchKey> taking = threads.submit(service::take);
    kernel.refuse("write", any -> true, Errno.EIO.number());
    service.close();
    assertThatThrownBy(() -> taking.get(10, SECONDS))
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
    KernelView.awaitNoHub();
  }
}
