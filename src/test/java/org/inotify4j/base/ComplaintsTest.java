package org.inotify4j.base;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The same complaint is told once a minute, with a count. */
final class ComplaintsTest {

  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final AtomicLong now = new AtomicLong(5);
  private final Complaints complaints =
      new Complaints(
          MINUTE,
          now::get,
          (level, what, cause) ->
              told.add(level + " " + what + (cause == null ? "" : " " + cause.getMessage())));

  private void complain(String about, String what) {
    complaints.add(about, WARNING, what, null);
  }

  @Test
  void firstOne_isToldAtOnce_theOthersWhenAMinuteIsOver() {
    complain("a", "first");
    complain("b", "other");
    complain("a", "second");
    complain("a", "third");
    assertThat(told).containsExactly("WARNING first", "WARNING other");
    now.addAndGet(MINUTE - 1);
    complaints.tell(true);
    assertThat(told).hasSize(2);
    now.addAndGet(1);
    complaints.tell(true);
    assertThat(told.subList(2, told.size()))
        .containsExactly("WARNING third (2 times more, this is the last)");
  }

  @Test
  void whatGoesOn_isToldOnceAMinute() {
    for (int minute = 0; minute < 3; minute++) {
      for (int i = 0; i < 1000; i++) {
        complain("a", "text");
      }
      now.addAndGet(MINUTE);
      complaints.tell(true);
    }
    assertThat(told)
        .containsExactly(
            "WARNING text",
            "WARNING text (999 times more, this is the last)",
            "WARNING text (1000 times more, this is the last)",
            "WARNING text (1000 times more, this is the last)");
  }

  @Test
  void whatComesAgainLater_isNews() {
    complain("a", "text");
    now.addAndGet(MINUTE);
    complaints.tell(true);
    complain("a", "text");
    assertThat(told).containsExactly("WARNING text", "WARNING text");
  }

  @Test
  void whoComplainsWhenTheMinuteIsOver_tellsTheCount() {
    complain("a", "text");
    now.addAndGet(MINUTE);
    complaints.add("a", ERROR, "text", new IllegalStateException("cause"));
    assertThat(told).containsExactly("WARNING text", "WARNING text (once more) cause");
  }

  @Test
  void withoutAnotherComplaint_aThreadTells_andEnds() {
    Complaints quick =
        new Complaints(
            TimeUnit.MILLISECONDS.toNanos(50),
            System::nanoTime,
            (level, what, cause) -> told.add(what));
    quick.add("a", WARNING, "text", null);
    quick.add("a", WARNING, "text", null);
    quick.add("a", WARNING, "text", null);
    await().until(() -> told.size() == 2);
    assertThat(told.get(1)).isEqualTo("text (2 times more, this is the last)");
    await().until(() -> !quick.isWaited());
  }

  @Test
  void textsThatDifferEachTime_areAllTold_andNotKept() {
    for (int i = 0; i < 3000; i++) {
      complain("about " + i, "text");
    }
    assertThat(told).hasSize(3000);
  }

  @Test
  void nothingIsMiscounted_whateverThreadsDo() throws Exception {
    int each = 20_000;
    CountDownLatch ended = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                for (int j = 0; j < each; j++) {
                  complain("a", "text");
                }
                ended.countDown();
              })
          .start();
    }
    while (ended.getCount() > 0) {
      complaints.tell(false);
    }
    complaints.tell(false);
    long sum = 0;
    for (String line : told) {
      String digits = line.replaceAll("\\D", "");
      sum += digits.isEmpty() ? 1 : Long.parseLong(digits);
    }
    assertThat(sum).isEqualTo(4L * each);
  }
}
