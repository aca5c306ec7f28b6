package org.inotify4j.pending;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.pending.KindBits.AS_CREATE;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.inotify4j.base.ByteBudget;
import org.junit.jupiter.api.Test;

final class ModifyIndexTest {

  private static final int NAMES = 3_000;

  @Test
  void randomChanges_areThoseOfAHashMap() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    // The names are in a log; the test knows where, since each entry is a header and its name.
    PendingLog log = new PendingLog(NAMES, new ByteBudget(Long.MAX_VALUE));
    int[] positions = positions(log);
    ModifyIndex index = new ModifyIndex(log);
    Map<String, Integer> model = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      int n = random.nextInt(NAMES);
      String name = name(n);
      byte[] bytes = name.getBytes(US_ASCII);
      if (!model.containsKey(name) && random.nextInt(3) > 0) {
        index.put(positions[n]);
        model.put(name, positions[n]);
      } else {
        index.remove(bytes, bytes.length);
        model.remove(name);
      }
      String asked = name(random.nextInt(NAMES));
      assertThat(index.find(asked.getBytes(US_ASCII), asked.length()))
          .as("seed %s, step %s", seed, i)
          .isEqualTo(model.getOrDefault(asked, -1));
    }
    index.clear();
    for (int n = 0; n < NAMES; n++) {
      assertThat(index.find(name(n).getBytes(US_ASCII), name(n).length())).isEqualTo(-1);
    }
  }

  private static String name(int n) {
    return "name" + n;
  }

  private static int[] positions(PendingLog log) {
    int[] positions = new int[NAMES];
    int chunk = 0;
    int capacity = 256;
    int offset = 0;
    for (int n = 0; n < NAMES; n++) {
      byte[] name = name(n).getBytes(US_ASCII);
      log.append(AS_CREATE, 0, 0, name, name.length);
      if (capacity - offset < 17 + name.length) {
        chunk++;
        capacity = Math.min(4 * capacity, 1 << 16);
        offset = 0;
      }
      positions[n] = chunk << 16 | offset;
      assertThat(log.hasName(positions[n], name, name.length)).isTrue();
      offset += 17 + name.length;
    }
    return positions;
  }
}
