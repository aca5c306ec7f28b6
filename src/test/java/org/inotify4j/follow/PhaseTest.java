package org.inotify4j.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inotify4j.follow.Phase.BUILDING;
import static org.inotify4j.follow.Phase.CATCHING_UP;
import static org.inotify4j.follow.Phase.CLOSED;
import static org.inotify4j.follow.Phase.MUTED;
import static org.inotify4j.follow.Phase.REPAIRING;
import static org.inotify4j.follow.Phase.SUCCEEDING;
import static org.inotify4j.follow.Phase.TELLING;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which phase may follow which: every pair. */
final class PhaseTest {

  private static final Map<Phase, Set<Phase>> NEXT =
      new EnumMap<>(
          Map.of(
              BUILDING, Set.of(CATCHING_UP, CLOSED),
              CATCHING_UP, Set.of(SUCCEEDING, MUTED, CLOSED),
              SUCCEEDING, Set.of(TELLING, REPAIRING, MUTED, CLOSED),
              TELLING, Set.of(REPAIRING, MUTED, CLOSED),
              REPAIRING, Set.of(TELLING, MUTED, CLOSED),
              MUTED, Set.of(CLOSED),
              CLOSED, Set.of()));

  static Stream<Arguments> pairs() {
    List<Phase> all = Arrays.asList(Phase.values());
    return all.stream()
        .flatMap(
            from ->
                all.stream()
                    .map(
                        next ->
                            Arguments.of(
                                from, next, NEXT.getOrDefault(from, Set.of()).contains(next))));
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @MethodSource("pairs")
  void onePhaseFollowsAnother_whereTheTableSaysSo(Phase from, Phase next, boolean mayFollow) {
    CurrentPhase phase = new CurrentPhase(from);
    assertThat(next.mayFollow(from)).isEqualTo(mayFollow);
    if (mayFollow) {
      assertThat(phase.advance(from, next)).isTrue();
      assertThat(phase.get()).isEqualTo(next);
    } else {
      assertThatThrownBy(() -> phase.advance(from, next))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(next + " after " + from);
      assertThat(phase.get()).isEqualTo(from);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyIsClosed_andStaysSo(Phase from) {
    CurrentPhase phase = new CurrentPhase(from);
    phase.close();
    phase.close();
    phase.mute();
    assertThat(phase.get()).isEqualTo(CLOSED);
  }

  @ParameterizedTest
  @EnumSource(names = {"CATCHING_UP", "SUCCEEDING", "TELLING", "REPAIRING", "MUTED"})
  void thoseThatAreKnownToTheKey_areMuted(Phase from) {
    CurrentPhase phase = new CurrentPhase(from);
    phase.mute();
    assertThat(phase.get()).isEqualTo(MUTED);
  }

  @Test
  void aStepFromAPhaseThatIsLeft_comesToNothing() {
    CurrentPhase phase = new CurrentPhase(TELLING);
    phase.close();
    assertThat(phase.advance(TELLING, REPAIRING)).isFalse();
    assertThat(phase.get()).isEqualTo(CLOSED);
  }
}
