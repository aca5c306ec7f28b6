package org.inotify4j.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.inotify4j.ChildJvm;
import org.inotify4j.entries.EntryColumns;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file that says that it has more than there is memory for, and is as long as it says. */
final class SnapshotHeapTest {

  private static final String TOO_LARGE = "it does not fit into the heap: it has ";
  private static final String NO_TREE = "it was altered: it has entries without a name";

  @TempDir private Path temp;

  /** In percent of the heap: what its rows and its names take; what is in use, and was. */
  @ParameterizedTest
  @CsvSource({
    // A row takes more of the heap than of the file.
    "101, 0, 0, 0, " + TOO_LARGE,
    "60, 0, 50, 0, " + TOO_LARGE,
    "60, 0, 0, 50, " + NO_TREE,
    // There is room, and not in one piece.
    "0, 45, 0, 0, " + TOO_LARGE,
  })
  void whatTheHeapHasNoRoomFor_isRefused(
      String rows, String names, String used, String garbage, String reason) throws Exception {
    Path root = Files.createDirectory(temp.resolve("root"));
    Path file = temp.resolve("file");
    TreeSnapshot.take(root).save(file);
    ChildJvm child = ChildJvm.of(Program.class).options("-Xmx64m", "-Xmn16m");
    assertThat(child.run(file.toString(), rows, names, used, garbage).output()).startsWith(reason);
  }

  /** Makes the file, fills the heap, and prints why it is refused. */
  static final class Program {

    private static final int PIECE = 1 << 20;

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path file = Path.of(arguments[0]);
      stretch(file, percent(arguments[1]) / EntryColumns.ROW_BYTES, percent(arguments[2]));
      byte[] used = new byte[(int) percent(arguments[3])];
      for (long left = percent(arguments[4]); left > 0; left -= PIECE) {
        int unused = new byte[PIECE].length;
      }
      try {
        System.out.println(TreeSnapshot.load(file));
      } catch (FileSystemException e) {
        System.out.println(e.getReason());
      }
      // It is needed up to here.
      if (used.length != percent(arguments[3])) {
        throw new AssertionError("the heap has another size by now");
      }
    }

    private static long percent(String number) {
      return Runtime.getRuntime().maxMemory() / 100 * Integer.parseInt(number);
    }

    /** Adds rows and names, which take no room on the disk. */
    private static void stretch(Path file, long rows, long names) throws Exception {
      byte[] bytes = Files.readAllBytes(file);
      ByteBuffer header = ByteBuffer.wrap(bytes);
      long length = bytes.length + rows * SnapshotFormat.ENTRY + names;
      header.putLong(12, length);
      header.putInt(20, header.getInt(20) + (int) rows);
      header.putInt(24, header.getInt(24) + (int) names);
      CRC32C checksum = new CRC32C();
      checksum.update(bytes, 0, SnapshotFormat.HEADER_CHECKSUM);
      header.putInt(SnapshotFormat.HEADER_CHECKSUM, (int) checksum.getValue());
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.write(bytes, 0, SnapshotFormat.HEADER);
        sparse.setLength(length);
      }
    }
  }
}
