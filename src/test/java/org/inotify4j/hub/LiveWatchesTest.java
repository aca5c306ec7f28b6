package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.inotify4j.Flag;
import org.inotify4j.INotify;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LiveWatchesTest {

  @TempDir private Path root;

  @Test
  void instanceWithoutWatches_hasNone() throws Exception {
    try (INotify inotify = INotify.open()) {
      assertThat(LiveWatches.of(SystemLibC.get(), inotify.fd())).isEmpty();
    }
  }

  @Test
  void manyWatches_areAllFound_andThoseThatAreGoneAreNot() throws Exception {
    // More than the kernel gives out in one read, and numbers that differ in hexadecimal.
    try (INotify inotify = INotify.open()) {
      Set<Integer> added = new TreeSet<>();
      for (int i = 0; i < 300; i++) {
        Path directory = Files.createDirectory(root.resolve("d" + i));
        added.add(inotify.addWatch(directory, Flag.CREATE));
      }
      assertThat(LiveWatches.of(SystemLibC.get(), inotify.fd())).isEqualTo(added);
      for (int wd = 1; wd <= 300; wd += 3) {
        inotify.removeWatch(wd);
        added.remove(wd);
      }
      Files.delete(root.resolve("d1"));
      added.remove(2);
      assertThat(LiveWatches.of(SystemLibC.get(), inotify.fd())).isEqualTo(added);
    }
  }

  @Test
  void twentyWatches_areNumberedInHexadecimal() throws Exception {
    try (INotify inotify = INotify.open()) {
      Set<Integer> added = new TreeSet<>();
      for (int i = 0; i < 20; i++) {
        Path directory = Files.createDirectory(root.resolve("d" + i));
        added.add(inotify.addWatch(directory, Flag.CREATE));
      }
      assertThat(added).contains(10, 16, 20);
      assertThat(LiveWatches.of(SystemLibC.get(), inotify.fd())).isEqualTo(added);
    }
  }

  @Test
  void descriptorThatIsNotOpen_isNotTold() {
    assertThat(LiveWatches.of(SystemLibC.get(), 1_000_000)).isNull();
  }
}
