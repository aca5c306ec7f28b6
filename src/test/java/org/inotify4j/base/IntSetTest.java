package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IntSetTest {

  @Test
  void randomChanges_areThoseOfAHashSet() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int range : new int[] {8, 100, 5_000, Integer.MAX_VALUE - 1}) {
      IntSet set = new IntSet();
      Set<Integer> model = new HashSet<>();
      for (int i = 0; i < 5_000; i++) {
        int key = 1 + random.nextInt(range);
        String as = "seed " + seed + ", range " + range + ", step " + i;
        if (random.nextInt(3) > 0) {
          assertThat(set.add(key)).as(as).isEqualTo(model.add(key));
        } else {
          assertThat(set.remove(key)).as(as).isEqualTo(model.remove(key));
        }
        int asked = 1 + random.nextInt(range);
        assertThat(set.contains(asked)).as(as).isEqualTo(model.contains(asked));
        assertThat(set.size()).as(as).isEqualTo(model.size());
      }
      assertThat(set.toArray()).as("seed " + seed).containsExactlyInAnyOrder(array(model));
      // It shrinks, and what is left stays in it.
      for (int key : set.toArray()) {
        assertThat(set.remove(key)).isTrue();
        model.remove(key);
        assertThat(set.size()).isEqualTo(model.size());
      }
      assertThat(set.isEmpty()).isTrue();
    }
  }

  @Test
  void clear_leavesNothing() {
    IntSet set = new IntSet();
    for (int i = 1; i <= 100; i++) {
      assertThat(set.add(i)).isTrue();
    }
    set.clear();
    assertThat(set.isEmpty()).isTrue();
    assertThat(set.contains(1)).isFalse();
    assertThat(set.add(7)).isTrue();
    assertThat(set.toArray()).containsExactly(7);
  }

  private static Integer[] array(Set<Integer> numbers) {
    return numbers.toArray(new Integer[0]);
  }
}
