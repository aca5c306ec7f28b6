package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.CLOSE_NOWRITE;
import static org.inotify4j.watch.INotifyEventKinds.OPEN;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.inotify4j.Flag;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.EventRecord;
import org.inotify4j.libc.Processor;
import org.inotify4j.libc.ScriptedLibC;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernel's queue is full: what is lost is said, and nothing else goes wrong. */
@Timeout(60)
class OverflowTest {

  @TempDir private Path root;

  @Nested
  class Scripted {
    private final ScriptedLibC kernel = new ScriptedLibC();
    private INotifyWatchService service;
    private INotifyWatchService other;
    private WatchKey a;
    private WatchKey b;
    private WatchKey others;

    @BeforeEach
    void open() throws IOException {
      Hub hub = Hubs.open(kernel, ScriptedINotify.openForHub(kernel));
      service = INotifyWatchService.open(hub);
      other = INotifyWatchService.open(hub);
      a = service.register(Path.of("/a"), ENTRY_CREATE);
      b = service.register(Path.of("/b"), ENTRY_CREATE);
      others = other.register(Path.of("/a"), ENTRY_CREATE);
    }

    @AfterEach
    void close() {
      service.close();
      other.close();
    }

    private EventRecord created(String path, String name) {
      return EventRecord.of(kernel.wd(path), Flag.CREATE.bit()).named(name);
    }

    @Test
    void everyKeyGetsOneOverflow_forWhatIsPendingAndWhatIsQueuedBehindIt() throws Exception {
      kernel.deliver(created("/a", "x"), EventRecord.overflow(), created("/a", "y"));
      assertThat(Told.by(a, service)).containsExactly("OVERFLOW");
      assertThat(Told.by(b)).containsExactly("OVERFLOW");
      assertThat(Told.by(others)).containsExactly("OVERFLOW");

      kernel.deliver(created("/a", "z"));
      assertThat(Told.by(a, service)).containsExactly("ENTRY_CREATE z");
      assertThat(Told.by(b)).isEmpty();
      assertThat(Told.by(others)).containsExactly("ENTRY_CREATE z");
      assertThat(a.isValid()).isTrue();
    }

    @Test
    void everyKeyIsSignalledOnce() throws Exception {
      kernel.deliver(EventRecord.overflow(), EventRecord.overflow());
      Pending.sync(service);
      assertThat(List.of(Pending.next(service), Pending.next(service)))
          .containsExactlyInAnyOrder(a, b);
      assertThat(service.poll()).isNull();
      assertThat(a.reset()).isTrue();
      assertThat(Pending.next(service)).isSameAs(a);
      assertThat(Told.by(a)).containsExactly("OVERFLOW");
    }
  }

  /** The real queue, which fills while the poller is held back. */
  @Nested
  class Real {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final HeldKernel kernel = new HeldKernel();
    private Hub hub;
    private INotifyWatchService service;
    private INotifyWatchService other;
    private Path busy;
    private Path vanishing;
    private Path quiet;

    @BeforeEach
    void open() throws IOException {
      hub = kernel.openHub();
      service = INotifyWatchService.open(hub);
      other = INotifyWatchService.open(hub);
      busy = Files.createDirectory(root.resolve("busy"));
      Files.createFile(busy.resolve("f"));
      vanishing = Files.createDirectory(root.resolve("vanishing"));
      quiet = Files.createDirectory(root.resolve("quiet"));
    }

    @AfterEach
    void close() {
      service.close();
      other.close();
    }

    /** Returns when the queue has no room for another event; the poller must be held. */
    private void fill() throws IOException {
      int before;
      int bytes = 0;
      do {
        before = bytes;
        change(64);
        bytes = queued();
        assumeTrue(bytes < MOST_BYTES, "the kernel's queue takes too many events to fill it");
      } while (bytes > before);
    }

    private void change(int times) throws IOException {
      Path file = busy.resolve("f");
      for (int i = 0; i < times; i++) {
        Files.newByteChannel(file).close();
      }
    }

    private int queued() {
      ByteBuffer answer = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder());
      SystemLibC.get().ioctl(hub.inotifyFd(), Processor.FIONREAD, answer);
      return answer.getInt(0);
    }

