package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.inotify4j.Flag;
import org.junit.jupiter.api.Test;

/** What is noted for registrations that are under way, and how much of it. */
final class EarlyRecordsTest {

  private static final int FAR_MORE = 5 * EarlyRecords.MOST;

  private final EarlyRecords early = new EarlyRecords();
  private final KernelRecord record = new KernelRecord();

  private void keep(int wd) {
    record.set(wd, Flag.CREATE.bit(), 0, new byte[] {'x'}, 0, 1);
    early.keep(record);
  }

  @Test
  void nothingIsNotedWhereNobodyIsOnTheWay() {
    early.gone(1);
    early.narrowed(2);
    keep(3);
    assertThat(early.size()).isZero();
  }

  @Test
  void whatHappensMeanwhileIsNoted_andForgottenAtTheEnd() {
    early.begin();
    long start = early.now();
    early.gone(1);
    early.narrowed(2);
    keep(3);
    assertThat(early.isToBePlacedAgain(start, 1)).isTrue();
    assertThat(early.isToBePlacedAgain(start, 2)).isTrue();
    assertThat(early.isToBePlacedAgain(early.now(), 2)).isFalse();
    assertThat(early.isToBePlacedAgain(start, 3)).isFalse();
    assertThat(early.take(3)).hasSize(1);
    early.end();
    assertThat(early.size()).isZero();
  }

  @Test
  void whileOneHangs_nothingGrows_andItStartsAgain() {
    early.begin();
    long start = early.now();
    for (int wd = 1; wd <= FAR_MORE; wd++) {
      early.begin();
      keep(wd);
      early.narrowed(wd);
      early.gone(wd);
      early.end();
      assertThat(early.size()).isLessThanOrEqualTo(EarlyRecords.MOST);
    }
    assertThat(early.isToBePlacedAgain(start, FAR_MORE + 1)).isTrue();
    assertThat(early.isToBePlacedAgain(early.now(), FAR_MORE + 1)).isFalse();
  }

  @Test
  void manyEventsOfOneWatchAreBoundedAsWell() {
    early.begin();
    for (int i = 0; i < FAR_MORE; i++) {
      keep(7);
    }
    assertThat(early.size()).isLessThanOrEqualTo(EarlyRecords.MOST);
  }

  @Test
  void nothingIsForgottenWhileOneIsLeft() {
    early.begin();
    early.begin();
    early.gone(1);
    keep(2);
    early.end();
    assertThat(early.size()).isEqualTo(2);
    assertThat(early.isGone(1)).isTrue();
    early.end();
    assertThat(early.size()).isZero();
    assertThat(early.isGone(1)).isFalse();
    assertThat(early.take(2)).isEmpty();
  }

  @Test
  void eventsAreTakenOnce_andThoseOfAWatchThatIsGoneAreDropped() {
    early.begin();
    keep(1);
    keep(1);
    keep(2);
    early.narrowed(3);
    assertThat(early.size()).isEqualTo(4);
    assertThat(early.take(1)).hasSize(2).allMatch(event -> event.wd() == 1);
    assertThat(early.take(1)).isEmpty();
    assertThat(early.size()).isEqualTo(2);
    early.gone(2);
    assertThat(early.size()).as("one that is gone, one narrowed").isEqualTo(2);
    keep(2);
    assertThat(early.take(2)).isEmpty();
    early.gone(3);
    assertThat(early.size()).isEqualTo(3);
  }

  @Test
  void theMostIsNoted_andOneMoreForgetsAll() {
    early.begin();
    for (int i = 0; i < EarlyRecords.MOST; i++) {
      keep(7);
    }
    long full = early.now();
    assertThat(early.size()).isEqualTo(EarlyRecords.MOST);
    assertThat(early.isToBePlacedAgain(full, 7)).isFalse();
    early.gone(8);
    assertThat(early.size()).isEqualTo(1);
    assertThat(early.take(7)).isEmpty();
    assertThat(early.isToBePlacedAgain(full, 7)).isTrue();
    assertThat(early.isToBePlacedAgain(early.begin(), 7)).isFalse();
  }

  @Test
  void aMaskThatWasReplaced_isOneOfTheMost() {
    early.begin();
    for (int wd = 1; wd <= EarlyRecords.MOST; wd++) {
      early.narrowed(wd);
    }
    assertThat(early.size()).isEqualTo(EarlyRecords.MOST);
    early.narrowed(EarlyRecords.MOST + 1);
    assertThat(early.size()).isEqualTo(1);
  }

  @Test
  void anOverflow_isSinceATime() {
    long before = early.begin();
    assertThat(early.isOverflowedSince(before)).isFalse();
    early.overflow();
    assertThat(early.isOverflowedSince(before)).isTrue();
    assertThat(early.isOverflowedSince(early.now())).isFalse();
    assertThat(early.begin()).isEqualTo(early.now());
  }
}
