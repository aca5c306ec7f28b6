package org.inotify4j.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How several that are polled divide what they may take of a processor: one half here. */
final class PollShareTest {

  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long INTERVAL = 1000;

  private final List<Polled> all = new ArrayList<>();
  private long now = 42;
  private final PollShare share = new PollShare(0.5, () -> now);

  /** Has rounds of one cost, and a next one when that is due. */
  private final class Polled {
    private final PollPace pace;
    private long clock;
    private long cost;
    private long due = now;
    private long spent;
    private int rounds;

    Polled(long costMillis) {
      this.cost = costMillis;
      this.pace = new PollPace(Duration.ofMillis(INTERVAL), () -> clock, share);
      all.add(this);
    }

    void round() {
      pace.begin();
      clock += cost * MILLISECOND;
      due = now + pace.end();
      spent += cost;
      rounds++;
    }
  }

  /** Lets so many seconds go by, and then counts from zero for as many. */
  private void goOn(int seconds) {
    run(seconds);
    all.forEach(
        one -> {
          one.spent = 0;
          one.rounds = 0;
        });
    run(seconds);
  }

  private void run(int seconds) {
    for (long end = now + TimeUnit.SECONDS.toNanos(seconds); now < end; now += MILLISECOND) {
      for (Polled one : all) {
        if (one.due <= now) {
          one.round();
        }
      }
    }
  }

  @Test
  void whereThereIsEnough_eachHasItsInterval() {
    Polled first = new Polled(200);
    Polled second = new Polled(299);
    goOn(1000);
    assertThat(first.rounds).isCloseTo(1000, within(1));
    assertThat(second.rounds).isCloseTo(1000, within(1));
  }

  @Test
  void together_theyNeverTakeMore() {
    for (int i = 0; i < 6; i++) {
      new Polled(300);
    }
    goOn(1000);
    assertThat(all.stream().mapToLong(one -> one.spent).sum()).isBetween(490_000L, 505_000L);
    assertThat(all).allSatisfy(one -> assertThat(one.spent).isBetween(80_000L, 86_000L));
  }

  @Test
  void whoWantsLittle_hasItsInterval_besideWhoWantsMuch() {
    Polled small = new Polled(10);
    Polled large = new Polled(2000);
    Polled larger = new Polled(5000);
    goOn(2000);
    assertThat(small.rounds).isCloseTo(2000, within(1));
    // The others share what is left: 0.49 of the processor.
    assertThat(large.spent).isBetween(480_000L, 500_000L);
    assertThat(larger.spent).isBetween(480_000L, 500_000L);
  }

  @Test
  void whoHasNoRoundsAnyMore_leavesItsPartToTheOthers() {
    Polled first = new Polled(1000);
    Polled second = new Polled(1000);
    goOn(1000);
    assertThat(first.spent).isBetween(245_000L, 255_000L);
    all.remove(second);
    goOn(1000);
    assertThat(first.spent).isBetween(495_000L, 505_000L);
  }

  @Test
  void whoIsGone_isNotKept_andLeavesItsPart_howeverLongItWouldHaveWaited() {
    WeakReference<PollPace> gone = polledOnce();
    await()
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(gone.get()).isNull();
            });
    Polled other = new Polled(499);
    goOn(100);
    assertThat(other.rounds).isCloseTo(100, within(1));
  }

  /** One that has had all that there is, and would have it again in a day. */
  private WeakReference<PollPace> polledOnce() {
    Polled polled = new Polled(TimeUnit.DAYS.toMillis(1) / 2);
    polled.round();
    all.clear();
    return new WeakReference<>(polled.pace);
  }
}
