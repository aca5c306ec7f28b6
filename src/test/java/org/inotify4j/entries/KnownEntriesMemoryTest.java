package org.inotify4j.entries;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.inotify4j.disk.EntryFilter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What it takes of the heap to know a tree. */
final class KnownEntriesMemoryTest {

  private static final int A_DIRECTORY = 100;
  private static final int DIRECTORY = 0x4000;
  private static final int FILE = 0x8000;

  /** The second number is just too large for a smaller index. */
  @ParameterizedTest
  @ValueSource(ints = {100_000, 87_400})
  void anEntryTakesAtMost60BytesBesideItsName(int entries) {
    EntryColumns rows = new EntryColumns(16, 16);
    set(rows, rows.add(EntryColumns.NONE, new byte[0], 0, 0), DIRECTORY);
    int parent = EntryColumns.ROOT;
    for (int i = 0; i < entries; i++) {
      boolean isDirectory = i % A_DIRECTORY == 0;
      byte[] name = bytes("entry-" + i);
      int above = isDirectory ? EntryColumns.ROOT : parent;
      int row = rows.add(above, name, 0, name.length);
      set(rows, row, isDirectory ? DIRECTORY : FILE);
      parent = isDirectory ? row : parent;
    }

    KnownEntries known = KnownEntries.of(rows, EntryFilter.NOTHING, false);

    double bytes = (double) (known.heapBytes() - known.nameBytes()) / entries;
    System.out.println("a known entry takes " + bytes + " bytes beside its name");
    assertThat(known.nameBytes()).isEqualTo(rows.usedBytes());
    assertThat(bytes).isBetween(46.0, 60.0);
    assertThat(known.add(bytes("another"), false)).isTrue();
    assertThat((double) (known.heapBytes() - known.nameBytes()) / entries).isLessThan(62);
  }

  private static void set(EntryColumns rows, int row, int mode) {
    rows.setRaw(row, 1000 + row, 0, 0, 0);
    rows.setRaw(row, mode, rows.devices().index(7), 0);
  }

  private static byte[] bytes(String path) {
    return path.getBytes(ISO_8859_1);
  }
}
