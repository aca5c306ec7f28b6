package org.inotify4j.watch;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.inotify4j.Flag;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * The machine's kernel, which refuses calls that a test picks: by the call, by what it is about,
 * and so many times.
 */
final class PickyKernel {

  private static final int OVERFLOW_RECORD = 16;

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);
  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final AtomicBoolean losesEvents = new AtomicBoolean();
  private volatile @Nullable Gate reads;

  LibC libC() {
    return libC;
  }

  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }

  /**
   * A call fails from now on.
   *
   * @param call its name as of {@link LibC}
   * @param subject what it is about: the path as it was given for {@code open} and {@code openat},
   *     else the path of the descriptor, or what the path in {@code /proc/self/fd} leads to
   * @param errno a positive number
   */
  @CanIgnoreReturnValue
  Refusal refuse(String call, Predicate<String> subject, int errno) {
    Refusal refusal = new Refusal(call, subject, errno);
    refusals.add(refusal);
    return refusal;
  }

  /** The nth call from now on fails, whatever it is about, and no other. */
  @CanIgnoreReturnValue
  Refusal refuseNth(String call, int nth, int errno) {
    Refusal refusal = new Refusal(call, any -> true, errno).from(nth).times(1);
    refusals.add(refusal);
    return refusal;
  }

  /** There is no /proc any more, and nothing in it. */
  void unmountProc() {
    for (String call : List.of("open", "openat", "inotifyAddWatch")) {
      refusals.add(
          new Refusal(call, any -> true, Errno.ENOENT.number())
              .given(path -> path.startsWith("/proc/")));
    }
  }

  /** The poller reads nothing until the gate is opened. */
  Gate holdReads() {
    Gate gate = new Gate();
    reads = gate;
    return gate;
  }

  /** What the poller reads next is lost, as where the queue was full. */
  void loseEvents() {
    losesEvents.set(true);
  }

  /** Whether nothing was read since {@link #loseEvents} was called. */
  boolean isLosing() {
    return losesEvents.get();
  }

  /** How many calls were refused since {@link #allowAll} was called. */
  int refused() {
    return refusals.stream().mapToInt(refusal -> refusal.met.get()).sum();
  }

  /** Nothing is refused any more. */
  void allowAll() {
    refusals.clear();
  }

  private Object call(Method method, Object[] arguments) throws Throwable {
    for (Refusal refusal : refusals) {
      if (refusal.call.equals(method.getName())
          && refusal.subject.test(subject(method.getName(), arguments))
          && refusal.given.test(given(method.getName(), arguments))
          && refusal.takes()) {
        return -refusal.errno;
      }
    }
    boolean isPollersRead = method.getName().equals("read") && arguments[2].equals(Hubs.CAPACITY);
    if (isPollersRead) {
      awaitRecords((int) arguments[0]);
    }
    int result = (int) Intercepted.pass(real, method, arguments);
    return isPollersRead && result > 0 && losesEvents.compareAndSet(true, false)
        ? overflow((ByteBuffer) arguments[1])
        : result;
  }

  /** Waits beside the queue, so that a read which is held leaves in it what there is. */
  private void awaitRecords(int fd) {
    Readability.await(real, fd);
    Gate gate = reads;
    if (gate != null) {
      gate.pass();
    }
  }

  /** Writes the record of a queue that was full in place of what was read. */
  private static int overflow(ByteBuffer read) {
    ByteBuffer record = ByteBuffer.allocate(OVERFLOW_RECORD).order(ByteOrder.nativeOrder());
    record.putInt(-1).putInt(Flag.Q_OVERFLOW.bit()).putInt(0).putInt(0).flip();
    read.put(0, record, 0, OVERFLOW_RECORD);
    return OVERFLOW_RECORD;
  }

  private static String subject(String call, Object[] arguments) {
    return switch (call) {
      case "open" -> Intercepted.text(arguments[0]);
      case "openat" -> Intercepted.text(arguments[1]);
      case "inotifyAddWatch" -> target(Path.of(Intercepted.text(arguments[1])));
      case "getdents64", "write", "read" -> target(Path.of("/proc/self/fd/" + arguments[0]));
      default -> "";
    };
  }

  /** The path as it was given, where the call has one. */
  private static String given(String call, Object[] arguments) {
    return switch (call) {
      case "open" -> Intercepted.text(arguments[0]);
      case "openat", "inotifyAddWatch" -> Intercepted.text(arguments[1]);
      default -> "";
    };
  }

  private static String target(Path path) {
    try {
      return (Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : path).toString();
    } catch (IOException e) {
      return path.toString();
    }
  }

  /** Calls that fail. */
  static final class Refusal {
    private final String call;
    private final Predicate<String> subject;
    private final int errno;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger met = new AtomicInteger();
    private volatile Predicate<String> given = any -> true;
    private volatile int first = 1;
    private volatile int times = Integer.MAX_VALUE;

    Refusal(String call, Predicate<String> subject, int errno) {
      this.call = call;
      this.subject = subject;
      this.errno = errno;
    }

    /** Only where the path was given like this, be it a link or not. */
    @CanIgnoreReturnValue
    Refusal given(Predicate<String> condition) {
      given = condition;
      return this;
    }

    /** Only so many of them. */
    @CanIgnoreReturnValue
    Refusal times(int count) {
      times = count;
      return this;
    }

    /** Only from the nth of them on. */
    @CanIgnoreReturnValue
    Refusal from(int nth) {
      first = nth;
      return this;
    }

    /** How many calls there were of the kind, refused or not. */
    int calls() {
      return calls.get();
    }

    private boolean takes() {
      boolean isMet = calls.incrementAndGet() >= first && met.get() < times;
      if (isMet) {
        met.incrementAndGet();
      }
      return isMet;
    }
  }
}
