package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.function.Supplier;
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

  /** The ways in which all are told. */
  private List<Runnable> ways() {
    return List.of(
        () -> all.failed(new IllegalStateException("cause")), all::wakeAll, all::recordsLost);
  }

  @Test
  void whatSomeThrow_keepsNobodyFromBeingTold_andIsThrownInTheEnd() {
    NotingSubscriber one = new NotingSubscriber(0);
    NotingSubscriber two = new NotingSubscriber(0);
    List<NotingSubscriber> others = List.of(throwing("first"), throwing("second"));
    assertThat(all.add(one.subscription)).isTrue();
    others.forEach(other -> assertThat(all.add(other.subscription)).isTrue());
    assertThat(all.add(two.subscription)).isTrue();
    for (Runnable way : ways()) {
      assertThatIllegalStateException()
          .isThrownBy(way::run)
          .withMessage("first")
          .satisfies(
              thrown ->
                  assertThat(thrown.getSuppressed())
                      .extracting(Throwable::getMessage)
                      .containsExactly("second"));
    }
    assertThat(one.told).containsExactly("failed: cause", "wake", "lost");
    assertThat(two.told).isEqualTo(one.told);
  }

  /** Who catches it tries again where there is no memory. */
  @Test
  void anError_isThrownBeforeAnotherFault() {
    OutOfMemoryError error = new OutOfMemoryError("test");
    NotingSubscriber worst = new NotingSubscriber(0);
    worst.onNotice =
        notice -> {
          throw error;
        };
    List<NotingSubscriber> some = List.of(throwing("first"), worst, throwing("last"));
    some.forEach(one -> assertThat(all.add(one.subscription)).isTrue());
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(all::wakeAll)
        .isSameAs(error)
        .satisfies(
            thrown ->
                assertThat(thrown.getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("first", "last"));
  }

  @Test
  void oneThatAllThrow_isNotToldAsItsOwn() {
    IllegalStateException fault = new IllegalStateException("test");
    List<NotingSubscriber> some = List.of(throwing(() -> fault), throwing(() -> fault));
    some.forEach(one -> assertThat(all.add(one.subscription)).isTrue());
    assertThatIllegalStateException().isThrownBy(all::wakeAll).isSameAs(fault);
    assertThat(fault.getSuppressed()).isEmpty();
  }

  private static NotingSubscriber throwing(String message) {
    return throwing(() -> new IllegalStateException(message));
  }

  /** One that throws whatever it is told. */
  private static NotingSubscriber throwing(Supplier<RuntimeException> faults) {
    NotingSubscriber one = new NotingSubscriber(0);
    one.onNotice =
        notice -> {
          throw faults.get();
        };
    return one;
  }

  @Test
  void aSubscription_isOverForGood() {
    Subscription subscription = new Subscription();
    assertThat(subscription.isOver()).isFalse();
    subscription.end();
    assertThat(subscription.isOver()).isTrue();
  }
}
