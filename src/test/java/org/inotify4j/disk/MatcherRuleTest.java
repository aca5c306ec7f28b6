package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import org.inotify4j.base.HeldBack;
import org.inotify4j.base.Logged;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.base.Rank;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A matcher of the program that fails, for each of many entries. */
final class MatcherRuleTest {

  @RegisterExtension private final Logged logged = new Logged();

  @Test
  void whatFailsAHundredThousandTimes_isLoggedTwice() {
    MatcherRule rule =
        new MatcherRule(
            path -> {
              throw new IllegalStateException("on purpose");
            });
    for (int i = 0; i < 100_000; i++) {
      assertThat(rule.matches(Path.of(""), ("f" + i).getBytes(UTF_8), false)).isFalse();
    }
    String text = "WARNING a matcher that excludes failed; not excluded: f";
    assertThat(logged.lines()).containsExactly(text + 0);
    HeldBack.tell();
    assertThat(logged.lines())
        .containsExactly(text + 0, text + "99999 (99999 times more, this is the last)");
    assertThat(logged.causes())
        .hasSize(2)
        .allSatisfy(cause -> assertThat(cause).hasMessage("on purpose"));
  }

  @Test
  void aMatcher_isAskedForThePath_andIsTheRulesIdentity() {
    PathMatcher matcher = path -> path.equals(Path.of("d/f"));
    MatcherRule rule = new MatcherRule(matcher);
    assertThat(rule.matches(Path.of(""), "d/f".getBytes(UTF_8), false)).isTrue();
    assertThat(rule.matches(Path.of(""), "d/g".getBytes(UTF_8), false)).isFalse();
    assertThat(rule.isPositional()).isTrue();
    assertThat(rule.isNegated()).isFalse();
    PathMatcher other = path -> path.equals(Path.of("d/f"));
    assertThat(rule)
        .isEqualTo(new MatcherRule(matcher))
        .hasSameHashCodeAs(new MatcherRule(matcher))
        .isNotEqualTo(new MatcherRule(other))
        .isNotEqualTo(matcher);
    assertThat(rule.hashCode()).isEqualTo(System.identityHashCode(matcher));
  }

  @Test
  void aMatcher_isNotAskedUnderALock() {
    MatcherRule rule = new MatcherRule(path -> true);
    OrderedLock lock = new OrderedLock(Rank.HUB);
    lock.lock();
    try {
      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> rule.matches(Path.of(""), new byte[] {'f'}, false));
    } finally {
      lock.unlock();
    }
  }
}
