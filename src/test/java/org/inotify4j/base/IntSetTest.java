package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IntSetTest {

  @Test
  void randomChanges_areThoseOfAHashSet() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int range : new int[] {4, 100, 5_000, Integer.MAX_VALUE - 1}) {
      IntSet set = new IntSet();
      Set<Integer> model = new HashSet<>();
      for (int i = 0; i < 5_000; i++) {
        int number = 1 + random.nextInt(range);
        String as = "seed " + seed + ", range " + range + ", step " + i;
        if (random.nextInt(3) > 0) {
          assertThat(set.add(number)).as(as).isEqualTo(model.add(number));
        } else {
          assertThat(set.remove(number)).as(as).isEqualTo(model.remove(number));
        }
        int asked = 1 + random.nextInt(range);
        assertThat(set.contains(asked)).as(as).isEqualTo(model.contains(asked));
        assertThat(set.size()).as(as).isEqualTo(model.size());
      }
      assertThat(set.toArray()).containsExactlyInAnyOrder(numbers(model));
      for (int number : numbers(model)) {
        assertThat(set.isEmpty()).isFalse();
        assertThat(set.remove(number)).isTrue();
        assertThat(set.contains(number)).isFalse();
      }
      assertThat(set.isEmpty()).isTrue();
      assertThat(set.toArray()).isEmpty();
    }
  }

  private static int[] numbers(Set<Integer> model) {
    return model.stream().mapToInt(Integer::intValue).toArray();
  }

  @Test
  void zero_isNoEntry() {
    IntSet set = new IntSet();
    assertThat(set.remove(0)).isFalse();
    assertThat(set.isEmpty()).isTrue();
  }

  @Test
  void clear_leavesNothing() {
    IntSet set = new IntSet();
    Arrays.stream(new int[] {1, 2, 3, 4, 5, 6, 7, 8}).forEach(set::add);
    set.clear();
    assertThat(set.isEmpty()).isTrue();
    assertThat(set.contains(1)).isFalse();
    assertThat(set.add(7)).isTrue();
    assertThat(set.toArray()).containsExactly(7);
  }
}
