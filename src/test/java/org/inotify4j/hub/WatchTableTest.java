package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has which watch, and what the kernel is asked for it. */
final class WatchTableTest {

  private static final int CREATE = Flag.CREATE.bit();
  private static final int DELETE = Flag.DELETE.bit();
  private static final int EXCL_UNLINK = Flag.EXCL_UNLINK.bit();

  private final NotingKernel kernel = new NotingKernel();
  private final NotingSubscriber one = new NotingSubscriber(CREATE);
  private final NotingSubscriber two = new NotingSubscriber(DELETE);
  private WatchTable table;

  @BeforeEach
  void empty() throws Exception {
    table = new WatchTable(kernel.instance());
  }

  private boolean subscribe(int wd, NotingSubscriber subscriber) {
    return table.subscribe(wd, subscriber.subscription, subscriber.mask);
  }

  private boolean unsubscribe(int wd, NotingSubscriber subscriber) {
    return table.unsubscribe(subscriber.subscription, wd);
  }

  private int mask(int wd) {
    return Objects.requireNonNull(table.get(wd)).mask();
  }

  @Test
  void subscribe_isNewForTheFirst_andAddsToTheMask() {
    assertThat(subscribe(7, one)).isTrue();
    assertThat(mask(7)).isEqualTo(CREATE);
    assertThat(one.subscription.wds().toArray()).containsExactly(7);
    assertThat(subscribe(7, two)).isFalse();
    assertThat(mask(7)).isEqualTo(CREATE | DELETE);
    assertThat(subscribe(8, two)).isTrue();
    assertThat(table.size()).isEqualTo(2);
    assertThat(table.wds()).containsExactlyInAnyOrder(7, 8);
    assertThat(Objects.requireNonNull(table.get(7)).subscriptions())
        .containsExactly(one.subscription, two.subscription);
    assertThat(table.get(9)).isNull();
    table.clear();
    assertThat(table.size()).isZero();
  }

  @Test
  void subscribe_again_isInItOnce() {
    subscribe(7, one);
    assertThat(table.subscribe(7, one.subscription, DELETE)).isFalse();
    assertThat(mask(7)).isEqualTo(CREATE | DELETE);
    assertThat(Objects.requireNonNull(table.get(7)).subscriptions())
        .containsExactly(one.subscription);
  }

  /** There was no memory for the table's entry, so that the kernel's watch is nobody's. */
  @Test
  void giveBack_ofWhatIsNotInTheTable_removesItFromTheKernel() {
    one.subscription.wds().add(7);
    table.giveBack(one.subscription, 7);
    table.giveBack(two.subscription, 8);
    assertThat(kernel.asked()).containsExactly("remove 7", "remove 8");
    assertThat(one.subscription.wds().isEmpty()).isTrue();
  }

  /** The same, where another one has the watch. */
  @Test
  void giveBack_ofWhatOthersHave_leavesItToThem() {
    subscribe(7, two);
    one.subscription.wds().add(7);
    table.giveBack(one.subscription, 7);
    assertThat(kernel.asked()).isEmpty();
    assertThat(one.subscription.wds().isEmpty()).isTrue();
    assertThat(mask(7)).isEqualTo(DELETE);
  }

  @Test
  void watchesOfTheSameKind_areOneObject() {
    subscribe(7, one);
    subscribe(8, one);
    assertThat(table.get(8)).isSameAs(table.get(7));
    subscribe(7, two);
    Watch shared = Objects.requireNonNull(table.get(7));
    assertThat(shared.withMask(shared.mask())).isSameAs(shared);
    unsubscribe(7, two);
    assertThat(mask(7)).as("as the kernel has it").isEqualTo(CREATE | DELETE);
    assertThat(mask(8)).isEqualTo(CREATE);
  }

  @Test
  void unsubscribe_theLast_removesTheWatch() {
    subscribe(7, one);
    assertThat(unsubscribe(7, two)).isFalse();
    assertThat(unsubscribe(8, one)).isFalse();
    assertThat(kernel.asked()).isEmpty();
    assertThat(unsubscribe(7, one)).isFalse();
    assertThat(kernel.asked()).containsExactly("remove 7");
    assertThat(table.get(7)).isNull();
    assertThat(one.subscription.wds().isEmpty()).isTrue();
    assertThat(unsubscribe(7, one)).isFalse();
    assertThat(kernel.asked()).isEmpty();
  }

  @Test
  void unsubscribe_oneOfTwo_tellsTheOtherThatTheMaskIsTooMuch() {
    subscribe(7, one);
    subscribe(7, two);
    assertThat(unsubscribe(7, one)).isTrue();
    assertThat(kernel.asked()).isEmpty();
    assertThat(two.told).containsExactly("other mask 7");
    assertThat(table.isMaskOther(7)).isTrue();
    assertThat(one.told).isEmpty();
  }

  @Test
  void unsubscribe_oneOfTwoThatWantTheSame_tellsNobody() {
    two.mask = CREATE;
    subscribe(7, one);
    subscribe(7, two);
    assertThat(unsubscribe(7, one)).isTrue();
    assertThat(two.told).isEmpty();
    assertThat(table.isMaskOther(7)).isFalse();
    assertThat(table.isMaskOther(8)).as("no watch").isFalse();
  }

