package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Who is attached, and what all of them are told. */
final class SubscriptionsTest {

  private final Subscriptions all = new Subscriptions();

  @Test
  void eachIsTakenOutOnce_inAnyOrder() {
    Subscription[] some = {
      new Subscription(), new Subscription(), new Subscription(), new Subscription()
    };
    assertThat(all.isEmpty()).isTrue();
    for (Subscription one : some) {
      assertThat(all.take(one)).as("not attached").isFalse();
      assertThat(all.add(one)).isTrue();
    }
    assertThat(all.isEmpty()).isFalse();
    for (int i : new int[] {1, 3, 0, 2}) {
      assertThat(all.isEmpty()).isFalse();
      assertThat(all.take(some[i])).isTrue();
      assertThat(all.take(some[i])).isFalse();
    }
    assertThat(all.isEmpty()).isTrue();
    assertThat(all.add(some[1])).isTrue();
    assertThat(all.take(some[1])).isTrue();
  }

  @Test
  void allWhoAreThere_areTold() {
    NotingSubscriber one = new NotingSubscriber(0);
    NotingSubscriber two = new NotingSubscriber(0);
    assertThat(all.add(one.subscription)).isTrue();
    assertThat(all.add(new Subscription())).as("not bound yet").isTrue();
    assertThat(all.add(two.subscription)).isTrue();
    all.recordsLost();
    all.failed(new IllegalStateException("test"));
    all.wakeAll();
    assertThat(one.told).containsExactly("lost", "failed: test", "wake");
    assertThat(two.told).isEqualTo(one.told);
  }

  @Test
  void aSubscription_isOverForGood() {
    Subscription subscription = new Subscription();
    assertThat(subscription.isOver()).isFalse();
    subscription.end();
    assertThat(subscription.isOver()).isTrue();
  }
}
