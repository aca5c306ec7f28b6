package org.inotify4j.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.tree.NameStates.ABSENT;
import static org.inotify4j.tree.NameStates.FILE;
import static org.inotify4j.tree.NameStates.FOUND;
import static org.inotify4j.tree.NameStates.NONE;

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
    states.put(name("a"), FILE);
    assertThat(states.state(name("a"))).isEqualTo(FILE);
    assertThat(states.state(name("b"))).isEqualTo(ABSENT);
    assertThat(new NameStates(NONE).state(name("a"))).isEqualTo(NONE);
  }

  @Test
  void whatIsNotedOfAnInode_isForgottenWithTheNextState() {
    NameStates states = new NameStates(ABSENT);
    assertThat(states.inode(name("a"))).isZero();
    states.put(name("a"), FOUND, 0x89ABCDEF);
    assertThat(states.inode(name("a"))).isEqualTo(0x89ABCDEF);
    assertThat(states.inode(name("b"))).isZero();
    states.put(name("a"), FILE);
    assertThat(states.inode(name("a"))).isZero();
  }

  @Test
  void theLongestNames_differByTheirLastByte() {
    NameStates states = new NameStates(NONE);
    String long254 = "n".repeat(254);
    states.put(name(long254 + "x"), FILE);
    states.put(name(long254 + "y"), ABSENT);
    states.put(name(long254), FILE);
    states.put(name(long254), ABSENT);
    assertThat(states.state(name(long254 + "x"))).isEqualTo(FILE);
    assertThat(states.state(name(long254 + "y"))).isEqualTo(ABSENT);
    assertThat(states.state(name(long254))).isEqualTo(ABSENT);
    assertThat(states.state(name(long254 + "z"))).isEqualTo(NONE);
  }

  @Test
  void namesThatAreLongerThanUsual_areFoundWhereverTheyAre() {
    NameStates states = new NameStates(NONE);
    for (int i = 0; i < 100; i++) {
      states.put(name(i + "n".repeat(200 + 39 * i)), FILE);
      states.put(name("s" + i), ABSENT);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(states.state(name(i + "n".repeat(200 + 39 * i)))).isEqualTo(FILE);
      assertThat(states.state(name("s" + i))).isEqualTo(ABSENT);
    }
    assertThat(states.state(name("0" + "n".repeat(201)))).isEqualTo(NONE);
  }

  @Test
  void randomNotes_areThoseOfAHashMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    NameStates states = new NameStates(NONE);
    Map<String, Integer> model = new HashMap<>();
    Map<String, Integer> inodes = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      String name = Integer.toString(random.nextInt(3_000), 5);
      int state = random.nextInt(4);
      int inode = state == FOUND ? random.nextInt() : 0;
      states.put(name(name), state, inode);
      model.put(name, state);
      inodes.put(name, inode);
      String asked = Integer.toString(random.nextInt(3_000), 5);
      assertThat(states.state(name(asked)))
          .as("seed " + seed + ", step " + i)
          .isEqualTo(model.getOrDefault(asked, NONE));
      assertThat(states.inode(name(asked)))
          .as("seed " + seed + ", step " + i)
          .isEqualTo(inodes.getOrDefault(asked, 0));
    }
  }
}
