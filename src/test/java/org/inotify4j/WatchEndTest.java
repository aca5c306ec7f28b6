package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a watch ends, in the kernel's own words. */
final class WatchEndTest extends WithINotify {

  @TempDir private Path root;

  @Test
  void treeRemoved_goesUpwards() throws Exception {
    Path a = Files.createDirectory(root.resolve("a"));
    Path b = Files.createDirectory(a.resolve("b"));
    for (Path watched : new Path[] {root, a, b}) {
      inotify.addWatch(watched, Flag.DELETE, Flag.DELETE_SELF);
    }
    Files.delete(b);
    Files.delete(a);
    assertThat(Transcript.of(inotify))
        .containsExactly(
            "3 DELETE_SELF",
            "3 IGNORED",
            "2 DELETE|ISDIR b",
            "2 DELETE_SELF",
            "2 IGNORED",
            "1 DELETE|ISDIR a");
  }

  @Test
  void removeWatch_withEventsPending() throws Exception {
    int wd = inotify.addWatch(root, Flag.CREATE);
    Files.createFile(root.resolve("before"));
    inotify.removeWatch(wd);
    Files.createFile(root.resolve("after"));
    assertThat(inotify.addWatch(root, Flag.CREATE)).isEqualTo(2);
    assertThat(Transcript.of(inotify)).containsExactly("1 CREATE before", "1 IGNORED");
  }

  @Test
  void oneshot_endsAfterOneEvent() throws Exception {
    inotify.addWatch(root, Flag.CREATE, Flag.ONESHOT);
    Files.createFile(root.resolve("one"));
    Files.createFile(root.resolve("two"));
    assertThat(Transcript.of(inotify)).containsExactly("1 CREATE one", "1 IGNORED");
  }

  @Test
  void unlinkOfOpenFile_endsAtTheLastClose() throws Exception {
    Path file = Files.createFile(root.resolve("file"));
    inotify.addWatch(file, Flag.ATTRIB, Flag.DELETE_SELF);
    try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ)) {
      Files.delete(file);
      assertThat(open.isOpen()).isTrue();
      assertThat(Transcript.of(inotify)).containsExactly("1 ATTRIB");
    }
    assertThat(Transcript.of(inotify)).containsExactly("1 DELETE_SELF", "1 IGNORED");
  }

  @Test
  void rmdirOfOpenDirectory_endsAtTheLastClose() throws Exception {
    Path sub = Files.createDirectory(root.resolve("sub"));
    inotify.addWatch(sub, Flag.ATTRIB, Flag.DELETE_SELF);
    try (DirectoryStream<Path> open = Files.newDirectoryStream(sub)) {
      Files.delete(sub);
      assertThat(open).isEmpty();
      assertThat(Transcript.of(inotify)).isEmpty();
    }
    assertThat(Transcript.of(inotify)).containsExactly("1 DELETE_SELF", "1 IGNORED");
  }

  @Test
  void unmount_endsEveryWatchOnIt() throws Exception {
    Path mountPoint = Files.createDirectory(root.resolve("mount"));
    try (Tmpfs mounted = Tmpfs.mount(mountPoint)) {
      Path sub = Files.createDirectory(mountPoint.resolve("sub"));
      inotify.addWatch(mountPoint, Flag.CREATE);
      inotify.addWatch(sub, Flag.CREATE);
      mounted.unmount();
      assertThat(Transcript.of(inotify))
          .containsExactlyInAnyOrder("1 UNMOUNT|ISDIR", "1 IGNORED", "2 UNMOUNT|ISDIR", "2 IGNORED")
          .containsSubsequence("1 UNMOUNT|ISDIR", "1 IGNORED")
          .containsSubsequence("2 UNMOUNT|ISDIR", "2 IGNORED");
    }
  }

  @Test
  void selfEventsOfDirectories_neverCarryIsdir() throws Exception {
    Path sub = Files.createDirectory(root.resolve("sub"));
    inotify.addWatch(sub, Flag.MOVE_SELF, Flag.DELETE_SELF);
    Path moved = Files.move(sub, root.resolve("moved"));
    Files.delete(moved);
    assertThat(Transcript.of(inotify)).containsExactly("1 MOVE_SELF", "1 DELETE_SELF", "1 IGNORED");
  }
}
