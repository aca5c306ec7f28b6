package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.channels.AsynchronousCloseException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.INotifyEvent;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Closing ends all waits also where what says so, an eventfd or a private file, refuses it. */
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
  void allReadersAreWoken() throws Exception {
    INotify inotify = ScriptedINotify.open(kernel.libC());
    PickyKernel.Refusal none = kernel.refuse("poll", any -> true, 1).times(0);
    List<Future<List<INotifyEvent>>> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(threads.submit(() -> inotify.read()));
    }
    await().until(() -> none.calls() == 3);
    kernel.refuse("write", any -> true, Errno.EAGAIN.number());
    inotify.close();
    for (Future<List<INotifyEvent>> reader : readers) {
      assertThatThrownBy(() -> reader.get(10, SECONDS))
          .hasCauseInstanceOf(AsynchronousCloseException.class);
    }
    await().untilAsserted(() -> assertThat(KernelView.instances()).isEmpty());
  }

  @Test
  void aReaderThatLetsMoreCome_isWoken() throws Exception {
    INotify inotify = ScriptedINotify.open(kernel.libC());
    inotify.addWatch(directory, Flag.CREATE);
    PickyKernel.Refusal none = kernel.refuse("poll", any -> true, 1).times(0);
    Duration delay = Duration.ofSeconds(8);
    Future<List<INotifyEvent>> events =
        threads.submit(() -> inotify.read(Duration.ofHours(1), delay));
    await().until(() -> none.calls() == 2);
    Files.createFile(directory.resolve("f"));
    // Nothing there, something there, and the wait for more.
    await().until(() -> none.calls() == 3);
    kernel.refuse("write", any -> true, Errno.EAGAIN.number());
    inotify.close();
    assertThatThrownBy(() -> events.get(4, SECONDS))
        .hasCauseInstanceOf(AsynchronousCloseException.class);
    await().untilAsserted(() -> assertThat(KernelView.instances()).isEmpty());
  }

  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"EIO", "EAGAIN"})
  void aServiceWithATreeAndAFile_leavesNothing(Errno errno) throws Exception {
    Files.createDirectories(directory.resolve("a/b"));
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    Hub hub = kernel.openHub();
    INotifyWatchService service = INotifyWatchService.open(hub);
    INotifyWatchService other = INotifyWatchService.open(hub);
    WatchKey tree = service.register(directory, kinds, INotifyModifiers.RECURSIVE);
    WatchKey file = other.register(directory.resolve("a/f"), kinds, INotifyModifiers.FILE);
    refuseSignals(errno);
    service.close();
    assertThat(tree.isValid()).isFalse();
    Files.createFile(directory.resolve("a/f"));
    assertThat(other.poll(10, SECONDS)).isSameAs(file);
    other.close();
    assertThat(file.isValid()).isFalse();
    KernelView.awaitNoHub();
    assertThat(KernelView.openBelow(directory)).isEmpty();
  }

  /** Neither an eventfd nor a private file tells anybody anything. */
  private void refuseSignals(Errno errno) {
    for (String call : List.of("write", "fchmod", "ftruncate")) {
      kernel.refuse(call, any -> true, errno.number());
    }
  }

  @Test
  void aServiceEnds() throws Exception {
    INotifyWatchService service = INotifyWatchService.open(kernel.openHub());
    service.register(directory, ENTRY_CREATE);
    Future<WatchKey> taking = threads.submit(service::take);
    refuseSignals(Errno.EIO);
    service.close();
    assertThatThrownBy(() -> taking.get(10, SECONDS))
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
    KernelView.awaitNoHub();
  }
}
