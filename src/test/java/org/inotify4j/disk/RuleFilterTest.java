package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of several rules decides. */
final class RuleFilterTest {

  private static RuleFilter filter(String... patterns) {
    List<FilterRule> rules =
        Arrays.stream(patterns)
            .map(pattern -> (FilterRule) new GlobRule(pattern.getBytes(UTF_8)))
            .toList();
    return new RuleFilter(Path.of(""), rules);
  }

  private static boolean isOut(RuleFilter filter, String path) {
    return filter.excludes(path.getBytes(UTF_8), false);
  }

  @Test
  void theLastThatIsAboutAnEntry_decides() {
    RuleFilter filter = filter("*.log", "!keep.*", "*.tmp", "keep.tmp");
    assertThat(isOut(filter, "a.log")).isTrue();
    assertThat(isOut(filter, "keep.log")).isFalse();
    assertThat(isOut(filter, "keep.tmp")).isTrue();
    assertThat(isOut(filter, "keep.txt")).isFalse();
    assertThat(isOut(filter, "a.txt")).isFalse();
    assertThat(isOut(filter(), "a")).isFalse();
  }

  @Test
  void thePlaceMatters_whereItDoesToOneRule() {
    assertThat(filter().isPositional()).isFalse();
    assertThat(filter("a", "b").isPositional()).isFalse();
    assertThat(filter("a", "b/c").isPositional()).isTrue();
    assertThat(filter("/a", "b").isPositional()).isTrue();
  }

  @Test
  void oneWithTheSameRules_inTheSameOrder_isEqual() {
    assertThat(filter("a", "!b")).isEqualTo(filter("a", "!b")).hasSameHashCodeAs(filter("a", "!b"));
    assertThat(filter("a", "!b")).isNotEqualTo(filter("!b", "a")).isNotEqualTo(filter("a"));
    assertThat(filter().equals(EntryFilter.NOTHING)).isFalse();
  }
}
