package org.inotify4j.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inotify4j.snapshot.TreeFilter.EVERYTHING;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.File;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.libc.PathBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a snapshot has of a tree on a disk. */
final class TreeSnapshotTest {

  @TempDir private Path temp;
  private Path root;

  @BeforeEach
  void makeRoot() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
  }

  private static List<String> paths(TreeSnapshot snapshot) {
    return snapshot.entries().map(entry -> entry.path().toString()).sorted().toList();
  }

  @Test
  void take_hasWhatTheDiskSays() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "12345");
    Files.setLastModifiedTime(
        file, FileTime.from(1_234_567_890_123_456_789L, TimeUnit.NANOSECONDS));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
    Files.createDirectories(root.resolve("d/e"));
    Files.createSymbolicLink(root.resolve("link"), Path.of("d"));
    shell("mkfifo fifo");

    TreeSnapshot snapshot = TreeSnapshot.take(root, EVERYTHING.withMode());

    assertThat(paths(snapshot)).containsExactly("d", "d/e", "fifo", "file", "link");
    assertThat(snapshot.size()).isEqualTo(5);
    assertThat(snapshot.root()).isEqualTo(root.toAbsolutePath());
    for (TreeSnapshot.Entry entry : snapshot.entries().toList()) {
      Path path = root.resolve(entry.path());
      assertThat(entry.inode()).isEqualTo(attribute(path, "ino"));
      assertThat(entry.size()).isEqualTo(attribute(path, "size"));
      assertThat(entry.modifiedNanos()).isEqualTo(attribute(path, "lastModifiedTime"));
      assertThat(entry.changedNanos()).isEqualTo(attribute(path, "ctime"));
      assertThat((long) entry.mode().orElseThrow()).isEqualTo(attribute(path, "mode") & 0xFFF);
      assertThat(entry.isUnreadable()).isFalse();
    }
    assertThat(snapshot.entry(Path.of("file")).orElseThrow().type())
        .isEqualTo(TreeSnapshot.Type.FILE);
    assertThat(snapshot.entry(Path.of("d/./e")).orElseThrow().type())
        .isEqualTo(TreeSnapshot.Type.DIRECTORY);
    assertThat(snapshot.entry(Path.of("link")).orElseThrow().type())
        .isEqualTo(TreeSnapshot.Type.LINK);
    assertThat(snapshot.entry(Path.of("fifo")).orElseThrow().type())
        .isEqualTo(TreeSnapshot.Type.OTHER);
    assertThat(snapshot.entry(Path.of("")).orElseThrow().inode()).isEqualTo(attribute(root, "ino"));
    assertThat(snapshot.entry(Path.of("d/none"))).isEmpty();
    assertThat(snapshot.entry(root)).isEmpty();
  }

  private static long attribute(Path path, String name) throws IOException {
    Object value = Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    return value instanceof FileTime time
        ? time.to(TimeUnit.NANOSECONDS)
        : ((Number) value).longValue();
  }

  private void shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-e", "-c", script).directory(root.toFile()).inheritIO().start();
    assertThat(process.waitFor()).as(script).isZero();
  }

  @Test
  void mode_isKeptWhereItIsWanted() throws Exception {
    Files.createFile(root.resolve("file"));
    TreeSnapshot.Entry entry = TreeSnapshot.take(root).entry(Path.of("file")).orElseThrow();
    assertThat(entry.mode()).isEmpty();
  }

  @Test
  void rootThatIsMissing_orNoDirectory_isRefused() throws Exception {
    Path file = Files.createFile(root.resolve("file"));
    Files.createSymbolicLink(root.resolve("dangling"), Path.of("none"));
    assertThatThrownBy(() -> TreeSnapshot.take(root.resolve("none")))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> TreeSnapshot.take(root.resolve("dangling")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> TreeSnapshot.take(file)).isInstanceOf(NotDirectoryException.class);
    assertThatThrownBy(() -> TreeSnapshot.take(file.resolve("below")))
        .isInstanceOf(NotDirectoryException.class);
    try (FileSystem other = Jimfs.newFileSystem(Configuration.unix())) {
      assertThatThrownBy(() -> TreeSnapshot.take(other.getPath("/")))
          .isInstanceOf(ProviderMismatchException.class);
    }
    assertThatThrownBy(() -> TreeSnapshot.take(root, EVERYTHING, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TreeSnapshot.take(root, EVERYTHING, 65))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rootThatIsALink_isWhatItLeadsTo_andComparedByItsPath() throws Exception {
    Files.createFile(Files.createDirectory(temp.resolve("one")).resolve("a"));
    Files.createFile(Files.createDirectory(temp.resolve("two")).resolve("a"));
    Path link = Files.createSymbolicLink(temp.resolve("link"), Path.of("one"));
    TreeSnapshot one = TreeSnapshot.take(link);
    assertThat(paths(one)).containsExactly("a");
    Files.delete(link);
    Files.createSymbolicLink(link, Path.of("two"));
    assertThat(TreeSnapshot.take(link).changesSince(one).toString()).isEqualTo("[REPLACED a]");
  }

  @Test
  void namesOfAnyBytes_areExact() throws Exception {
    byte[] notUtf8 = {(byte) 0xFF, (byte) 0xFE};
    byte[] longest = new byte[255];
    Arrays.fill(longest, (byte) 'x');
    byte[] newline = "a\nb".getBytes(UTF_8);
    for (byte[] name : List.of(notUtf8, longest, newline)) {
      Files.createDirectory(PathBytes.resolve(root, name));
      Files.createFile(PathBytes.resolve(PathBytes.resolve(root, name), name));
    }
    TreeSnapshot snapshot = TreeSnapshot.take(root);
    assertThat(snapshot.size()).isEqualTo(6);
    for (byte[] name : List.of(notUtf8, longest, newline)) {
      Path path = PathBytes.resolve(PathBytes.resolve(Path.of(""), name), name);
      assertThat(snapshot.entry(path).orElseThrow().path()).isEqualTo(path);
      assertThat(
              snapshot
                  .entries()
                  .map(TreeSnapshot.Entry::pathBytes)
                  .anyMatch(bytes -> Arrays.equals(bytes, name)))
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void treeDeeperThanAPathMayBe(int threads) throws Exception {
    // Beside each directory on the way another one, so that many wait for their turn.
    // From below, since the path is too long in the end.
    Path top = Files.createDirectory(root.resolve("top"));
    for (int i = 0; i < 300; i++) {
      Path above = Files.createDirectory(root.resolve("above"));
      Files.createDirectory(above.resolve("a"));
      Files.createDirectory(above.resolve("z"));
      Files.move(top, above.resolve("12345678901234"));
      Files.move(above, top);
    }
    try {
      AlteredKernel kernel = new AlteredKernel();
      TreeSnapshot snapshot = TreeSnapshot.take(kernel.libC, root, EVERYTHING, threads);
      assertThat(snapshot.size()).isEqualTo(1 + 3 * 300);
      assertThat(snapshot.entries().mapToInt(entry -> entry.pathBytes().length).max().orElse(0))
          .isEqualTo(3 + 15 * 300);
      assertThat(snapshot.unreadable()).isEmpty();
      assertThat(kernel.open()).isZero();
      assertThat(kernel.mostOpen()).isLessThan(150);
      assertThat(snapshot.changesSince(TreeSnapshot.take(root))).isEmpty();
    } finally {
      shell("rm -r -- *");
    }
  }

  @Test
  void severalThreads_haveTheSame() throws Exception {
    shell(
        "for d in 1 2 3 4 5 6 7 8 9; do mkdir -p $d/$d/a $d/b; touch $d/x $d/$d/y $d/$d/a/z;"
            + " done; ln 1/x hard; ln -s 1 soft");
    TreeSnapshot one = TreeSnapshot.take(root);
    for (int i = 0; i < 20; i++) {
      TreeSnapshot four = TreeSnapshot.take(root, EVERYTHING, 4);
      assertThat(paths(four)).isEqualTo(paths(one));
      assertThat(four.size()).isEqualTo(one.size());
      // But for what was made just now.
      assertThat(four.changesSince(one))
          .allMatch(change -> change.kind() == SnapshotChange.Kind.MODIFIED)
          .allMatch(change -> change.before().orElseThrow().isUncertain());
      TreeSet<String> seen = new TreeSet<>();
      four.entries()
          .forEach(
              entry -> {
                String path = entry.path().toString();
                int slash = path.lastIndexOf('/');
                assertThat(slash < 0 || seen.contains(path.substring(0, slash))).isTrue();
                seen.add(path);
              });
    }
  }

  @Test
  void filter_leavesOutAndLetsThrough() throws Exception {
    shell("mkdir -p src/target target .git/objects; touch a.csv src/b.csv src/b.txt target/c.csv");
    shell("touch src/target/d.csv .git/e.csv");
    TreeFilter filter = EVERYTHING.exclude(".git").exclude("/target/").include("*.csv");
    assertThat(paths(TreeSnapshot.take(root, filter)))
        .containsExactly("a.csv", "src", "src/b.csv", "src/target", "src/target/d.csv");
    assertThat(paths(TreeSnapshot.take(root, EVERYTHING.exclude("*.csv").exclude("!/src/*.csv"))))
        .containsExactly(
            ".git", ".git/objects", "src", "src/b.csv", "src/b.txt", "src/target", "target");
    AlteredKernel kernel = new AlteredKernel();
    hideTypes(kernel);
    assertThat(paths(TreeSnapshot.take(kernel.libC, root, filter, 1)))
        .containsExactly("a.csv", "src", "src/b.csv", "src/target", "src/target/d.csv");
    assertThatThrownBy(() -> EVERYTHING.exclude("!a")).hasMessageContaining("'!a'");
    assertThatThrownBy(() -> EVERYTHING.include("!a")).hasMessageContaining("'!a'");
    assertThatThrownBy(() -> EVERYTHING.exclude("a//b")).hasMessageContaining("a//b");
  }

  @Test
  void filters_areEqualByTheirPatterns() {
    TreeFilter filter = EVERYTHING.exclude("a").include("b");
    assertThat(filter).isEqualTo(EVERYTHING.include("b").exclude("a")).isNotEqualTo(EVERYTHING);
    assertThat(filter.hashCode()).isEqualTo(EVERYTHING.include("b").exclude("a").hashCode());
    assertThat(filter.withMode()).isNotEqualTo(filter).isEqualTo(filter.withMode().withMode());
    assertThat(EVERYTHING.exclude("a").exclude("!b"))
        .isNotEqualTo(EVERYTHING.exclude("b").exclude("a"));
  }

  /** As on a file system that tells no types with the names. */
  private static void hideTypes(AlteredKernel kernel) {
    kernel.alter(
        "getdents64",
        (arguments, length) -> {
          var records = AlteredKernel.filled(arguments).duplicate().order(ByteOrder.nativeOrder());
          for (int at = 0; at < length; at += records.getShort(at + 16)) {
            records.put(at + 18, (byte) 0);
          }
          return length;
        });
  }

  @Test
  void kernelWithoutStatx_isAskedByStat() throws Exception {
    Files.writeString(root.resolve("file"), "12345");
    Files.createDirectory(root.resolve("d"));
    AlteredKernel kernel = new AlteredKernel();
    kernel.alter("statx", result -> -38);
    TreeSnapshot old = TreeSnapshot.take(kernel.libC, root, EVERYTHING.withMode(), 1);
    for (TreeSnapshot.Entry entry :
        TreeSnapshot.take(root, EVERYTHING.withMode()).entries().toList()) {
      TreeSnapshot.Entry same = old.entry(entry.path()).orElseThrow();
      assertThat(same.inode()).isEqualTo(entry.inode());
      assertThat(same.size()).isEqualTo(entry.size());
      assertThat(same.mode()).isEqualTo(entry.mode());
      assertThat(same.modifiedNanos()).isEqualTo(entry.modifiedNanos());
      assertThat(same.changedNanos()).isEqualTo(entry.changedNanos());
    }
  }

  @Test
  void whereNoMoreFilesCanBeOpened_thatIsSaid_andNothingStaysOpen() throws Exception {
    shell("mkdir -p a/b c/d e/f; touch a/x");
    for (int threads : new int[] {1, 3}) {
      for (int nth = 1; nth <= 9; nth++) {
        AlteredKernel kernel = new AlteredKernel();
        AtomicInteger left = new AtomicInteger(nth);
        kernel.alter("openat", result -> left.decrementAndGet() == 0 ? -24 : result);
        try {
          int size = TreeSnapshot.take(kernel.libC, root, EVERYTHING, threads).size();
          assertThat(nth).isEqualTo(9);
          assertThat(size).isEqualTo(7);
        } catch (FileSystemException e) {
          assertThat(e).hasMessageContaining("EMFILE");
        }
        assertThat(kernel.open()).isZero();
      }
    }
  }

  @Test
  void directoriesThatGo_whileTheTreeIsRead_areNotThere() throws Exception {
    shell("mkdir -p d/e; touch d/e/f");
    AlteredKernel kernel = new AlteredKernel();
    kernel.alter("openat", (arguments, result) -> isName(arguments[1], "e") ? -2 : result);
    TreeSnapshot snapshot = TreeSnapshot.take(kernel.libC, root, EVERYTHING, 1);
    assertThat(paths(snapshot)).containsExactly("d");
    assertThat(snapshot.unreadable()).isEmpty();
    assertThat(kernel.open()).isZero();
  }

  @Test
  void directoryThatCannotBeReadToItsEnd_isUnreadable() throws Exception {
    shell("mkdir -p d e; touch d/f e/g");
    AlteredKernel kernel = new AlteredKernel();
    AtomicInteger calls = new AtomicInteger();
    // The root takes two calls, the second one to find its end; so does each of the others.
    kernel.alter("getdents64", result -> calls.incrementAndGet() == 4 ? -5 : result);
    TreeSnapshot snapshot = TreeSnapshot.take(kernel.libC, root, EVERYTHING, 1);
    assertThat(snapshot.unreadable()).hasSize(1);
    assertThat(snapshot.size()).isEqualTo(3);
    assertThat(kernel.open()).isZero();
  }

  static boolean isName(Object argument, String name) {
    return argument instanceof byte[] bytes && Arrays.equals(bytes, (name + "\0").getBytes(UTF_8));
  }

  @Test
  void nameThatIsGivenTwice_whileADirectoryIsChanged_isThereOnce() throws Exception {
    shell("touch a b c");
    AlteredKernel kernel = new AlteredKernel();
    AtomicInteger calls = new AtomicInteger();
    int[] first = new int[1];
    kernel.alter(
        "getdents64",
        (arguments, length) -> {
          // The second part is the same once more.
          int call = calls.incrementAndGet();
          first[0] = call == 1 ? length : first[0];
          return call == 2 ? first[0] : length;
        });
    TreeSnapshot snapshot = TreeSnapshot.take(kernel.libC, root, EVERYTHING, 1);
    assertThat(paths(snapshot)).containsExactly("a", "b", "c");
  }

  @Test
  void directoryThatIsChangedWhileItIsRead_hasEachNameOnce_andAllThatStay() throws Exception {
    for (int i = 0; i < 4000; i++) {
      Files.createFile(root.resolve("stays-and-has-a-long-name-" + i));
    }
    AlteredKernel kernel = new AlteredKernel();
    AtomicInteger made = new AtomicInteger();
    kernel.before(
        "getdents64",
        () -> {
          for (int i = 0; i < 20 && made.get() < 200; i++) {
            File comes = root.resolve("comes-" + made.incrementAndGet()).toFile();
            assertThat(comes.mkdir()).isTrue();
            // Every other one gets another name, and perhaps the place of an older one.
            File is = root.resolve("is-" + made.get() % 7).toFile();
            assertThat(made.get() % 2 == 0 || is.delete() || comes.renameTo(is)).isTrue();
          }
        });
    TreeSnapshot snapshot = TreeSnapshot.take(kernel.libC, root, EVERYTHING, 1);
    List<String> paths = paths(snapshot);
    assertThat(new TreeSet<>(paths)).hasSize(paths.size());
    assertThat(paths.stream().filter(path -> path.startsWith("stays-"))).hasSize(4000);
    ChangeModel model = new ChangeModel();
    snapshot.entries().forEach(entry -> model.put(entry.pathBytes(), entry.isDirectory(), ""));
    TreeSnapshot now = TreeSnapshot.take(root);
    now.changesSince(snapshot).forEach(change -> model.apply(change, Map.of()));
    assertThat(model.paths(any -> false)).hasSize(now.size());
  }
}
