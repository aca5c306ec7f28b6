package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel says of changes to files, what it merges and where it is silent. */
final class FileChangeTest extends WithINotify {

  @TempDir private Path root;

  @Test
  void equalUnreadWrites_areOneModify() throws Exception {
    try (FileChannel x = create("x")) {
      inotify.addWatch(root, Flag.MODIFY);
      for (int i = 0; i < 5; i++) {
        write(x);
      }
      assertThat(Transcript.of(inotify)).containsExactly("1 MODIFY x");
      write(x);
      assertThat(Transcript.of(inotify)).containsExactly("1 MODIFY x");
    }
  }

  @Test
  void alternatingWrites_areOneModifyEach() throws Exception {
    try (FileChannel x = create("x");
        FileChannel y = create("y")) {
      inotify.addWatch(root, Flag.MODIFY);
      write(x);
      write(y);
      write(x);
      write(y);
      assertThat(Transcript.of(inotify))
          .containsExactly("1 MODIFY x", "1 MODIFY y", "1 MODIFY x", "1 MODIFY y");
    }
  }

  @Test
  void permissionsAndTimes_areOneAttrib() throws Exception {
    Path file = Files.createFile(root.resolve("x"));
    inotify.addWatch(root, Flag.ATTRIB);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertThat(Transcript.of(inotify)).containsExactly("1 ATTRIB x");
  }

  @Test
  void truncate_isModify() throws Exception {
    try (FileChannel x = create("x")) {
      write(x);
      inotify.addWatch(root, Flag.MODIFY);
      x.truncate(0);
      assertThat(Transcript.of(inotify)).containsExactly("1 MODIFY x");
    }
  }

  @Test
  void fallocate_isModify() throws Exception {
    int fd = Syscalls.openForWriting(Files.createFile(root.resolve("x")));
    try {
      inotify.addWatch(root, Flag.MODIFY);
      Syscalls.fallocate(fd, 4096);
      assertThat(Transcript.of(inotify)).containsExactly("1 MODIFY x");
    } finally {
      Syscalls.close(fd);
    }
  }

  @Test
  void mappedMemory_isSilent() throws Exception {
    try (FileChannel x = create("x")) {
      write(x);
      MappedByteBuffer mapped = x.map(FileChannel.MapMode.READ_WRITE, 0, x.size());
      inotify.addWatch(root, Mask.ALL_EVENTS);
      mapped.put(0, (byte) 'J');
      mapped.force();
      assertThat(Transcript.of(inotify)).isEmpty();
    }
    assertThat(root.resolve("x")).hasContent("Jello");
  }

  @Test
  void unlinkedOpenFile_goesOn() throws Exception {
    try (FileChannel x = create("x")) {
      inotify.addWatch(root, Flag.MODIFY, Flag.CLOSE_WRITE);
      Files.delete(root.resolve("x"));
      write(x);
    }
    assertThat(Transcript.of(inotify)).containsExactly("1 MODIFY x", "1 CLOSE_WRITE x");
  }

  @Test
  void unlinkedOpenFile_isSilentWithExclUnlink() throws Exception {
    try (FileChannel x = create("x")) {
      inotify.addWatch(root, Flag.MODIFY, Flag.CLOSE_WRITE, Flag.EXCL_UNLINK);
      Files.delete(root.resolve("x"));
      write(x);
    }
    assertThat(Transcript.of(inotify)).isEmpty();
  }

  @Test
  void namelessFile_getsItsNameWithCreate() throws Exception {
    inotify.addWatch(root, Flag.CREATE, Flag.MODIFY, Flag.CLOSE_WRITE);
    int fd = Syscalls.openNameless(root);
    try {
      Syscalls.write(fd, "hello");
      Syscalls.linkNameless(fd, root.resolve("named"));
    } finally {
      Syscalls.close(fd);
    }
    Object inode = Files.getAttribute(root.resolve("named"), "unix:ino");
    assertThat(Transcript.of(inotify))
        .containsExactly("1 MODIFY #" + inode, "1 CREATE named", "1 CLOSE_WRITE #" + inode);
  }

  private FileChannel create(String name) throws Exception {
    return FileChannel.open(Files.createFile(root.resolve(name)), READ, WRITE);
  }

  private static void write(FileChannel channel) throws Exception {
    channel.write(ByteBuffer.wrap("Hello".getBytes(UTF_8)));
  }
}
