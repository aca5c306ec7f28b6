package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.inotify4j.Flag;
import org.inotify4j.base.Logged;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.EventRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one subscriber throws keeps no other one from being told. */
final class FaultsOfSubscribersTest {

  private static final int CREATE = Flag.CREATE.bit();
  private static final String UNDELIVERED =
      "SEVERE an event could not be delivered; its keys get OVERFLOW";

  @RegisterExtension private final Logged logged = new Logged();

  private HubParts hub;
  private NotingSubscriber first;
  private NotingSubscriber second;
  private NotingSubscriber last;

  @BeforeEach
  void threeOfAWatch() throws Exception {
    hub = new HubParts();
    first = failing(hub.subscriber(7, CREATE));
    second = failing(hub.subscriber(7, CREATE));
    last = hub.subscriber(7, CREATE);
  }

  private static NotingSubscriber failing(NotingSubscriber subscriber) {
    subscriber.onNotice = notice -> fail(subscriber.told.size() + " " + notice);
    return subscriber;
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  private static EventRecord end(int wd) {
    return EventRecord.of(wd, Flag.IGNORED.bit());
  }

  /** Both who failed are told of, in one. */
  private void assertBothAreLogged(String notice) {
    assertThat(logged.lines()).containsExactly(UNDELIVERED);
    assertThat(logged.causes())
        .singleElement()
        .satisfies(
            cause -> {
              assertThat(cause).hasMessage("1 " + notice);
              assertThat(cause.getSuppressed())
                  .extracting(Throwable::getMessage)
                  .containsExactly("1 " + notice);
            });
  }

  @Test
  void theEndOfAWatch() {
    hub.dispatch(end(7));
    assertThat(first.told).containsExactly("ended 7");
    assertThat(second.told).containsExactly("ended 7");
    assertThat(last.told).containsExactly("ended 7");
    assertBothAreLogged("ended 7");
  }

  /** Where that is for want of memory it is the poller's fault. */
  @Test
  void theEndOfAWatch_whereThereIsNoMemory() {
    OutOfMemoryError error = new OutOfMemoryError("test");
    second.onNotice =
        notice -> {
          throw error;
        };
    assertThatExceptionOfType(OutOfMemoryError.class)
        .isThrownBy(() -> hub.dispatch(end(7)))
        .isSameAs(error);
    assertThat(last.told).containsExactly("ended 7");
    assertThat(error.getSuppressed())
        .extracting(Throwable::getMessage)
        .containsExactly("1 ended 7");
  }

  @Test
  void thatThereIsRoom_andThenTheEnd() {
    NotingSubscriber waiting = failing(hub.subscriber(8, CREATE));
    NotingSubscriber other = failing(hub.subscriber(8, CREATE));
    hub.underLock(
        () -> {
          hub.table.waitForRoom(waiting.subscription);
          hub.table.waitForRoom(other.subscription);
        });
    first.onNotice = notice -> {};
    second.onNotice = notice -> {};
    hub.dispatch(end(7));
    assertThat(waiting.told).containsExactly("room");
    assertThat(other.told).containsExactly("room");
    assertThat(last.told).containsExactly("ended 7");
    assertBothAreLogged("room");
  }

  /** Whoever was not told of that would miss it for good: the fault is the poller's. */
  @Test
  void theLossOfARecord() {
    first.onRecord = () -> fail("record");
    assertThatIllegalStateException()
        .isThrownBy(() -> hub.dispatch(EventRecord.of(7, CREATE).named("a")))
        .withMessage("1 lost 7")
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
    assertThat(first.told).containsExactly("lost 7");
    assertThat(second.told).containsExactly("lost 7");
    assertThat(last.told).containsExactly("lost 7");
  }

  /** Whoever is attached fails, and who has the first of two watches that are gone. */
  @Test
  void theLossOfRecords_andTheEndsOfWatchesThatAreGone() {
    NotingSubscriber service = failing(hub.attached());
    NotingSubscriber other = hub.attached();
    NotingSubscriber next = hub.subscriber(8, CREATE);
    hub.kernel.tellWatches(0x1f);
    hub.kernel.answer("inotifyAddWatch", Errno.ENOSPC);
    hub.dispatch(EventRecord.overflow());
    assertThat(service.told).containsExactly("lost");
    assertThat(other.told).containsExactly("lost");
    assertThat(last.told).containsExactly("ended 7");
    assertThat(next.told).containsExactly("ended 8");
    assertThat(hub.table.size()).isZero();
    assertThat(logged.lines()).containsExactly(UNDELIVERED);
    assertThat(logged.causes())
        .singleElement()
        .extracting(Throwable::getMessage)
        .isEqualTo("1 lost");
  }
}
