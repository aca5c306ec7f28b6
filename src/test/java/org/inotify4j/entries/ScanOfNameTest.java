package org.inotify4j.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.inotify4j.entries.Entries.bytes;
import static org.inotify4j.entries.Entries.text;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found of one name, where somebody looks. */
final class ScanOfNameTest {

  @TempDir private Path directory;

  private Scan scan(Path where, String name, boolean follows) throws IOException {
    return Scan.ofName(SystemLibC.get(), PathBytes.of(where), bytes(name), follows);
  }

  @Test
  void whatIsThere_isBelowARootWithoutAName() throws Exception {
    Files.writeString(directory.resolve("f"), "text");
    Files.createDirectory(directory.resolve("d"));
    Scan file = scan(directory, "f", false);
    assertThat(file.size()).isEqualTo(2);
    assertThat(text(file.path(Scan.FIRST))).isEqualTo("f");
    assertThat(file.isDirectory(Scan.FIRST)).isFalse();
    assertThat(file.isDirectory(EntryColumns.ROOT)).isTrue();
    assertThat(file.rows().size(Scan.FIRST)).isEqualTo(4);
    assertThat(file.rows().mode(Scan.FIRST)).as("no permissions").isEqualTo(Entries.FILE);
    assertThat(file.isTorn()).isFalse();
    assertThat(scan(directory, "d", false).isDirectory(Scan.FIRST)).isTrue();
  }

  @Test
  void aLink_isFollowed_whereThatIsWanted() throws Exception {
    Files.createDirectory(directory.resolve("d"));
    Files.createSymbolicLink(directory.resolve("l"), Path.of("d"));
    assertThat(scan(directory, "l", true).isDirectory(Scan.FIRST)).isTrue();
    assertThat(scan(directory, "l", false).isDirectory(Scan.FIRST)).isFalse();
  }

  @Test
  void whereNothingIs_nothingIsFound() throws Exception {
    Files.createFile(directory.resolve("f"));
    assertThat(scan(directory, "no", false).size()).isOne();
    assertThat(scan(directory.resolve("no"), "f", false).size()).isOne();
    assertThat(scan(directory.resolve("f"), "f", false).size()).isOne();
  }

  @Test
  void whereItCannotBeKnown_isNoScan() {
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> scan(directory, "n".repeat(256), false))
        .withMessageContaining(directory.toString());
  }
}
