package org.inotify4j.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.inotify4j.snapshot.TreeFilter.EVERYTHING;

import org.inotify4j.disk.EntryFilter;
import org.junit.jupiter.api.Test;

/** What a filter leaves out, and when two are equal. */
final class TreeFilterTest {

  private static boolean isOut(TreeFilter filter, String path) {
    boolean isDirectory = path.endsWith("/");
    String name = isDirectory ? path.substring(0, path.length() - 1) : path;
    return entries(filter).excludes(name.getBytes(UTF_8), isDirectory);
  }

  private static EntryFilter entries(TreeFilter filter) {
    return filter.reach().filter();
  }

  @Test
  void everything_leavesNothingOut() {
    assertThat(entries(EVERYTHING)).isSameAs(EntryFilter.NOTHING);
    assertThat(EVERYTHING.reach().hasMode()).isFalse();
    assertThat(EVERYTHING.withMode().reach().hasMode()).isTrue();
    assertThat(entries(EVERYTHING.withMode())).isSameAs(EntryFilter.NOTHING);
  }

  @Test
  void whatIsExcluded_isOut_unlessItIsTakenBack() {
    TreeFilter filter = EVERYTHING.exclude("*.tmp").exclude("!keep.tmp").exclude("d/");
    assertThat(isOut(filter, "a.tmp")).isTrue();
    assertThat(isOut(filter, "a.tmp/")).isTrue();
    assertThat(isOut(filter, "keep.tmp")).isFalse();
    assertThat(isOut(filter, "d/")).isTrue();
    assertThat(isOut(filter, "d")).isFalse();
    assertThat(isOut(filter, "a")).isFalse();
  }

  @Test
  void ofWhatIsIncluded_filesAreIn_andDirectoriesAllTheSame() {
    TreeFilter filter = EVERYTHING.include("*.java").include("/pom.xml").exclude("Gen*");
    assertThat(isOut(filter, "A.java")).isFalse();
    assertThat(isOut(filter, "pom.xml")).isFalse();
    assertThat(isOut(filter, "d/pom.xml")).isTrue();
    assertThat(isOut(filter, "d/")).isFalse();
    assertThat(isOut(filter, "Gen.java")).isTrue();
    assertThat(isOut(filter, "Gen/")).isTrue();
  }

  @Test
  void thePlaceMatters_whereItDoesToOnePattern() {
    assertThat(entries(EVERYTHING.exclude("a").include("b")).isPositional()).isFalse();
    assertThat(entries(EVERYTHING.exclude("/a").include("b")).isPositional()).isTrue();
    assertThat(entries(EVERYTHING.exclude("a").include("/b")).isPositional()).isTrue();
  }

  @Test
  void whatTakesNothingBack_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EVERYTHING.exclude("!a"))
        .withMessage(
            "the pattern '!a' takes back what others exclude: it must come after one of these");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EVERYTHING.include("docs/"))
        .withMessage(
            "the pattern 'docs/' is about directories, which are had anyway: write /** at its end"
                + " for what is in them");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EVERYTHING.exclude("b").include("!a"))
        .withMessage("the pattern '!a' takes something back: exclude it instead");
  }

  @Test
  void equality_isThatOfAllParts() {
    TreeFilter filter = EVERYTHING.exclude("a").exclude("b").include("c").withMode();
    TreeFilter same = EVERYTHING.withMode().include("c").exclude("a").exclude("b");
    assertThat(filter)
        .isEqualTo(same)
        .hasSameHashCodeAs(same)
        .hasToString("TreeFilter[excluded=[a, b], included=[c], with mode]")
        .isNotEqualTo(EVERYTHING.exclude("b").exclude("a").include("c").withMode())
        .isNotEqualTo(EVERYTHING.exclude("a").exclude("b").include("d").withMode())
        .isNotEqualTo(EVERYTHING.exclude("a").exclude("b").include("c"))
        .isNotEqualTo("filter");
    assertThat(filter.hashCode()).isNotEqualTo(EVERYTHING.hashCode());
    assertThat(EVERYTHING.exclude("a").hashCode()).isNotEqualTo(EVERYTHING.exclude("b").hashCode());
    assertThat(filter.hasMode()).isTrue();
    assertThat(EVERYTHING.hasMode()).isFalse();
    assertThat(filter.withMode()).isSameAs(filter);
    assertThat(EVERYTHING).hasToString("TreeFilter[excluded=[], included=[]]");
    assertThat(filter.excludedPatterns()).containsExactly(new byte[] {'a'}, new byte[] {'b'});
    assertThat(filter.includedPatterns()).containsExactly(new byte[] {'c'});
  }

  @Test
  void whatIsAskedForEntries_isEqualToItself_andToNoOther() {
    EntryFilter entries = entries(EVERYTHING.exclude("a").include("b"));
    Object itself = entries;
    assertThat(entries.equals(itself)).isTrue();
    assertThat(entries.hashCode()).isEqualTo(itself.hashCode()).isNotZero();
    assertThat(entries)
        .isNotEqualTo(entries(EVERYTHING.exclude("a").include("c")))
        .isNotEqualTo(entries(EVERYTHING.exclude("a")))
        .isNotEqualTo(EntryFilter.NOTHING);
  }

  @Test
  void bytesThatAreChangedAfterwards_areNotTheFilters() {
    byte[] pattern = {'a'};
    TreeFilter filter = EVERYTHING.exclude(pattern);
    pattern[0] = 'b';
    assertThat(filter).isEqualTo(EVERYTHING.exclude("a"));
    assertThat(isOut(filter, "a")).isTrue();
  }
}
