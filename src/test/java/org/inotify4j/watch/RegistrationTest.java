package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inotify4j.pending.KindBits.AS_CREATE;
import static org.inotify4j.pending.KindBits.AS_DELETE;
import static org.inotify4j.pending.KindBits.AS_FLAG;
import static org.inotify4j.pending.KindBits.AS_MODIFY;

import java.nio.file.WatchEvent;
import java.time.Duration;
import org.inotify4j.Flag;
import org.inotify4j.Mask;
import org.junit.jupiter.api.Test;

final class RegistrationTest {

  @Test
  void mask_isWhatTheKernelIsToReport() {
    assertThat(of(ENTRY_CREATE).mask()).isEqualTo(Mask.of(Flag.CREATE, Flag.MOVED_TO));
    assertThat(of(ENTRY_DELETE).mask()).isEqualTo(Mask.of(Flag.DELETE, Flag.MOVED_FROM));
    assertThat(of(ENTRY_MODIFY, OVERFLOW).mask()).isEqualTo(Mask.of(Flag.MODIFY, Flag.ATTRIB));
    assertThat(of(INotifyEventKinds.OPEN, INotifyEventKinds.MOVE_SELF).mask())
        .isEqualTo(Mask.of(Flag.OPEN, Flag.MOVE_SELF));
    assertThat(of(INotifyEventKinds.RENAME).mask()).isEqualTo(Mask.MOVE);
  }

  @Test
  void mask_hasAnEventAlsoWhereOnlyTheUnaskedIsWanted() {
    assertThat(of(INotifyEventKinds.UNMOUNT).mask() & Mask.ALL_EVENTS).isNotZero();
  }

  @Test
  void modifiers_areOptions() {
    Registration plain = of(ENTRY_CREATE);
    Registration all =
        plain.with(
            new WatchEvent.Modifier[] {
              INotifyModifiers.NOFOLLOW, INotifyModifiers.EXCLUDE_UNLINKED, INotifyModifiers.ONESHOT
            });
    assertThat(plain.pathOptions()).isEqualTo(Flag.ONLYDIR.bit());
    assertThat(all.pathOptions()).isEqualTo(Mask.of(Flag.ONLYDIR, Flag.DONT_FOLLOW));
    assertThat(all.excludesUnlinked()).isTrue();
    assertThat(all.oneShot()).isTrue();
    assertThat(all.mask() & Mask.of(Flag.ONESHOT, Flag.ONLYDIR, Flag.DONT_FOLLOW)).isZero();
    assertThat(plain.with(new WatchEvent.Modifier[0])).isEqualTo(plain);
  }

  @Test
  void polling_isOfTheIntervalThatWasGivenLast() {
    Registration plain = of(ENTRY_CREATE);
    Registration polled =
        plain.with(
            new WatchEvent.Modifier[] {
              INotifyModifiers.poll(Duration.ofSeconds(1)),
              INotifyModifiers.RECURSIVE,
              INotifyModifiers.poll(Duration.ofMillis(500))
            });
    assertThat(plain.polling()).isNull();
    assertThat(polled.polling()).isEqualTo(new Polling(Duration.ofMillis(500)));
    assertThat(polled.recursive()).isTrue();
    assertThat(INotifyModifiers.poll(Duration.ofNanos(1)).name()).isEqualTo("POLL");
  }

  @Test
  void polling_ofAnotherInterval_isAnotherRegistration() {
    WatchEvent.Modifier[] one = {INotifyModifiers.poll(Duration.ofSeconds(1))};
    WatchEvent.Modifier[] two = {INotifyModifiers.poll(Duration.ofSeconds(2))};
    Registration plain = of(ENTRY_CREATE);
    assertThat(plain.with(one))
        .isEqualTo(plain.with(one.clone()))
        .hasSameHashCodeAs(plain.with(one.clone()));
    assertThat(plain.with(one)).isNotEqualTo(plain.with(two));
    assertThat(plain).isNotEqualTo(plain.with(one));
    assertThat(plain.with(one)).isNotEqualTo(plain);
  }

  @Test
  void polling_needsAnInterval() {
    assertThatThrownBy(() -> INotifyModifiers.poll(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the interval of polling must be more than 0: PT0S");
    assertThatThrownBy(() -> INotifyModifiers.poll(Duration.ofMillis(-5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the interval of polling must be more than 0: PT-0.005S");
  }

  @Test
  void standardKinds_matchEventsOfEntriesOnly() {
    Registration all = of(ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    for (Flag flag : Flag.of(Mask.ALL_EVENTS)) {
      int expected =
          switch (flag) {
            case CREATE, MOVED_TO -> AS_CREATE;
            case DELETE, MOVED_FROM -> AS_DELETE;
            case MODIFY, ATTRIB -> AS_MODIFY;
            default -> 0;
          };
      assertThat(all.kinds(flag.bit(), true)).as(flag.name()).isEqualTo(expected);
      assertThat(all.kinds(flag.bit() | Flag.ISDIR.bit(), true)).isEqualTo(expected);
      assertThat(all.kinds(flag.bit(), false)).as(flag.name()).isZero();
    }
  }

  @Test
  void kindsOfFlags_matchTheirFlag_alsoOfTheDirectoryItself() {
    Registration attrib = of(INotifyEventKinds.ATTRIB, ENTRY_MODIFY);
    assertThat(attrib.kinds(Flag.ATTRIB.bit(), true)).isEqualTo(AS_MODIFY | AS_FLAG);
    assertThat(attrib.kinds(Flag.ATTRIB.bit(), false)).isEqualTo(AS_FLAG);
    assertThat(attrib.kinds(Flag.MODIFY.bit(), true)).isEqualTo(AS_MODIFY);
    assertThat(attrib.kinds(Flag.CREATE.bit(), true)).isZero();
    assertThat(of(INotifyEventKinds.UNMOUNT).kinds(Flag.UNMOUNT.bit(), false)).isEqualTo(AS_FLAG);
  }

  @Test
  void kindThatWasNotAskedFor_matchesNothing() {
    assertThat(of(ENTRY_CREATE).kinds(Flag.DELETE.bit(), true)).isZero();
    assertThat(Registration.NOTHING.kinds(Mask.ALL_EVENTS, true)).isZero();
  }

  private static Registration of(WatchEvent.Kind<?>... kinds) {
    return Registration.ofKinds(kinds);
  }
}