    @Test
    void keysOfDirectoriesThatVanishedInTheGapEnd_andTheOthersGoOn() throws Exception {
      WatchKey key = service.register(busy, OPEN, CLOSE_NOWRITE);
      WatchKey gone = service.register(vanishing, ENTRY_CREATE);
      WatchKey goneToo = other.register(vanishing, ENTRY_CREATE);
      WatchKey idle = other.register(quiet, ENTRY_CREATE);
      Gate gate = kernel.holdReads();
      change(1);
      gate.awaitReached();
      fill();
      Files.delete(vanishing);
      assertThat(gone.isValid()).isTrue();
      gate.open();

      assertThat(Told.by(key, service)).hasSize(1).allMatch(text -> text.startsWith("OVERFLOW"));
      assertThat(Told.by(gone)).containsExactly("OVERFLOW");
      assertThat(Told.by(goneToo)).containsExactly("OVERFLOW");
      assertThat(Told.by(idle)).containsExactly("OVERFLOW");
      assertThat(List.of(key, gone, goneToo, idle))
          .extracting(WatchKey::isValid)
          .containsExactly(true, false, false, true);
      assertThat(List.of(Pending.next(service), Pending.next(service)))
          .containsExactlyInAnyOrder(key, gone);
      assertThat(gone.reset()).isFalse();
      assertThat(hub.watchCount()).isEqualTo(2);
      KernelView.awaitNoLeak(hub);

      Files.createDirectory(vanishing);
      WatchKey anew = service.register(vanishing, ENTRY_CREATE);
      assertThat(anew).isNotSameAs(gone);
      Files.createFile(vanishing.resolve("a"));
      Files.createFile(quiet.resolve("b"));
      Files.createFile(busy.resolve("c"));
      assertThat(Told.by(anew, service)).containsExactly("ENTRY_CREATE a");
      assertThat(Told.by(idle, other)).containsExactly("ENTRY_CREATE b");
      assertThat(Told.by(key, service)).containsExactly("OPEN c");
    }

    /** A key whose end is lost, and of which the kernel does not tell that it has ended. */
    private WatchKey loseAnEnd() throws Exception {
      kernel.hideFdinfo();
      service.register(busy, OPEN, CLOSE_NOWRITE);
      WatchKey gone = service.register(vanishing, ENTRY_CREATE);
      Gate gate = kernel.holdReads();
      change(1);
      gate.awaitReached();
      fill();
      Files.delete(vanishing);
      gate.open();
      assertThat(Told.by(gone, service)).containsExactly("OVERFLOW");
      assertThat(gone.isValid()).isTrue();
      return gone;
    }

    @Test
    void whereTheKernelCannotTellWhichWatchesAreLeft_itIsAskedAgain() throws Exception {
      WatchKey gone = loseAnEnd();
      kernel.showFdinfo();
      Pending.sync(service);
      // It is asked behind the records with which that has come.
      await().until(() -> !gone.isValid());
      KernelView.awaitNoLeak(hub);
    }

    @Test
    void whereTheKernelCannotTell_andNothingElseHappens_itIsAskedAgainAllTheSame()
        throws Exception {
      WatchKey gone = loseAnEnd();
      kernel.showFdinfo();
      await().until(() -> !gone.isValid());
      KernelView.awaitNoLeak(hub);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void marksInTheQueueThatWereLostArePlacedAnew(boolean fdinfoIsHidden) throws Exception {
      if (fdinfoIsHidden) {
        kernel.hideFdinfo();
      }
      service.register(busy, OPEN, CLOSE_NOWRITE);
      WatchKey first = service.register(quiet, ENTRY_CREATE);
      Gate gate = kernel.holdReads();
      change(1);
      gate.awaitReached();
      fill();
      // Its mark is lost, and without one it would never hear anything.
      WatchKey joined = other.register(quiet, ENTRY_CREATE);
      CountDownLatch settled = new CountDownLatch(1);
      assertThat(hub.mark(settled::countDown)).isTrue();
      gate.open();

      assertThat(settled.await(30, SECONDS)).isTrue();
      assertThat(Told.by(first)).containsExactly("OVERFLOW");
      assertThat(Told.by(joined, other)).containsExactly("OVERFLOW");
      Files.createFile(quiet.resolve("f"));
      assertThat(Told.by(joined, other)).containsExactly("ENTRY_CREATE f");
      assertThat(Told.by(first, service)).containsExactly("ENTRY_CREATE f");
    }

    @Test
    void aConsumerThatDoesNotReadHoldsNothingUp() throws Exception {
      WatchKey key = service.register(busy, OPEN, CLOSE_NOWRITE);
      WatchKey idle = other.register(quiet, ENTRY_CREATE);
      change(20_000);
      Files.createFile(quiet.resolve("f"));
      assertThat(Told.by(idle, other)).containsExactly("ENTRY_CREATE f");
      Pending.sync(service);
      assertThat(Told.by(key)).hasSize(40_000).containsOnly("OPEN f", "CLOSE_NOWRITE f");
    }
  }
}
