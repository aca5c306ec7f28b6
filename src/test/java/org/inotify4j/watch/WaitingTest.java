package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.ChildJvm;
import org.inotify4j.Flag;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.ScriptedLibC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads in take and poll: interrupted, closed upon, several, virtual. */
@Timeout(60)
class WaitingTest {

  private final ScriptedLibC kernel = new ScriptedLibC();
  private INotifyWatchService service;

  @BeforeEach
  void open() throws IOException {
    service = INotifyWatchService.open(Hubs.open(kernel, ScriptedINotify.openForHub(kernel)));
  }

  @AfterEach
  void close() {
    service.close();
  }

  /** The two ways to wait. */
  enum Wait {
    TAKE {
      @Override
      @Nullable WatchKey in(INotifyWatchService service) throws InterruptedException {
        return service.take();
      }
    },
    POLL {
      @Override
      @Nullable WatchKey in(INotifyWatchService service) throws InterruptedException {
        return service.poll(1, DAYS);
      }
    };

    abstract @Nullable WatchKey in(INotifyWatchService service) throws InterruptedException;
  }

  private void create(String directory, String name) {
    kernel.deliver(EventRecord.of(kernel.wd(directory), Flag.CREATE.bit()).named(name));
  }

  private static Thread start(FutureTask<?> task) {
    Thread thread = new Thread(task, "waiting");
    thread.start();
    return thread;
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptEndsTheWaitAndLosesNoEvent(Wait wait) throws Exception {
    WatchKey key = service.register(Path.of("/a"), ENTRY_CREATE);
    FutureTask<Boolean> waiting =
        new FutureTask<>(
            () -> {
              try {
                wait.in(service);
                return false;
              } catch (InterruptedException e) {
                return !Thread.currentThread().isInterrupted();
              }
            });
    Thread thread = start(waiting);
    await().until(() -> thread.getState() != Thread.State.RUNNABLE);
    thread.interrupt();
    assertThat(waiting.get(30, SECONDS)).as("interrupted, and the flag cleared").isTrue();

    create("/a", "f");
    assertThat(Pending.next(service)).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE f");
  }

  @ParameterizedTest
  @EnumSource
  void anInterruptThatMeetsAnEventLosesNeither(Wait wait) throws Exception {
    WatchKey key = service.register(Path.of("/a"), ENTRY_CREATE);
    for (int round = 0; round < 500; round++) {
      FutureTask<@Nullable WatchKey> waiting =
          new FutureTask<>(
              () -> {
                try {
                  return wait.in(service);
                } catch (InterruptedException e) {
                  return null;
                }
              });
      Thread thread = start(waiting);
      create("/a", "f" + round);
      thread.interrupt();
      WatchKey taken = waiting.get(30, SECONDS);
      assertThat(taken == null ? Pending.next(service) : taken).isSameAs(key);
      assertThat(service.poll()).isNull();
      assertThat(Told.by(key)).containsExactly("ENTRY_CREATE f" + round);
      assertThat(key.reset()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedIsCheckedBeforeInterrupted(Wait wait) {
    service.close();
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> wait.in(service)).isInstanceOf(ClosedWatchServiceException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void interruptedBeforehand_throwsAtOnceThoughAKeyIsThere(Wait wait) throws Exception {
    WatchKey key = service.register(Path.of("/a"), ENTRY_CREATE);
    create("/a", "f");
    Pending.sync(service);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> wait.in(service)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(service.poll()).isSameAs(key);
  }

  @Test
  void closeEndsEveryWait() throws Exception {
    List<FutureTask<@Nullable WatchKey>> waits = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Wait wait = Wait.values()[i % 2];
      FutureTask<@Nullable WatchKey> waiting = new FutureTask<>(() -> wait.in(service));
      Thread thread = start(waiting);
      await().until(() -> thread.getState() != Thread.State.RUNNABLE);
      waits.add(waiting);
    }
    service.close();
    for (FutureTask<?> waiting : waits) {
      assertThatThrownBy(() -> waiting.get(30, SECONDS))
          .hasCauseInstanceOf(ClosedWatchServiceException.class);
    }
  }

  @Test
  void closeFromWithinTheLoopThatConsumes_withEventsUnread() throws Exception {
    WatchKey key = service.register(Path.of("/a"), ENTRY_CREATE);
    WatchKey unread = service.register(Path.of("/b"), ENTRY_CREATE);
    FutureTask<@Nullable WatchKey> loop =
        new FutureTask<>(
            () -> {
              while (true) {
                WatchKey taken = service.take();
                if (taken.equals(key)) {
                  service.close();
                }
                taken.reset();
              }
            });
    create("/a", "f");
    create("/b", "g");
    start(loop);
    assertThatThrownBy(() -> loop.get(30, SECONDS))
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
    assertThat(key.isValid() || unread.isValid()).isFalse();
    assertThat(key.reset() || unread.reset()).isFalse();
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE f");
    unread.cancel();
  }

  @Test
  void aKeyIsHandedToOneOfSeveralTakers() throws Exception {
    int keys = 100;
    AtomicInteger left = new AtomicInteger(keys);
    CountDownLatch done = new CountDownLatch(keys);
    Set<WatchKey> taken = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 8; i++) {
      start(
          new FutureTask<>(
              () -> {
                while (left.getAndDecrement() > 0) {
                  assertThat(taken.add(service.take())).isTrue();
                  done.countDown();
                }
                return null;
              }));
    }
    for (int i = 0; i < keys; i++) {
      service.register(Path.of("/" + i), ENTRY_CREATE);
      create("/" + i, "f");
    }
    assertThat(done.await(30, SECONDS)).isTrue();
    assertThat(taken).hasSize(keys);
    assertThat(service.poll()).isNull();
  }

  /** A thousand virtual threads on one carrier, each in take of a service of its own. */
  static final class VirtualThreads {
    private static final int MANY = 1000;

    private VirtualThreads() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      CountDownLatch heard = new CountDownLatch(MANY);
      CountDownLatch ready = new CountDownLatch(MANY);
      var start = Thread.class.getMethod("startVirtualThread", Runnable.class);
      List<INotifyWatchService> services = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        INotifyWatchService service = INotifyWatchService.open();
        services.add(service);
        service.register(directory, ENTRY_CREATE);
        Runnable taking =
            () -> {
              try {
                ready.countDown();
                if (service.take().pollEvents().size() == 1) {
                  heard.countDown();
                }
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            };
        start.invoke(null, taking);
      }
      // The last of them runs only if those before do not hold the carrier.
      boolean inTime = ready.await(20, SECONDS);
      Files.createFile(directory.resolve("f"));
      System.out.println(inTime + " " + heard.await(20, SECONDS));
      services.forEach(INotifyWatchService::close);
    }
  }

  @Test
  void aThousandVirtualThreadsWaitOnOneCarrier(@TempDir Path directory) throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "there are no virtual threads before Java 21");
    assertThat(
            ChildJvm.of(VirtualThreads.class)
                .options(
                    "-Djdk.virtualThreadScheduler.parallelism=1",
                    "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .run(directory.toString())
                .output())
        .isEqualToIgnoringNewLines("true true");
  }
}
