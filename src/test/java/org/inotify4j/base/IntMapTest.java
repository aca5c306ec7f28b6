package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class IntMapTest {

  @Test
  void randomChanges_areThoseOfAHashMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int range : new int[] {8, 100, 5_000, Integer.MAX_VALUE - 1}) {
      IntMap<String> map = new IntMap<>();
      Map<Integer, String> model = new HashMap<>();
      for (int i = 0; i < 5_000; i++) {
        int key = 1 + random.nextInt(range);
        String as = "seed " + seed + ", range " + range + ", step " + i;
        if (random.nextInt(3) > 0) {
          String value = "v" + i;
          map.put(key, value);
          model.put(key, value);
        } else {
          assertThat(map.remove(key)).as(as).isEqualTo(model.remove(key));
        }
        int asked = 1 + random.nextInt(range);
        assertThat(map.get(asked)).as(as).isEqualTo(model.get(asked));
        assertThat(map.containsKey(asked)).as(as).isEqualTo(model.containsKey(asked));
        assertThat(map.size()).as(as).isEqualTo(model.size());
      }
      assertSame(map, model, "seed " + seed);
      for (int key : map.keys()) {
        assertThat(map.remove(key)).isEqualTo(model.remove(key));
      }
      assertThat(map.isEmpty()).isTrue();
    }
  }

  @Test
  void clear_leavesNothing() {
    IntMap<String> map = new IntMap<>();
    for (int i = 1; i <= 100; i++) {
      map.put(i, "v");
    }
    assertThat(map.isEmpty()).isFalse();
    map.clear();
    assertThat(map.isEmpty()).isTrue();
    assertThat(map.get(1)).isNull();
    assertThat(map.keys()).isEmpty();
    map.put(7, "seven");
    assertSame(map, Map.of(7, "seven"), "after clear");
  }

  private static void assertSame(IntMap<String> map, Map<Integer, String> model, String as) {
    List<Integer> keys = new ArrayList<>();
    for (int key : map.keys()) {
      keys.add(key);
    }
    assertThat(keys).as(as).containsExactlyInAnyOrderElementsOf(model.keySet());
    List<String> values = new ArrayList<>();
    map.forEach(values::add);
    assertThat(values).as(as).containsExactlyInAnyOrderElementsOf(model.values());
  }
}
