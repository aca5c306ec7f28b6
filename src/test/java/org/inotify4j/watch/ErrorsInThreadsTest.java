package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.base.Silenced;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors in the library's own threads: it goes on, or ends with the cause and wakes who waits. */
@Timeout(60)
@ExtendWith(Silenced.class)
final class ErrorsInThreadsTest {

  private static final WatchEvent.Kind<?>[] CREATED = {ENTRY_CREATE};
  private static final int FOR_GOOD = Integer.MAX_VALUE;

  private final FailingKernel kernel = new FailingKernel();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path root;
  private INotifyWatchService service;
  private WatchKey key;

  @BeforeEach
  void open() throws IOException {
    service = INotifyWatchService.open(kernel.openHub());
    key = service.register(root, CREATED, INotifyModifiers.RECURSIVE);
  }

  @AfterEach
  void close() {
    kernel.lift();
    service.close();
    threads.shutdownNow();
    kernel.awaitAllClosed();
  }

  /** The next calls run out of memory. */
  private void fail(String call, int times) {
    int made = kernel.calls().getOrDefault(call, new AtomicInteger()).get();
    kernel.arm(
        new FailingKernel.Fault(
            call,
            made + 1,
            times,
            () -> {
              throw new OutOfMemoryError("of the test");
            }));
  }

  @Test
  void inThePoller_everyWaitEndsWithTheCause() throws Exception {
    List<Callable<Object>> waits =
        List.of(
            service::take,
            () -> service.poll(1, TimeUnit.DAYS),
            () -> {
              // Until the service is closed, whatever is delivered meanwhile.
              while (true) {
                boolean unused = service.sync(Duration.ofHours(1));
              }
            });
    List<Future<Object>> waiting = new ArrayList<>();
    for (Callable<Object> wait : waits) {
      waiting.add(threads.submit(wait));
    }
    fail("read", 1);
    for (Future<Object> wait : waiting) {
      assertThatThrownBy(() -> wait.get(10, SECONDS))
          .cause()
          .isInstanceOf(ClosedWatchServiceException.class)
          .hasCauseInstanceOf(OutOfMemoryError.class);
    }
    assertThat(service.isOpen()).isFalse();
    assertThat(key.isValid()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"openat, 1", "openat, 2", "inotifyAddWatch, 1", "getdents64, 1"})
  void inTheWorker_itLooksAnew_andGoesOn(String call, int times) throws Exception {
    Pending.sync(service);
    fail(call, times);
    Files.createDirectories(root.resolve("a/b"));
    EventModel model = new EventModel(service, key);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              model.sync();
              model.poll();
              assertThat(model.paths()).isEqualTo(EventModel.list(root));
            });
    assertThat(key.isValid()).isTrue();
    Files.createFile(root.resolve("a/b/f"));
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE a/b/f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openat", "getdents64"})
  void inTheWorker_again_theKeyEnds_andTheServiceGoesOn(String call) throws Exception {
    Path other = Files.createDirectory(root.resolve("other"));
    Pending.sync(service);
    WatchKey plain = service.register(other, CREATED);
    fail(call, FOR_GOOD);
    Files.createDirectories(root.resolve("a/b"));
    await().atMost(Duration.ofSeconds(10)).until(() -> !key.isValid());
    assertThat(service.take()).isSameAs(key);
    kernel.lift();
    Files.createFile(other.resolve("f"));
    Pending.sync(service);
    assertThat(Told.by(plain)).containsExactly("ENTRY_CREATE f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"openat", "getdents64", "inotifyAddWatch"})
  void inARegistration_itIsThrown_andNothingIsLeft(String call) throws Exception {
    Path fresh = Files.createDirectory(root.resolve("fresh"));
    Files.createDirectory(fresh.resolve("a"));
    Pending.sync(service);
    int before = service.watchCount();
    WatchEvent.Modifier[] whole = {INotifyModifiers.RECURSIVE};
    fail(call, FOR_GOOD);
    assertThatThrownBy(() -> service.register(fresh, CREATED, whole))
        .isInstanceOf(OutOfMemoryError.class);
    kernel.lift();
    Pending.sync(service);
    assertThat(service.watchCount()).isEqualTo(before);
    WatchKey again = service.register(fresh, CREATED, whole);
    Files.createFile(root.resolve("fresh/a/f"));
    Pending.sync(service);
    assertThat(Told.by(again)).containsExactly("ENTRY_CREATE a/f");
  }
}
