package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.inotify4j.ChildJvm;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.base.Silenced;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.ScriptedLibC;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults on the poller's way: what is lost is said, and nobody waits for what cannot come. */
@Timeout(60)
@ExtendWith(Silenced.class)
class PollerFaultTest {

  private static final int HEADER = 16;

  private final ScriptedLibC kernel = new ScriptedLibC();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Hub hub;
  private INotifyWatchService service;
  private WatchKey a;
  private WatchKey b;

  @BeforeEach
  void open() throws IOException {
    hub = Hubs.open(kernel, ScriptedINotify.openForHub(kernel));
    service = INotifyWatchService.open(hub);
    a = service.register(Path.of("/a"), ENTRY_CREATE);
    b = service.register(Path.of("/b"), ENTRY_CREATE);
  }

  @AfterEach
  void close() {
    service.close();
    threads.shutdownNow();
    await().untilAsserted(kernel::assertAllClosed);
  }

  private EventRecord created(String path, String name) {
    return EventRecord.of(kernel.wd(path), Flag.CREATE.bit()).named(name);
  }

  private static byte[] record(int wd, int length, byte[] name) {
    return ByteBuffer.allocate(HEADER + name.length)
        .order(ByteOrder.nativeOrder())
        .putInt(wd)
        .putInt(Flag.CREATE.bit())
        .putInt(0)
        .putInt(length)
        .put(name)
        .array();
  }

  /** Bytes that no kernel writes for a watch, each within the bounds of what was read. */
  enum ImpossibleName {
    WITHOUT_NUL("x".repeat(16)),
    TOO_LONG("x".repeat(4096) + "\0"),
    SLASH("../../etc/passwd\0");

    private final String name;

    ImpossibleName(String name) {
      this.name = name;
    }
  }

