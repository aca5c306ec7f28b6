package org.inotify4j.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.inotify4j.snapshot.TreeFilter.EVERYTHING;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.inotify4j.libc.PathBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot in a file: the same when it is loaded, or refused. */
final class SnapshotFileTest {

  private static final int HEADER = 44;
  private static final int HEADER_CHECKSUM = 40;

  @TempDir private Path temp;
  private Path root;
  private Path file;
  private TreeSnapshot saved;
  private byte[] bytes;

  @BeforeEach
  void save() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    Files.createDirectories(root.resolve("a/b"));
    Files.writeString(root.resolve("a/b/c"), "text");
    Files.createFile(PathBytes.resolve(root, new byte[] {(byte) 0xFF, '\n'}));
    file = temp.resolve("snapshot");
    TreeFilter filter =
        EVERYTHING.withMode().exclude("x").exclude("!" + "x y").include(new byte[] {'*'});
    saved = TreeSnapshot.take(root, filter);
    saved.save(file);
    bytes = Files.readAllBytes(file);
  }

  private static List<String> all(TreeSnapshot snapshot) {
    return snapshot
        .entries()
        .map(
            entry ->
                String.join(
                    " ",
                    Arrays.toString(entry.pathBytes()),
                    String.valueOf(entry.type()),
                    String.valueOf(entry.inode()),
                    String.valueOf(entry.device()),
                    String.valueOf(entry.size()),
                    String.valueOf(entry.modifiedNanos()),
                    String.valueOf(entry.changedNanos()),
                    String.valueOf(entry.mode()),
                    String.valueOf(entry.isUncertain()),
                    String.valueOf(entry.isUnreadable())))
        .toList();
  }

  @Test
  void load_givesWhatWasSaved() throws Exception {
    for (TreeSnapshot loaded :
        List.of(TreeSnapshot.load(file), TreeSnapshot.load(file, root.resolve(".")))) {
      assertThat(all(loaded)).isEqualTo(all(saved)).hasSize(4);
      assertThat(loaded.root()).isEqualTo(root);
      assertThat(loaded.filter()).isEqualTo(saved.filter()).isNotEqualTo(EVERYTHING);
      assertThat(TreeSnapshot.take(root, loaded.filter()).changesSince(loaded))
          .allMatch(change -> change.before().orElseThrow().isUncertain());
    }
  }

  /** As where a program is stopped, which is when it saves. */
  @Test
  void interruptedThread_savesAndLoads_andStaysInterrupted() throws Exception {
    Path other = temp.resolve("other");
    Thread.currentThread().interrupt();
    saved.save(other);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    TreeSnapshot loaded = TreeSnapshot.load(other);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(all(loaded)).isEqualTo(all(saved));
  }

  @Test
  void save_replacesAndLeavesNothingBehind() throws Exception {
    Files.writeString(file, "something else");
    saved.save(file);
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    // A directory that has something in it is not replaced.
    assertThatThrownBy(() -> saved.save(root)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> saved.save(root.resolve("none/file")))
        .isInstanceOf(NoSuchFileException.class);
    assertLeft(root, file);
  }

  @Test
  void save_ontoTheRoot_isRefused() {
    assertThatThrownBy(() -> saved.save(Path.of("/")))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/: Is a directory");
  }

  @Test
  void save_whereTheDiskIsFull_saysOfWhichFile_andLeavesWhatWasThere() throws Exception {
    Path full = Files.createDirectory(temp.resolve("full"));
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", full.toString())).isZero();
    try {
      Path there = Files.write(full.resolve("there"), bytes);
      for (int i = 0; i < 200; i++) {
        Files.createFile(root.resolve("a/a-name-that-takes-some-room-" + i));
      }
      TreeSnapshot larger = TreeSnapshot.take(root);
      assertThatThrownBy(() -> larger.save(there))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(there + ": No space left on device");
      assertThat(Files.readAllBytes(there)).isEqualTo(bytes);
      try (Stream<Path> left = Files.list(full)) {
        assertThat(left).containsExactly(there);
      }
    } finally {
      assertThat(run("umount", "-l", full.toString())).isZero();
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }

  /** Never with the devices of the system: what is made here is the test's own. */
  @ParameterizedTest
  @ValueSource(strings = {"mkfifo other", "mknod other c 1 3"})
  void save_ontoWhatIsNoRegularFile_isRefused(String maker) throws Exception {
    Process made = new ProcessBuilder("sh", "-c", maker).directory(temp.toFile()).start();
    assumeThat(made.waitFor()).as(maker).isZero();
    Path other = temp.resolve("other");
    Object inode = Files.getAttribute(other, "unix:ino");
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("other"));
    for (Path target : List.of(other, link)) {
      assertThatThrownBy(() -> saved.save(target))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(target + ": not a regular file");
    }
    assertThat(Files.getAttribute(other, "unix:ino")).isEqualTo(inode);
    assertThat(link).isSymbolicLink();
    assertLeft(root, file, other, link);
  }

  @Test
  void save_byALink_writesWhatItLeadsTo() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("root/../next"));
    Path next = Files.createSymbolicLink(temp.resolve("next"), Path.of("root/target"));
    Path target = root.resolve("target");
    // Nothing is there yet; then that is replaced.
    for (int i = 0; i < 2; i++) {
      saved.save(link);
      assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
      assertThat(next).isSymbolicLink();
      assertThat(link).isSymbolicLink();
      assertLeft(root, file, next, link);
      Files.writeString(target, "something else");
    }
  }

  @Test
  void save_byALinkToADirectoryOrInACircle_isRefused() throws Exception {
    Path toDirectory = Files.createSymbolicLink(temp.resolve("link"), root);
    assertThatThrownBy(() -> saved.save(toDirectory)).hasMessage(toDirectory + ": Is a directory");
    Path circle = Files.createSymbolicLink(temp.resolve("circle"), Path.of("circle"));
    assertThatThrownBy(() -> saved.save(circle))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(circle + ": Too many levels of symbolic links");
    assertLeft(root, file, toDirectory, circle);
  }

  @Test
  void save_inAnotherFileSystem_isRefused_beforeAnythingIsWritten() throws Exception {
    try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
      Path elsewhere = memory.getPath("/work/file");
      assertThatThrownBy(() -> TreeSnapshot.take(root).save(elsewhere))
          .isInstanceOf(ProviderMismatchException.class)
          .hasMessageEndingWith("; this one is of jimfs: /work/file");
      assertThat(memory.getPath("/work")).isEmptyDirectory();
    }
  }

  @Test
  void save_keepsThePermissionsOfTheFileThatIsThere() throws Exception {
    for (String permissions : List.of("rw-r--r--", "r--r-----", "rw-rw-rw-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
      saved.save(file);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo(permissions);
    }
  }

  private void assertLeft(Path... expected) throws IOException {
    try (Stream<Path> left = Files.list(temp)) {
      assertThat(left).containsExactlyInAnyOrder(expected);
    }
  }

  @Test
  void otherRoot_isRefused() {
    assertThatThrownBy(() -> TreeSnapshot.load(file, temp))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("of another root: " + root);
  }

  @Test
  void noFile_isSaid() throws Exception {
    assertThatThrownBy(() -> TreeSnapshot.load(temp.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> TreeSnapshot.load(file.resolve("below")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageStartingWith(file + "/below"); // And why, on some Java.
    assertThatThrownBy(() -> TreeSnapshot.load(root)).hasMessageContaining("not a file");
    assertThatThrownBy(() -> TreeSnapshot.load(Path.of("/dev/zero")))
        .hasMessageContaining("not a file");
    Files.writeString(file, "#!/bin/sh\necho what is this\n".repeat(10));
    assertThatThrownBy(() -> TreeSnapshot.load(file)).hasMessageContaining("no snapshot");
  }

  @Test
  void newerVersion_isRefused() throws Exception {
    ByteBuffer.wrap(bytes).putInt(8, 2);
    Files.write(file, bytes);
    assertThatThrownBy(() -> TreeSnapshot.load(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void cutAnywhere_isRefused() throws Exception {
    for (int length = 0; length < bytes.length; length++) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> TreeSnapshot.load(file))
          .as("cut to %s", length)
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("it was cut");
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length + 1));
    assertThatThrownBy(() -> TreeSnapshot.load(file)).hasMessageContaining("altered");
  }

  @Test
  void eachBitFlipped_isRefused() throws Exception {
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit += 3) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << bit);
        Files.write(file, flipped);
        assertThatThrownBy(() -> TreeSnapshot.load(file))
            .as("bit %s of byte %s", bit, at)
            .isInstanceOf(FileSystemException.class);
      }
    }
  }

  /** One who makes the checksums right can make no more of it than another tree. */
  @Test
  void forgedAnywhere_isRefusedOrATree() throws Exception {
    Random random = new Random(1);
    for (int round = 0; round < 1000; round++) {
      byte[] forged = bytes.clone();
      for (int i = random.nextInt(3); i >= 0; i--) {
        forged[12 + random.nextInt(forged.length - 16)] = (byte) random.nextInt();
      }
      Files.write(file, sealed(forged));
      try {
        TreeSnapshot loaded = TreeSnapshot.load(file);
        assertThat(all(loaded)).hasSize(loaded.size());
        if (loaded.filter().equals(saved.filter()) && loaded.root().equals(root)) {
          assertThat(saved.changesSince(loaded)).isNotNull();
          assertThat(loaded.changesSince(saved)).isNotNull();
        }
      } catch (FileSystemException e) {
        assertThat(e.getReason()).isNotNull();
      }
    }
  }

  private static byte[] sealed(byte[] file) {
    CRC32C checksum = new CRC32C();
    checksum.update(file, 0, HEADER_CHECKSUM);
    ByteBuffer.wrap(file).putInt(HEADER_CHECKSUM, (int) checksum.getValue());
    checksum.reset();
    checksum.update(file, 0, file.length - 4);
    ByteBuffer.wrap(file).putInt(file.length - 4, (int) checksum.getValue());
    return file;
  }

  /** So many entries, and so on, are said to be in it. */
  @ParameterizedTest
  @CsvSource({"20, 2000000000", "24, 2147483647", "28, 65000", "32, 2147483647", "36, 2147483647"})
  void partsThatWouldTakeAllMemory_areRefusedBefore(int at, int size) throws Exception {
    ByteBuffer.wrap(bytes).putInt(at, size);
    Files.write(file, sealed(bytes));
    assertThatThrownBy(() -> TreeSnapshot.load(file)).hasMessageContaining("altered");
    // With a length that fits, in a file that is long but takes no room on the disk.
    ByteBuffer header = ByteBuffer.wrap(bytes);
    long length =
        HEADER
            + 42L * header.getInt(20)
            + header.getInt(24)
            + 8L * header.getInt(28)
            + header.getInt(32)
            + header.getInt(36)
            + 4;
    header.putLong(12, length);
    Files.write(file, sealed(bytes));
    assertThatThrownBy(() -> TreeSnapshot.load(file)).hasMessageContaining("cut");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(length);
    }
    assertThatThrownBy(() -> TreeSnapshot.load(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(length > 1_000_000_000 ? "does not fit into the heap" : "altered");
  }

  @Test
  void formatIsAsItIsWrittenDown() throws Exception {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    assertThat(in.getLong()).isEqualTo(0x8949344A0D0A1A0AL);
    assertThat(in.getInt()).isEqualTo(1);
    assertThat(in.getLong()).isEqualTo(bytes.length);
    int entries = in.getInt();
    int names = in.getInt();
    int devices = in.getInt();
    int rootLength = in.getInt();
    int filterLength = in.getInt();
    assertThat(entries).isEqualTo(5);
    assertThat(devices).isEqualTo(1);
    assertThat(new String(bytes, HEADER, rootLength, UTF_8)).isEqualTo(root.toString());
    in.position(HEADER + rootLength);
    assertThat(in.get()).isEqualTo((byte) 1);
    assertThat(in.get()).isZero();
    assertThat(in.getInt()).isEqualTo(1);
    assertThat(in.get()).isEqualTo((byte) 'x');
    int columns = HEADER + rootLength + filterLength + 8 * devices + names;
    assertThat(bytes).hasSize(columns + 42 * entries + 4);
    // The root.
    assertThat(in.getInt(columns)).isEqualTo(-1);
    assertThat(in.getLong(columns + 4)).isEqualTo(Files.getAttribute(root, "unix:ino"));
  }
}
