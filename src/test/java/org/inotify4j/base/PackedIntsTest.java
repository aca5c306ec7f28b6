package org.inotify4j.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four bytes, and what is beside them. */
final class PackedIntsTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, 0x12345678, 0x80FF7F80, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void whatIsPut_isGot_andNothingElseIsTouched(int value) {
    byte[] bytes = {1, 2, 3, 4, 5, 6};
    PackedInts.put(bytes, 1, value);
    assertThat(PackedInts.get(bytes, 1)).isEqualTo(value);
    assertThat(bytes).startsWith(1).endsWith(6);
  }

  @Test
  void theLowestByteIsFirst() {
    byte[] bytes = new byte[4];
    PackedInts.put(bytes, 0, 0x04030201);
    assertThat(bytes).containsExactly(1, 2, 3, 4);
  }
}