  @ParameterizedTest
  @EnumSource(ImpossibleName.class)
  void anImpossibleNameCostsTheEventsOfItsKeyOnly(ImpossibleName impossible) throws Exception {
    kernel.deliver(created("/b", "before"));
    byte[] name = impossible.name.getBytes(US_ASCII);
    kernel.deliverRaw(record(kernel.wd("/a"), name.length, name));
    kernel.deliver(created("/b", "after"));
    assertThat(Told.by(a, service)).containsExactly("OVERFLOW");
    assertThat(Told.by(b)).containsExactly("ENTRY_CREATE before", "ENTRY_CREATE after");

    kernel.deliver(created("/a", "f"));
    assertThat(Told.by(a, service)).containsExactly("ENTRY_CREATE f");
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 1 << 20, Integer.MAX_VALUE, Integer.MIN_VALUE, -1})
  void aLengthPastTheEndIsAnOverflowForAll(int length) throws Exception {
    kernel.deliverRaw(record(kernel.wd("/a"), length, new byte[16]));
    assertThat(Told.by(a, service)).containsExactly("OVERFLOW");
    assertThat(Told.by(b)).containsExactly("OVERFLOW");

    kernel.deliver(created("/a", "f"), created("/b", "g"));
    assertThat(Told.by(a, service)).containsExactly("ENTRY_CREATE f");
    assertThat(Told.by(b)).containsExactly("ENTRY_CREATE g");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 8192, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void eventsOfNoWatchArePassedOver(int wd) throws Exception {
    kernel.deliver(
        EventRecord.of(wd, Flag.CREATE.bit()).named("x"),
        EventRecord.of(wd, Flag.IGNORED.bit()),
        created("/a", "f"));
    assertThat(Told.by(a, service)).containsExactly("ENTRY_CREATE f");
    assertThat(Told.by(b)).isEmpty();
  }

  @Test
  void aReadThatFails_endsEveryWaitWithTheCause() throws Exception {
    INotifyWatchService other = INotifyWatchService.open(hub);
    WatchKey others = other.register(Path.of("/a"), ENTRY_CREATE);
    kernel.deliver(created("/b", "pending"));
    Pending.sync(service);
    Pending.next(service);
    List<Callable<Object>> waits =
        List.of(service::take, service::take, () -> service.poll(1, TimeUnit.DAYS), other::take);
    List<Future<Object>> waiting = new ArrayList<>();
    for (Callable<Object> wait : waits) {
      waiting.add(threads.submit(wait));
    }
    kernel.deliverError(Errno.EIO);

    for (Future<Object> wait : waiting) {
      assertThatThrownBy(() -> wait.get(30, SECONDS))
          .cause()
          .isInstanceOf(ClosedWatchServiceException.class)
          .cause()
          .isInstanceOf(IOException.class)
          .hasMessageContaining("EIO");
    }
    assertThat(service.isOpen()).isFalse();
    assertThat(other.isOpen()).isFalse();
    assertThat(List.of(a, b, others)).noneMatch(WatchKey::isValid);
    assertThat(Told.by(b)).containsExactly("ENTRY_CREATE pending");
    assertThat(b.reset()).isFalse();
    for (Callable<Object> call :
        List.<Callable<Object>>of(
            service::take,
            service::poll,
            () -> service.register(Path.of("/c"), ENTRY_CREATE),
            () -> service.sync(Duration.ofSeconds(30)))) {
      assertThatThrownBy(call::call)
          .isInstanceOf(ClosedWatchServiceException.class)
          .hasCauseInstanceOf(IOException.class);
    }
    other.close();
  }

  @Test
  void aServiceThatComesToAHubThatFailed_isClosedWithTheCause() throws Exception {
    kernel.deliverError(Errno.EIO);
    await().until(() -> !service.isOpen());
    INotifyWatchService late = INotifyWatchService.open(hub);
    assertThatThrownBy(late::take)
        .isInstanceOf(ClosedWatchServiceException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void anInstanceThatFailsAtOnce_leavesNothingOpen() throws Exception {
    ScriptedLibC broken = new ScriptedLibC();
    INotify inotify = ScriptedINotify.openForHub(broken);
    broken.failAlways(ScriptedLibC.Call.READ, Errno.ENOMEM);
    INotifyWatchService doomed = INotifyWatchService.open(Hubs.open(broken, inotify));
    assertThatThrownBy(doomed::take).isInstanceOf(ClosedWatchServiceException.class);
    doomed.close();
    await().untilAsserted(broken::assertAllClosed);
  }

  /** Breaks the shared instance of a JVM: its descriptor stands for a directory. */
  static final class Broken {
    private Broken() {}

    public static void main(String[] arguments) throws Exception {
      Path directory = Path.of(arguments[0]);
      INotifyWatchService first = INotifyWatchService.open();
      first.register(directory, ENTRY_CREATE);
      int other = SystemLibC.get().open("/\0".getBytes(US_ASCII), LibC.O_RDONLY | LibC.O_CLOEXEC);
      int number = KernelView.instances().get(0);
      NativeLibrary.getProcess().getFunction("dup2").invokeInt(new Object[] {other, number});
      Files.createFile(directory.resolve("a"));
      try {
        // The poller waits in a read of the former instance; the next one fails.
        while (true) {
          boolean unused = first.take().reset();
          Files.createFile(directory.resolve("more" + System.nanoTime()));
        }
      } catch (ClosedWatchServiceException e) {
        System.out.println("closed by " + e.getCause());
      }
      try (INotifyWatchService second = INotifyWatchService.open()) {
        second.register(directory, ENTRY_CREATE);
        Files.createFile(directory.resolve("b"));
        System.out.println(second.take().pollEvents());
      }
    }
  }

  @Test
  void afterAFaultOfTheSharedInstance_aLaterServiceWorks(@TempDir Path directory) throws Exception {
    List<String> lines =
        ChildJvm.of(Broken.class).run(directory.toString()).output().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .startsWith("closed by java.io.IOException: cannot read inotify events");
    assertThat(lines.get(1)).isEqualTo("[ENTRY_CREATE b [CREATE]]");
  }
}
