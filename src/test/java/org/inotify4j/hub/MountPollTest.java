package org.inotify4j.hub;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of mounts by a kernel that a test plays. */
@Timeout(60)
final class MountPollTest implements MountPoll.Listener {

  private static final int REVENTS_OF_TABLE = 6;
  private static final int REVENTS_OF_PIPE = 14;
  private static final int WRITER = 1000;
  private static final int REAL_PAUSE = 20;
  private static final int MOST_TIMEOUTS = 8;

  private final LibC libC = Intercepted.by(this::call);
  private final AtomicInteger next = new AtomicInteger(9);

  /** For how long poll(2) was to wait; it does for a moment only, so many times. */
  private final List<Integer> timeouts = new CopyOnWriteArrayList<>();

  private final Set<Integer> open = ConcurrentHashMap.newKeySet();

  /** What poll(2) finds next: a change of the table, or that the pipe has no writer any more. */
  private final BlockingQueue<Integer> polled = new LinkedBlockingQueue<>();

  private final BlockingQueue<List<String>> told = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String table = line("/") + line("/old");
  private volatile @Nullable String unread = "";
  private volatile @Nullable Errno refusal;

  private static String line(String point) {
    return "1 1 0:1 / " + point + " rw - tmpfs none rw\n";
  }

  private Object call(Method method, Object[] arguments) {
    return switch (method.getName()) {
      case "open" -> {
        Errno errno = refusal;
        unread = table;
        yield errno == null ? opened() : -errno.number();
      }
      case "read" -> {
        String text = unread;
        unread = "";
        ((ByteBuffer) arguments[1]).put(0, String.valueOf(text).getBytes(US_ASCII));
        yield String.valueOf(text).length();
      }
      case "pipe2" -> {
        ((ByteBuffer) arguments[0]).putInt(0, opened()).putInt(Integer.BYTES, WRITER);
        open.add(WRITER);
        yield 0;
      }
      case "poll" -> {
        timeouts.add((Integer) arguments[2]);
        yield poll((ByteBuffer) arguments[0], (int) arguments[2]);
      }
      case "close" -> {
        open.remove((Integer) arguments[0]);
        if (arguments[0].equals(WRITER)) {
          polled.add(REVENTS_OF_PIPE);
        }
        yield 0;
      }
      default -> throw new AssertionError(method);
    };
  }

  private int opened() {
    int fd = next.incrementAndGet();
    open.add(fd);
    return fd;
  }

  private int poll(ByteBuffer fds, int millis) {
    try {
      boolean isLong = millis < 0 || (millis > REAL_PAUSE && timeouts.size() > MOST_TIMEOUTS);
      Integer found = isLong ? polled.take() : polled.poll(REAL_PAUSE, MILLISECONDS);
      if (found == null) {
        return 0;
      }
      fds.putShort(found, LibC.POLLPRI);
      return 1;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void changed(List<String> points, boolean areAll) {
    List<String> all = new ArrayList<>(points);
    if (!areAll) {
      all.add("others");
    }
    told.add(all);
  }

  @Override
  public void ended(MountPoll poll) {
    ended.countDown();
  }

  private void change(String... points) {
    StringBuilder lines = new StringBuilder();
    for (String point : points) {
      lines.append(line(point));
    }
    table = lines.toString();
    polled.add(REVENTS_OF_TABLE);
  }

  private List<String> told() throws InterruptedException {
    List<String> points = told.poll(30, SECONDS);
    return points == null ? List.of("nothing in 30 s") : points;
  }

  private void end(MountPoll poll) throws InterruptedException {
    poll.stop();
    assertThat(ended.await(30, SECONDS)).isTrue();
  }

  private MountPoll started() {
    MountPoll poll = requireNonNull(MountPoll.open(libC, this));
    poll.start();
    return poll;
  }

  @Test
  void aChange_isToldWithWhatWasThereAndWhatIs() throws Exception {
    MountPoll poll = started();
    change("/", "/new");
    assertThat(told()).containsExactly("/", "/old", "/new");
    change("/");
    assertThat(told()).containsExactly("/", "/new");
    end(poll);
    assertThat(told).isEmpty();
  }

  @Test
  void aTableThatCannotBeReadForAMoment_isReadAgain_andWhatIsNewIsTold() throws Exception {
    MountPoll poll = started();
    refusal = Errno.EMFILE;
    change("/", "/new");
    assertThat(told()).containsExactly("/", "/old");
    refusal = null;
    assertThat(told()).containsExactly("/", "/old", "/new", "others");
    change("/");
    assertThat(told()).containsExactly("/", "/new");
    end(poll);
    assertThat(told).isEmpty();
  }

  @Test
  void aTableThatCannotBeReadForLong_isReadEverMoreRarely() throws Exception {
    MountPoll poll = started();
    refusal = Errno.ENOENT;
    change("/", "/new");
    await().until(() -> timeouts.size() > MOST_TIMEOUTS);
    refusal = null;
    change("/", "/newer");
    assertThat(told()).containsExactly("/", "/old");
    assertThat(told()).containsExactly("/", "/old", "/newer", "others");
    await().until(() -> timeouts.size() > MOST_TIMEOUTS + 1);
    end(poll);
    assertThat(timeouts)
        .containsExactly(-1, 1000, 2000, 4000, 8000, 16000, 32000, 64000, 64000, -1);
  }

  /** Many may come while there is no descriptor left for a moment. */
  @Test
  void changesMeanwhile_howeverMany_doNotDelayThat() throws Exception {
    MountPoll poll = requireNonNull(MountPoll.open(libC, this));
    refusal = Errno.EMFILE;
    for (int i = 0; i < 3; i++) {
      change("/", "/new");
    }
    poll.start();
    await().until(() -> timeouts.size() > 4);
    refusal = null;
    change("/", "/new");
    assertThat(told()).containsExactly("/", "/old");
    assertThat(told()).containsExactly("/", "/old", "/new", "others");
    end(poll);
    assertThat(timeouts).startsWith(-1, 1000, 1000, 1000, 2000);
  }

  @Test
  void withoutADescriptorThereIsNone_andNothingIsLeftOpen() {
    refusal = Errno.EMFILE;
    assertThat(MountPoll.open(libC, this)).isNull();
    assertThat(open).isEmpty();
  }
}
