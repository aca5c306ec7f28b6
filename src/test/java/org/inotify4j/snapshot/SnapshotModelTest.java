package org.inotify4j.snapshot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.inotify4j.Syscalls;
import org.inotify4j.libc.PathBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/**
 * A tree is changed at random, and who makes the changes that are told to what was there has what
 * is there: all names, and the content of all files, however shortly before it was written.
 */
@Timeout(value = 2, unit = TimeUnit.HOURS)
final class SnapshotModelTest {

  private static final int SEEDS = Integer.getInteger("inotify4j.snapshot.seeds", 12);
  private static final int ROUNDS = 30;

  private static final byte[][] NAMES = {
    {'a'},
    {'b'},
    {'c'},
    {(byte) 0xFE},
    "with\nnewline".getBytes(ISO_8859_1),
    "x".repeat(255).getBytes(ISO_8859_1)
  };

  @TempDir private Path temp;

  private Random random = new Random();
  private int written;

  @Test
  void changesMakeOfWhatWasWhatIs() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      random = new Random(seed);
      Path root = Files.createDirectory(temp.resolve("root" + seed));
      Path file = temp.resolve("file");
      ChangeModel model = new ChangeModel();
      TreeSnapshot before = TreeSnapshot.take(root);
      for (int round = 0; round < ROUNDS; round++) {
        int changes = random.nextInt(12);
        for (int i = 0; i < changes; i++) {
          changeOne(root);
        }
        TreeSnapshot after = TreeSnapshot.take(root, TreeFilter.EVERYTHING, 1 + round % 2);
        check(model, after.changesSince(before), root, seed + " " + round);
        before = after;
        if (round % 5 == 0) {
          after.save(file);
          before = TreeSnapshot.load(file, root);
        }
      }
    }
  }

  private void check(ChangeModel model, List<SnapshotChange> changes, Path root, String where)
      throws IOException {
    Map<String, String> there = new TreeMap<>();
    Map<String, String> words = new TreeMap<>();
    for (Path path : all(root)) {
      String name = ChangeModel.text(bytes(root, path));
      boolean isDirectory = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
      String word = isDirectory || Files.isSymbolicLink(path) ? "" : Files.readString(path);
      there.put(isDirectory ? name + "/" : name, word);
      words.put(name, word);
    }
    try {
      for (SnapshotChange change : changes) {
        model.apply(change, words);
      }
      assertThat(model.paths(any -> false)).isEqualTo(there);
    } catch (AssertionError e) {
      throw new AssertionError("seed and round " + where + ": " + changes, e);
    }
  }

  private static byte[] bytes(Path root, Path path) {
    byte[] terminated = PathBytes.of(path);
    return Arrays.copyOfRange(terminated, PathBytes.of(root).length, terminated.length - 1);
  }

  private static List<Path> all(Path root) throws IOException {
    List<Path> all = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (!directory.equals(root)) {
              all.add(directory);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            all.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    return all;
  }

  /** One change; one that is not possible just fails. */
  private void changeOne(Path root) throws IOException {
    List<Path> all = all(root);
    Path some = all.isEmpty() ? root.resolve("none") : all.get(random.nextInt(all.size()));
    Path name = newName(root, all);
    try {
      change(some, name);
    } catch (FileSystemException | TestAbortedException e) {
      // Such as a directory that would be moved into itself.
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("renameat2");
    }
  }

  /** A name, taken or not, in any directory. */
  private Path newName(Path root, List<Path> all) {
    List<Path> directories = new ArrayList<>(List.of(root));
    all.stream()
        .filter(Files::isDirectory)
        .filter(it -> !Files.isSymbolicLink(it))
        .forEach(directories::add);
    Path parent = directories.get(random.nextInt(directories.size()));
    // Not deeper than a path may be, with names as long as that.
    Path place = parent.getNameCount() - root.getNameCount() > 8 ? root : parent;
    return PathBytes.resolve(place, NAMES[random.nextInt(NAMES.length)]);
  }

  private void change(Path some, Path name) throws IOException {
    switch (random.nextInt(13)) {
      case 0, 1 -> write(Files.createFile(name));
      case 2, 3 -> Files.createDirectory(name);
      case 4 -> Files.createSymbolicLink(name, Path.of("nowhere"));
      case 5 -> Files.createLink(name, some);
      case 6, 7 -> write(some);
      case 8 -> Files.setPosixFilePermissions(some, PosixFilePermissions.fromString("rwxr-xr-x"));
      case 9 -> Files.move(some, name, ATOMIC_MOVE);
      case 10 -> Files.move(some, name);
      case 11 -> Syscalls.exchange(some, name);
      default -> delete(some);
    }
  }

  /** Always as many bytes. */
  private void write(Path path) throws IOException {
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.writeString(path, String.format("%08d", ++written));
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      List<Path> all = all(path);
      for (int i = all.size() - 1; i >= 0; i--) {
        Files.delete(all.get(i));
      }
    }
    Files.delete(path);
  }
}
