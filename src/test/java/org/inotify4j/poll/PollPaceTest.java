package org.inotify4j.poll;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.ScriptedLibC;
import org.inotify4j.libc.ScriptedLibC.Call;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;

/** How long it is from one round of polling to the next. */
final class PollPaceTest {

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);

  private final AtomicLong clock = new AtomicLong(42);
  private final PollShare share = new PollShare(1.0 / 24, System::nanoTime);
  private final PollPace pace = new PollPace(Duration.ofSeconds(2), clock::get, share);

  @Test
  void theInterval_whereARoundCostsATwentyFourthOfItOrLess() {
    assertThat(round(0)).isEqualTo(2000);
    assertThat(round(82)).isEqualTo(2000);
    assertThat(round(83)).isEqualTo(2000);
  }

  @Test
  void twentyFourTimesWhatARoundCosts_whereThatIsMore_andForThatRoundOnly() {
    assertThat(round(84)).isEqualTo(2016);
    assertThat(round(50_000)).isEqualTo(1_200_000);
    assertThat(round(1)).isEqualTo(2000);
  }

  @Test
  void neverMoreThanFourPercentOfAProcessor() {
    long busy = 0;
    long all = 0;
    for (long cost = 1; cost < 1_000_000; cost *= 3) {
      all += cost + round(cost);
      busy += cost;
    }
    assertThat((double) busy / all).isBetween(0.03, 0.04);
  }

  @Test
  void tooShortOrTooLongAnInterval() {
    assertThat(interval(Duration.ofNanos(1))).isEqualTo(Duration.ofMillis(10));
    assertThat(interval(Duration.ofMillis(10))).isEqualTo(Duration.ofMillis(10));
    assertThat(interval(Duration.ofMillis(11))).isEqualTo(Duration.ofMillis(11));
    assertThat(interval(Duration.ofSeconds(Long.MAX_VALUE))).isEqualTo(Duration.ofDays(36_500));
  }

  @Test
  void itCostsWhatTheThreadComputes() {
    PollPace real = pace(SystemLibC.get(), Duration.ofMillis(10));
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    real.begin();
    long computed = threads.getCurrentThreadCpuTime();
    while (threads.getCurrentThreadCpuTime() - computed < 5 * MILLISECOND) {
      Thread.onSpinWait();
    }
    assertThat(real.end()).isBetween(120 * MILLISECOND, 24 * (System.nanoTime() - begin));
  }

  @Test
  void itCostsNothingToWait() throws Exception {
    PollPace real = pace(SystemLibC.get(), Duration.ofSeconds(2));
    Process other = new ProcessBuilder("sleep", "0.2").start();
    real.begin();
    assertThat(other.waitFor()).isZero();
    assertThat(real.end()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
  }

  @Test
  void whereTheKernelDoesNotTell_itCostsTheTimeThatGoesBy() throws Exception {
    ScriptedLibC scripted = new ScriptedLibC().failAlways(Call.CLOCK_GETTIME, Errno.EINVAL);
    PollPace real = pace(scripted, Duration.ofSeconds(2));
    real.begin();
    Process other = new ProcessBuilder("sleep", "0.2").start();
    assertThat(other.waitFor()).isZero();
    assertThat(real.end()).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(4));
  }

  /** Has a round cost so many milliseconds, and gives how long it is until the next. */
  private long round(long cost) {
    pace.begin();
    clock.addAndGet(cost * MILLISECOND);
    return TimeUnit.NANOSECONDS.toMillis(pace.end());
  }

  private PollPace pace(LibC libC, Duration interval) {
    return new PollPace(interval, ThreadTime.clock(libC), share);
  }

  private Duration interval(Duration given) {
    return Duration.ofNanos(new PollPace(given, () -> 0, share).interval());
  }
}
