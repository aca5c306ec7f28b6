package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.inotify4j.Flag;
import org.junit.jupiter.api.Test;

/** What is noted for registrations that are under way, and how much of it. */
final class PlacementsTest {

  private static final int FAR_MORE = 5 * Placements.MOST;

  private final Placements placements = new Placements();
  private final KernelRecord record = new KernelRecord();

  private void keep(int wd) {
    record.set(wd, Flag.CREATE.bit(), 0, new byte[] {'x'}, 0, 1);
    placements.keep(record);
  }

  @Test
  void nothingIsNotedWhereNobodyIsOnTheWay() {
    placements.gone(1);
    placements.narrowed(2);
    keep(3);
    assertThat(placements.size()).isZero();
  }

  @Test
  void whatHappensMeanwhileIsNoted_andForgottenAtTheEnd() {
    placements.begin();
    long start = placements.now();
    placements.gone(1);
    placements.narrowed(2);
    keep(3);
    assertThat(placements.isToBePlacedAgain(start, 1)).isTrue();
    assertThat(placements.isToBePlacedAgain(start, 2)).isTrue();
    assertThat(placements.isToBePlacedAgain(placements.now(), 2)).isFalse();
    assertThat(placements.isToBePlacedAgain(start, 3)).isFalse();
    assertThat(placements.take(3)).hasSize(1);
    placements.end();
    assertThat(placements.size()).isZero();
  }

  @Test
  void whileOneHangs_nothingGrows_andItStartsAgain() {
    placements.begin();
    long start = placements.now();
    for (int wd = 1; wd <= FAR_MORE; wd++) {
      placements.begin();
      keep(wd);
      placements.narrowed(wd);
      placements.gone(wd);
      placements.end();
      assertThat(placements.size()).isLessThanOrEqualTo(Placements.MOST);
    }
    assertThat(placements.isToBePlacedAgain(start, FAR_MORE + 1)).isTrue();
    assertThat(placements.isToBePlacedAgain(placements.now(), FAR_MORE + 1)).isFalse();
  }

  @Test
  void manyEventsOfOneWatchAreBoundedAsWell() {
    placements.begin();
    for (int i = 0; i < FAR_MORE; i++) {
      keep(7);
    }
    assertThat(placements.size()).isLessThanOrEqualTo(Placements.MOST);
  }
}