  @Test
  void thatTheMaskIsOther_isToldToOneWhoIsThere() {
    NotingSubscriber three = new NotingSubscriber(DELETE);
    Subscription forgotten = new Subscription();
    Watch watch = new Watch(CREATE, forgotten, two.subscription, three.subscription);
    watch.tellThatMaskIsOther(7);
    assertThat(two.told).containsExactly("other mask 7");
    assertThat(three.told).isEmpty();
    new Watch(CREATE, forgotten).tellThatMaskIsOther(8);
  }

  @Test
  void thatTheMaskIsOther_isToldToTheNextOne_whereOneDoesNothing() {
    NotingSubscriber three = new NotingSubscriber(DELETE);
    one.replacesMasks = false;
    Watch watch = new Watch(CREATE, one.subscription, two.subscription, three.subscription);
    watch.tellThatMaskIsOther(7);
    assertThat(one.told).containsExactly("other mask 7");
    assertThat(two.told).containsExactly("other mask 7");
    assertThat(three.told).isEmpty();
  }

  @Test
  void ended_isForgottenByAll_andTheKernelIsNotAsked() {
    subscribe(7, one);
    subscribe(7, two);
    subscribe(8, two);
    table.ended(7, Objects.requireNonNull(table.get(7)));
    assertThat(table.wds()).containsExactly(8);
    assertThat(one.subscription.wds().isEmpty()).isTrue();
    assertThat(two.subscription.wds().toArray()).containsExactly(8);
    assertThat(kernel.asked()).isEmpty();
  }

  @Test
  void whoWaitsForRoom_isToldOnce_whenAWatchIsGone() {
    NotingSubscriber three = new NotingSubscriber(CREATE);
    subscribe(7, one);
    subscribe(8, one);
    table.waitForRoom(two.subscription);
    table.waitForRoom(three.subscription);
    table.waitForRoom(new Subscription());
    table.forget(three.subscription);
    unsubscribe(7, one);
    unsubscribe(8, one);
    assertThat(two.told).containsExactly("room");
    assertThat(three.told).isEmpty();
  }

  @Test
  void whatIsGone_isNotedForWhoIsOnTheWay() {
    long start = table.early().begin();
    subscribe(7, one);
    unsubscribe(7, one);
    assertThat(table.early().isGone(7)).isTrue();
    assertThat(table.dropUnknown(8)).isTrue();
    assertThat(table.early().isToBePlacedAgain(start, 8)).isTrue();
    assertThat(kernel.asked()).containsExactly("remove 7", "remove 8");
    subscribe(9, one);
    assertThat(table.dropUnknown(9)).isFalse();
    assertThat(table.early().isGone(9)).isFalse();
    assertThat(kernel.asked()).isEmpty();
  }

  @Test
  void replaceMask_asksForWhatIsWanted_andIsNotedForWhoIsOnTheWay() {
    subscribe(7, one);
    subscribe(7, two);
    unsubscribe(7, two);
    long start = table.early().begin();
    kernel.answer("inotifyAddWatch", 7);
    table.replaceMask(7, 45);
    assertThat(kernel.asked()).containsExactly("add /proc/self/fd/45 CREATE");
    assertThat(mask(7)).isEqualTo(CREATE);
    assertThat(table.isMaskOther(7)).isFalse();
    assertThat(table.early().isToBePlacedAgain(start, 7)).isTrue();
  }

  @Test
  void replaceMask_ofAnotherDirectory_changesNothing() {
    subscribe(7, one);
    one.mask = DELETE;
    kernel.answer("inotifyAddWatch", 8);
    long start = table.early().begin();
    table.replaceMask(7, 45);
    assertThat(mask(7)).isEqualTo(CREATE);
    kernel.answer("inotifyAddWatch", Errno.ENOSPC);
    table.replaceMask(7, 45);
    assertThat(mask(7)).isEqualTo(CREATE);
    assertThat(table.early().isToBePlacedAgain(start, 7)).isFalse();
  }

  @Test
  void replaceMask_nothingToAsk() {
    table.replaceMask(7, 45);
    subscribe(7, one);
    one.mask = EXCL_UNLINK;
    table.replaceMask(7, 45);
    assertThat(kernel.asked()).isEmpty();
    assertThat(mask(7)).isEqualTo(CREATE);
  }

  @Test
  void exclUnlink_isAskedForWhereAllWantIt() {
    kernel.answer("inotifyAddWatch", 7);
    one.mask = CREATE | EXCL_UNLINK;
    subscribe(7, one);
    subscribe(7, two);
    NotingSubscriber none = new NotingSubscriber(0);
    subscribe(7, none);
    table.replaceMask(7, 45);
    two.mask = DELETE | EXCL_UNLINK;
    table.replaceMask(7, 45);
    assertThat(kernel.asked())
        .containsExactly(
            "add /proc/self/fd/45 " + Mask.toString(CREATE | DELETE),
            "add /proc/self/fd/45 " + Mask.toString(CREATE | DELETE | EXCL_UNLINK));
    assertThat(mask(7)).isEqualTo(CREATE | DELETE | EXCL_UNLINK);
  }

  @Test
  void whoIsForgotten_wantsNothing() {
    table.subscribe(7, new Subscription(), CREATE | DELETE);
    subscribe(7, one);
    kernel.answer("inotifyAddWatch", 7);
    table.replaceMask(7, 45);
    assertThat(mask(7)).isEqualTo(CREATE);
  }
}
