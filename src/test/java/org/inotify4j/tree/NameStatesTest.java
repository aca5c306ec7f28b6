package org.inotify4j.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.tree.NameStates.ABSENT;
import static org.inotify4j.tree.NameStates.NONE;
import static org.inotify4j.tree.NameStates.PRESENT;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class NameStatesTest {

  private static byte[] name(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void aNameThatIsNotNoted_isOtherwise() {
    NameStates states = new NameStates(ABSENT);
    assertThat(states.state(name("a"))).isEqualTo(ABSENT);
    states.put(name("a"), PRESENT);
    assertThat(states.state(name("a"))).isEqualTo(PRESENT);
    assertThat(states.state(name("b"))).isEqualTo(ABSENT);
    assertThat(new NameStates(NONE).state(name("a"))).isEqualTo(NONE);
  }

  @Test
  void theLongestNames_differByTheirLastByte() {
    NameStates states = new NameStates(NONE);
    String long254 = "n".repeat(254);
    states.put(name(long254 + "x"), PRESENT);
    states.put(name(long254 + "y"), ABSENT);
    states.put(name(long254), PRESENT);
    states.put(name(long254), ABSENT);
    assertThat(states.state(name(long254 + "x"))).isEqualTo(PRESENT);
    assertThat(states.state(name(long254 + "y"))).isEqualTo(ABSENT);
    assertThat(states.state(name(long254))).isEqualTo(ABSENT);
    assertThat(states.state(name(long254 + "z"))).isEqualTo(NONE);
  }

  @Test
  void randomNotes_areThoseOfAHashMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    NameStates states = new NameStates(NONE);
    Map<String, Integer> model = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      String name = Integer.toString(random.nextInt(3_000), 5);
      int state = random.nextInt(2);
      states.put(name(name), state);
      model.put(name, state);
      String asked = Integer.toString(random.nextInt(3_000), 5);
      assertThat(states.state(name(asked)))
          .as("seed " + seed + ", step " + i)
          .isEqualTo(model.getOrDefault(asked, NONE));
    }
  }
}
