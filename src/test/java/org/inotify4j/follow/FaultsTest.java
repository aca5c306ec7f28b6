package org.inotify4j.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import org.inotify4j.base.Silenced;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A follower that finds no memory waits for it, and gives up no sooner than after many waits. */
@Timeout(60)
@ExtendWith(Silenced.class)
final class FaultsTest {

  private static final int ROUNDS = Faults.MOST * Faults.WAITS;

  private final FollowerSet set = new FollowerSet();
  private final Subscription service = new Subscription();
  private Hub hub;
  private Followed followed;

  @BeforeEach
  void open() throws IOException {
    hub = new HeldReads().openHub();
    assertThat(hub.attach(service)).isTrue();
    followed = new Followed(hub, set);
    followed.register();
    followed.model.calls.clear();
  }

  @AfterEach
  void close() {
    set.close();
    hub.detach(service);
  }

  private void loseMemory(int rounds) {
    followed.model.fault = new OutOfMemoryError("on purpose");
    followed.model.faults = rounds;
    followed.follower.overflow();
  }

  @Test
  void thatIsThereAgainAtTheLast_nothingEnds() {
    loseMemory(ROUNDS - 1);
    Followed.await()
        .untilAsserted(
            () ->
                assertThat(followed.model.calls).isEqualTo(Collections.nCopies(ROUNDS, "looked")));
    followed.awaitPhase(Phase.TELLING);
    followed.audience.told.clear();
    followed.record(Followed.RECORD);
    Followed.await()
        .untilAsserted(() -> assertThat(followed.audience.told).containsExactly("event 1"));
  }

  @Test
  void thatIsNotThere_theKeyEnds_afterAllWaits_whateverComesMeanwhile() {
    long start = System.nanoTime();
    loseMemory(Integer.MAX_VALUE);
    Followed.await()
        .until(
            () -> {
              followed.record(Followed.RECORD);
              return followed.follower.phase() == Phase.CLOSED;
            });
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo((ROUNDS - 1) * Faults.WAIT);
    assertThat(followed.model.calls.stream().filter("looked"::equals)).hasSize(ROUNDS);
    assertThat(followed.audience.told).endsWith("ended").doesNotContain("failed");
    assertThat(Duration.ofNanos(Faults.WAIT)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void whoIsClosedMeanwhile_isNotWaitedFor() {
    loseMemory(Integer.MAX_VALUE);
    followed.awaitCall("looked");
    set.remove(followed.follower);
    assertThat(followed.follower.phase()).isEqualTo(Phase.CLOSED);
    assertThat(followed.audience.told).doesNotContain("ended");
  }
}
