package org.inotify4j.recovery;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Set;
import org.inotify4j.poll.SilentPlaces;
import org.junit.jupiter.api.Test;

/** Where it is polled when it is known where that is to be, and when it is not. */
final class UnheardPlacesTest {

  /** What is there, whether somebody can say it or not. */
  private Set<String> found = Set.of();

  private boolean isCertain = true;

  private final UnheardPlaces places = new UnheardPlaces(this::find, () -> false, Set::of);

  private SilentPlaces.Found find(Set<String> before) {
    return new SilentPlaces.Found(isCertain ? found : before, isCertain);
  }

  private void find(String... these) {
    found = Set.of(these);
    places.look();
  }

  @Test
  void whatIsKnown_isAsFound_andNotAskedForAgain() {
    find("a", "b");
    assertThat(places.silent()).containsExactlyInAnyOrder("a", "b");
    find("b");
    assertThat(places.silent()).containsExactly("b");
    assertThat(places.untilAsked()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatIsNotKnown_isAsBefore_andAskedForAgainInASecond_thenInTwo_untilItIsKnown() {
    find("a");
    isCertain = false;
    find("b");
    assertThat(places.silent()).containsExactly("a");
    assertThat(places.untilAsked()).isBetween(1L, SECONDS.toNanos(1));
    // Long before it is due, so that a thread that is held up for a while does not come too late.
    long some = MILLISECONDS.toNanos(950);
    await().until(() -> places.untilAsked() < some);
    // Other reasons to look do not delay that.
    places.look();
    assertThat(places.untilAsked()).isBetween(1L, some);
    await().until(() -> places.untilAsked() == 1);
    places.look();
    assertThat(places.untilAsked()).isBetween(SECONDS.toNanos(1), SECONDS.toNanos(2));
    isCertain = true;
    places.look();
    assertThat(places.silent()).containsExactly("b");
    assertThat(places.untilAsked()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void whatMovesWhileItIsNotKnown_isWhereItHasMovedTo() {
    find("p/n", "p/q/m", "pp/n");
    isCertain = false;
    places.moved("p", "x/y");
    assertThat(places.silent()).containsExactlyInAnyOrder("x/y/n", "x/y/q/m", "pp/n");
    places.moved("x/y/q", null);
    assertThat(places.silent()).containsExactlyInAnyOrder("x/y/n", "pp/n");
    isCertain = true;
    places.look();
    assertThat(places.silent()).containsExactlyInAnyOrder("p/n", "p/q/m", "pp/n");
  }

  @Test
  void whatIsNotKnown_isAsOthersHaveIt() {
    UnheardPlaces others = new UnheardPlaces(this::find, () -> false, Set::of);
    others.set(Set.of("a"));
    find("b");
    places.setAs(others);
    assertThat(places.silent()).containsExactly("b");
    isCertain = false;
    places.look();
    places.setAs(others);
    assertThat(places.silent()).containsExactlyInAnyOrder("a", "b");
  }
}
