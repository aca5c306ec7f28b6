package org.inotify4j.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.inotify4j.entries.KnownEntries;
import org.junit.jupiter.api.Test;

/** Who is asked of several that tell one after the other. */
final class QuestionsTest {

  private final List<String> answers = new ArrayList<>();
  private final Questions first = new Questions();
  private final Questions second = new Questions();

  @Test
  void asLongAsTheOneInFrontTells_thatAnswers() {
    second.comeAfter(first);
    assertThat(second.add(known -> answers.add("known"))).isTrue();
    second.answer(new KnownEntries());
    assertThat(answers).isEmpty();
    first.answer(new KnownEntries());
    assertThat(answers).containsExactly("known");
  }

  @Test
  void whereThatHasEnded_theOneBehindItAnswers() {
    second.comeAfter(first);
    first.end();
    assertThat(second.add(known -> answers.add("known"))).isFalse();
    second.answer(new KnownEntries());
    assertThat(answers).containsExactly("known");
  }

  /** Nobody has the one behind it go on: who waits for that would wait for ever. */
  @Test
  void whereTheOneThatIsAskedHasEnded_isAnsweredAtOnce() {
    second.comeAfter(first);
    first.end();
    assertThat(first.add(known -> answers.add(known == null ? "nobody" : "known"))).isFalse();
    assertThat(answers).containsExactly("nobody");
  }
}
