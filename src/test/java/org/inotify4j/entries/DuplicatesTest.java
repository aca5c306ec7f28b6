package org.inotify4j.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names that a directory gave twice. */
final class DuplicatesTest {

  @Test
  void ofEachNameTheLastStays() {
    Entries twice = new Entries().directory("d", 2).file("a", 3).file("b", 4).file("c", 5);
    twice.file("a", 6).file("ab", 7).file("b", 8).file("a", 9);
    EntryColumns rows = twice.rows;
    Duplicates.remove(rows, 2);
    assertThat(rows.size()).isEqualTo(6);
    assertThat(rows.inode(1)).isEqualTo(2);
    List<String> left = new ArrayList<>();
    for (int row = 2; row < rows.size(); row++) {
      left.add(TablesTest.nameOf(rows, row) + rows.inode(row));
    }
    assertThat(left).containsExactly("c5", "ab7", "b8", "a9");
    assertThat(rows.usedBytes()).isEqualTo(1 + 2 + 2 + 3 + 2 + 2);
  }

  @Test
  void ofManyNames() {
    Entries many = new Entries();
    for (int i = 0; i < 600; i++) {
      many.file("f" + i % 300, 1000 + i);
    }
    Duplicates.remove(many.rows, 1);
    assertThat(many.rows.size()).isEqualTo(301);
    for (int i = 0; i < 300; i++) {
      assertThat(TablesTest.nameOf(many.rows, i + 1)).isEqualTo("f" + i);
      assertThat(many.rows.inode(i + 1)).isEqualTo(1300 + i);
    }
  }
}
