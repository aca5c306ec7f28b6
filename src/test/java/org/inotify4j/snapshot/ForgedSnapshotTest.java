package org.inotify4j.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused of a file whose checksums are right, with the reason; and what is not. */
final class ForgedSnapshotTest {

  private static final int LENGTH = 12;
  private static final int HEADER = 44;
  private static final int HEADER_CHECKSUM = 40;
  private static final int ROOT_LENGTH = 32;
  private static final int FILTER_LENGTH = 36;

  /** Where these numbers are in what statx fills. */
  private static final int SIZE = 40;

  private static final int DEVICE_MINOR = 140;

  @TempDir private Path temp;
  private Path root;
  private Path file;
  private byte[] bytes;

  @BeforeEach
  void save() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    file = temp.resolve("snapshot");
    Files.createFile(root.resolve("?"));
    Files.createFile(root.resolve("??"));
    TreeSnapshot.take(root).save(file);
    bytes = Files.readAllBytes(file);
  }

  /** Loads the bytes, with the checksums that they should have. */
  private TreeSnapshot load() throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, HEADER_CHECKSUM);
    ByteBuffer.wrap(bytes).putInt(HEADER_CHECKSUM, (int) checksum.getValue());
    checksum.reset();
    checksum.update(bytes, 0, bytes.length - 4);
    ByteBuffer.wrap(bytes).putInt(bytes.length - 4, (int) checksum.getValue());
    Files.write(file, bytes);
    return TreeSnapshot.load(file);
  }

  private void assertRefused(String why) {
    assertThatThrownBy(this::load)
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": " + why);
  }

  private void rename(String from, String to) {
    String text = new String(bytes, ISO_8859_1);
    int at = text.indexOf("\0" + from + "\0", HEADER);
    bytes =
        (text.substring(0, at + 1) + to + text.substring(at + 1 + to.length()))
            .getBytes(ISO_8859_1);
  }

  private List<String> names(TreeSnapshot snapshot) {
    return snapshot.entries().map(entry -> new String(entry.pathBytes(), ISO_8859_1)).toList();
  }

  @ParameterizedTest
  @CsvSource({"20, 0", "20, -1", "24, -1", "28, -1", "32, -1", "36, -1"})
  void partsOfANegativeLength(int at, int size) {
    ByteBuffer.wrap(bytes).putInt(at, size);
    assertRefused("it was altered: it has parts of a negative length");
  }

  @ParameterizedTest
  @CsvSource({"?, .", "??, .."})
  void namesThatLeadElsewhere(String from, String to) {
    rename(from, to);
    assertRefused("it was altered: it has a name that leads elsewhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {".x", "x.", "xx"})
  void namesWithADot(String name) throws Exception {
    rename("??", name);
    assertThat(names(load())).containsExactlyInAnyOrder("?", name);
  }

  @ParameterizedTest
  @CsvSource({"?, /", "??, /x", "??, x/"})
  void namesWithASlash(String from, String to) {
    rename(from, to);
    assertRefused("it was altered: it has a name with a slash");
  }

  @Test
  void anEntryOfNoDevice() {
    ByteBuffer.wrap(bytes).putShort(bytes.length - 8, (short) 1);
    assertRefused("it was altered: it has an entry of no device");
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFilterOfManyPatterns_takesTimeInProportion() throws Exception {
    int patterns = 500_000;
    byte[] pattern = {SnapshotFormat.EXCLUDES, 0, 0, 0, 1, 'x'};
    int end = HEADER + ByteBuffer.wrap(bytes).getInt(ROOT_LENGTH) + 1;
    ByteBuffer more = ByteBuffer.allocate(bytes.length + patterns * pattern.length);
    more.put(bytes, 0, end);
    for (int i = 0; i < patterns; i++) {
      more.put(pattern);
    }
    more.put(bytes, end, bytes.length - end);
    more.putLong(LENGTH, more.capacity()).putInt(FILTER_LENGTH, 1 + patterns * pattern.length);
    bytes = more.array();
    assertThat(load().filter().excludedPatterns()).hasSize(patterns).containsOnly(new byte[] {'x'});
  }

  @Test
  void noRoot() {
    int length = ByteBuffer.wrap(bytes).getInt(ROOT_LENGTH);
    byte[] less = Arrays.copyOf(bytes, bytes.length - length);
    System.arraycopy(bytes, HEADER + length, less, HEADER, less.length - HEADER);
    bytes = less;
    ByteBuffer.wrap(bytes).putInt(ROOT_LENGTH, 0).putLong(LENGTH, bytes.length);
    assertRefused("it was altered: its root is no absolute path");
  }

  @Test
  void theFirstBytes_haveAChecksumOfTheirOwn() throws Exception {
    bytes[LENGTH] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> TreeSnapshot.load(file))
        .hasMessageEndingWith("it was altered: the checksum of its first bytes is another one");
  }

  @Test
  void aFewBytes_areNoSnapshot_orOneThatWasCut() throws Exception {
    Files.writeString(file, "abc");
    assertThatThrownBy(() -> TreeSnapshot.load(file)).hasMessageEndingWith(": it is no snapshot");
    Files.write(file, Arrays.copyOf(bytes, 3));
    assertThatThrownBy(() -> TreeSnapshot.load(file))
        .hasMessageEndingWith(": it was cut: its end is missing");
    byte[] newer = Arrays.copyOf(bytes, 12);
    newer[11] = 2;
    Files.write(file, newer);
    assertThatThrownBy(() -> TreeSnapshot.load(file)).hasMessageContaining("of version 2 ");
  }

  @Test
  void anEmptyDirectory_isATree() throws Exception {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    TreeSnapshot.take(empty).save(file);
    assertThat(TreeSnapshot.load(file).entries()).isEmpty();
    assertThat(TreeSnapshot.load(file).root()).isEqualTo(empty);
  }

  @Test
  void severalDevices_areKept() throws Exception {
    Files.writeString(root.resolve("??"), "1234567");
    AlteredKernel kernel = new AlteredKernel();
    kernel.alter(
        "statx",
        (arguments, result) -> {
          ByteBuffer filled = AlteredKernel.filled(arguments).duplicate();
          if (filled.order(ByteOrder.nativeOrder()).getLong(SIZE) == 7) {
            filled.putInt(DEVICE_MINOR, 77);
          }
          return result;
        });
    TreeSnapshot taken = TreeSnapshot.take(kernel.libC, root, TreeFilter.EVERYTHING, 1);
    assertThat(devices(taken)).hasSize(2).doesNotHaveDuplicates();
    taken.save(file);
    assertThat(devices(TreeSnapshot.load(file))).isEqualTo(devices(taken));
  }

  private static List<Long> devices(TreeSnapshot snapshot) {
    return snapshot.entries().map(TreeSnapshot.Entry::device).toList();
  }

  @Test
  void aTreeThatIsLongerThanABuffer_isKept_andCheckedToItsEnd() throws Exception {
    for (int i = 0; i < 500; i++) {
      Files.createFile(root.resolve("n".repeat(200) + i));
    }
    TreeSnapshot taken = TreeSnapshot.take(root);
    taken.save(file);
    assertThat(Files.size(file)).isGreaterThan(100_000);
    assertThat(names(TreeSnapshot.load(file))).isEqualTo(names(taken)).hasSize(502);
    assertThat(openOn(file)).isEmpty();
    bytes = Files.readAllBytes(file);
    // In the number of an inode.
    bytes[bytes.length - 40] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> TreeSnapshot.load(file))
        .hasMessageEndingWith("it was altered: its checksum is another one");
  }

  /** The descriptors that this process has open on a file. */
  private static List<Path> openOn(Path file) throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(link -> isOn(link, file)).toList();
    }
  }

  private static boolean isOn(Path link, Path file) {
    try {
      return Files.readSymbolicLink(link).equals(file);
    } catch (IOException e) {
      return false;
    }
  }
}
