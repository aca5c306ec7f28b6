package org.inotify4j.libc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link LibC} owes its callers; one subclass for each. */
abstract class LibCContractTest {

  /** The longest tick of the kernel's clock, in milliseconds. */
  private static final long TICK = 10;

  private static final int NOT_OPEN = -1;
  private static final int MODIFY = 0x2;
  private static final int ATTRIB = 0x4;
  private static final int CREATE = 0x100;
  private static final int IGNORED = 0x8000;
  private static final int ONLYDIR = 0x0100_0000;
  private static final int MASK_CREATE = 0x1000_0000;
  private static final int MASK_ADD = 0x2000_0000;

  @TempDir private Path directory;

  private final ByteBuffer memory =
      ByteBuffer.allocateDirect(4096).order(ByteOrder.nativeOrder()).position(100).limit(101);
  private final Set<Integer> toClose = new TreeSet<>();
  private LibC libC;
  private int inotify;

  /** The implementation, new for each test. */
  abstract LibC libC();

  /** After every descriptor was closed. */
  void afterClose() {}

  @BeforeEach
  void open() {
    libC = libC();
    inotify = opened(libC.inotifyInit1(LibC.IN_NONBLOCK | LibC.IN_CLOEXEC));
  }

  @AfterEach
  void close() {
    toClose.forEach(libC::close);
    afterClose();
    assertThat(memory.position()).as("position is not touched").isEqualTo(100);
    assertThat(memory.limit()).as("limit is not touched").isEqualTo(101);
  }

  @Test
  void pipe2_givesTwoDescriptors() {
    assertThat(libC.pipe2(memory, LibC.O_CLOEXEC)).isZero();
    int read = opened(memory.getInt(0));
    int write = opened(memory.getInt(Integer.BYTES));
    assertThat(write).isNotEqualTo(read);
    int wd =
        libC.inotifyAddWatch(inotify, ("/proc/self/fd/" + read + '\0').getBytes(UTF_8), CREATE);
    assertThat(wd).isEqualTo(1);
    assertThat(libC.inotifyRmWatch(inotify, wd)).isZero();
  }

  @Test
  void inotifyInit1_unknownFlag() {
    assertThat(libC.inotifyInit1(1)).isEqualTo(-Errno.EINVAL.number());
  }

  @Test
  void inotifyAddWatch_samePathSameDescriptor() {
    assertThat(add(directory, CREATE)).isEqualTo(1);
    assertThat(add(directory, CREATE)).isEqualTo(1);
    assertThat(add(directory, CREATE | MASK_CREATE)).isEqualTo(-Errno.EEXIST.number());
  }

  @Test
  void inotifyAddWatch_errors() {
    assertThat(libC.inotifyAddWatch(NOT_OPEN, path(directory), CREATE))
        .isEqualTo(-Errno.EBADF.number());
    assertThat(add(directory, 0)).isEqualTo(-Errno.EINVAL.number());
    assertThat(add(directory, CREATE | MASK_ADD | MASK_CREATE)).isEqualTo(-Errno.EINVAL.number());
    assertThat(add(missing(), CREATE)).isEqualTo(-Errno.ENOENT.number());
  }

  @Test
  void inotifyAddWatch_optionBitsOnly_isADeadWatch() throws Exception {
    assertThat(add(directory, ONLYDIR)).isEqualTo(1);
    Files.createFile(directory.resolve("unseen"));
    assertThat(available()).isZero();
  }

  @Test
  void inotifyAddWatch_notAnInotifyDescriptor() {
    int eventfd = opened(libC.eventfd(0, 0));
    assertThat(libC.inotifyAddWatch(eventfd, path(directory), CREATE))
        .isEqualTo(-Errno.EINVAL.number());
  }

  @Test
  void inotifyRmWatch_queuesIgnored() {
    int wd = add(directory, CREATE);
    assertThat(libC.inotifyRmWatch(inotify, wd)).isZero();
    assertThat(available()).isEqualTo(16);
    assertThat(libC.read(inotify, memory, 4096)).isEqualTo(16);
    assertThat(memory.getInt(0)).isEqualTo(wd);
    assertThat(memory.getInt(4)).isEqualTo(IGNORED);
    assertThat(memory.getLong(8)).isZero();
    assertThat(add(directory, CREATE)).isEqualTo(wd + 1);
  }

  @Test
  void inotifyRmWatch_errors() {
    assertThat(libC.inotifyRmWatch(inotify, 1)).isEqualTo(-Errno.EINVAL.number());
    assertThat(libC.inotifyRmWatch(inotify, -1)).isEqualTo(-Errno.EINVAL.number());
    assertThat(libC.inotifyRmWatch(NOT_OPEN, 1)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void read_errors() {
    assertThat(libC.read(inotify, memory, 4096)).isEqualTo(-Errno.EAGAIN.number());
    assertThat(libC.read(NOT_OPEN, memory, 4096)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void read_bufferSmallerThanTheRecord() {
    libC.inotifyRmWatch(inotify, add(directory, CREATE));
    assertThat(libC.read(inotify, memory, 15)).isEqualTo(-Errno.EINVAL.number());
    assertThat(available()).isEqualTo(16);
    assertThat(libC.read(inotify, memory, 16)).isEqualTo(16);
    assertThat(available()).isZero();
  }

  @Test
  void write_errors() {
    assertThat(libC.write(inotify, memory, 8)).isEqualTo(-Errno.EBADF.number());
    assertThat(libC.write(NOT_OPEN, memory, 8)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void eventfd_isACounter() {
    int eventfd = opened(libC.eventfd(2, LibC.EFD_NONBLOCK | LibC.EFD_CLOEXEC));
    memory.putLong(0, 3);
    assertThat(libC.write(eventfd, memory, 8)).isEqualTo(8);
    assertThat(libC.write(eventfd, memory, 8)).isEqualTo(8);
    memory.putLong(0, 0);
    assertThat(libC.read(eventfd, memory, 8)).isEqualTo(8);
    assertThat(memory.getLong(0)).isEqualTo(8);
    assertThat(libC.read(eventfd, memory, 8)).isEqualTo(-Errno.EAGAIN.number());
    assertThat(libC.read(eventfd, memory, 7)).isEqualTo(-Errno.EINVAL.number());
  }

  @Test
  void eventfd_unknownFlag() {
    assertThat(libC.eventfd(0, 0x40)).isEqualTo(-Errno.EINVAL.number());
  }

  @Test
  void poll_tellsWhichIsReadable() {
    int eventfd = opened(libC.eventfd(0, LibC.EFD_CLOEXEC));
    assertThat(poll(inotify, eventfd, 0)).isZero();
    assertThat(poll(inotify, eventfd, 1)).isZero();

    memory.putLong(64, 1);
    libC.write(eventfd, memory.slice(64, 8), 8);
    assertThat(poll(inotify, eventfd, 0)).isEqualTo(1);
    assertThat(memory.getShort(6)).isZero();
    assertThat(memory.getShort(14)).isEqualTo(LibC.POLLIN);

    libC.inotifyRmWatch(inotify, add(directory, CREATE));
    assertThat(poll(inotify, eventfd, -1)).isEqualTo(2);
    assertThat(memory.getShort(6)).isEqualTo(LibC.POLLIN);
    assertThat(memory.getShort(14)).isEqualTo(LibC.POLLIN);
  }

  @Test
  void poll_passesOverNegativeDescriptors() {
    assertThat(poll(-1, -1, 1)).isZero();
    assertThat(memory.getShort(6)).isZero();
  }

  @Test
  void ioctl_errors() {
    assertThat(libC.ioctl(NOT_OPEN, Processor.FIONREAD, memory)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void memfdCreate_canBeWatched() {
    int memfd = opened(libC.memfdCreate(terminated("barrier"), LibC.MFD_CLOEXEC));
    int wd = add(Path.of("/proc/self/fd/" + memfd), CREATE);
    assertThat(wd).isPositive();
    assertThat(libC.inotifyRmWatch(inotify, wd)).isZero();
    assertThat(libC.read(inotify, memory, 4096)).isEqualTo(16);
    assertThat(memory.getInt(0)).isEqualTo(wd);
  }

  @Test
  void aPrivateFile_tellsThatItWasChanged_also_whenItIsAsItWas() {
    int memfd = opened(libC.memfdCreate(terminated("barrier"), LibC.MFD_CLOEXEC));
    int wd = add(Path.of("/proc/self/fd/" + memfd), ATTRIB | MODIFY);
    for (int i = 0; i < 2; i++) {
      assertThat(libC.fchmod(memfd, 0600)).isZero();
      assertThat(libC.ftruncate(memfd, 0)).isZero();
    }
    assertThat(libC.read(inotify, memory, 4096)).isEqualTo(64);
    for (int at = 0; at < 64; at += 16) {
      assertThat(memory.getInt(at)).isEqualTo(wd);
      assertThat(memory.getInt(at + 4)).isEqualTo(at % 32 == 0 ? ATTRIB : MODIFY);
    }
  }

  @Test
  void aPipe_tellsOfItsModeOnly() {
    assertThat(libC.pipe2(memory, LibC.O_CLOEXEC)).isZero();
    int pipe = opened(memory.getInt(0));
    opened(memory.getInt(Integer.BYTES));
    int wd = add(Path.of("/proc/self/fd/" + pipe), ATTRIB | MODIFY);
    assertThat(libC.ftruncate(pipe, 0)).isEqualTo(-Errno.EINVAL.number());
    assertThat(libC.fchmod(pipe, 0600)).isZero();
    assertThat(libC.read(inotify, memory, 4096)).isEqualTo(16);
    assertThat(memory.getInt(0)).isEqualTo(wd);
    assertThat(memory.getInt(4)).isEqualTo(ATTRIB);
  }

  @Test
  void changingWhatIsNotOpen_isRefused() {
    assertThat(libC.fchmod(999_999, 0600)).isEqualTo(-Errno.EBADF.number());
    assertThat(libC.ftruncate(999_999, 0)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void getdents64_listsADirectory() throws Exception {
    Files.createDirectory(directory.resolve("sub"));
    Files.createFile(directory.resolve("file"));
    int parent = opened(libC.open(path(directory), LibC.O_RDONLY | LibC.O_CLOEXEC));
    Set<String> names = new TreeSet<>();
    int length = libC.getdents64(parent, memory, 4096);
    for (int at = 0; at < length; at += memory.getShort(at + 16)) {
      StringBuilder name = new StringBuilder();
      for (int i = at + 19; memory.get(i) != 0; i++) {
        name.append((char) memory.get(i));
      }
      names.add(name.toString());
    }
    assertThat(names).containsExactly(".", "..", "file", "sub");
    assertThat(libC.getdents64(parent, memory, 4096)).as("at its end").isZero();

    int flags = LibC.O_RDONLY | LibC.O_CLOEXEC | Processor.O_DIRECTORY | Processor.O_NOFOLLOW;
    assertThat(opened(libC.openat(parent, terminated("sub"), flags))).isPositive();
    assertThat(libC.openat(parent, terminated("file"), flags)).isEqualTo(-Errno.ENOTDIR.number());
    assertThat(libC.openat(parent, terminated("gone"), flags)).isEqualTo(-Errno.ENOENT.number());
    assertThat(opened(libC.openat(LibC.AT_FDCWD, path(directory), flags))).isPositive();
  }

  @Test
  void statx_tellsWhatAnEntryIs() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "12345");
    Files.createLink(directory.resolve("other"), file);
    Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
    int parent = opened(libC.open(path(directory), LibC.O_PATH | LibC.O_CLOEXEC));
    int all = 0xFFF;
    assertThat(libC.statx(parent, terminated("file"), LibC.AT_SYMLINK_NOFOLLOW, all, memory))
        .isZero();
    assertThat(memory.getInt(16)).as("links").isEqualTo(2);
    assertThat(memory.getShort(28) & 0xF000).as("a file").isEqualTo(0x8000);
    assertThat(memory.getLong(32)).as("inode").isEqualTo(Files.getAttribute(file, "unix:ino"));
    assertThat(memory.getLong(40)).as("size").isEqualTo(5);
    assertThat(libC.statx(parent, terminated("link"), LibC.AT_SYMLINK_NOFOLLOW, all, memory))
        .isZero();
    assertThat(memory.getShort(28) & 0xF000).as("a link").isEqualTo(0xA000);
    assertThat(libC.statx(parent, terminated("gone"), 0, all, memory))
        .isEqualTo(-Errno.ENOENT.number());

    ByteBuffer paths = ByteBuffer.allocateDirect(64);
    paths.put(10, terminated("link"));
    assertThat(libC.statx(parent, paths, 10, LibC.AT_SYMLINK_NOFOLLOW, all, memory)).isZero();
    assertThat(memory.getShort(28) & 0xF000).as("a link").isEqualTo(0xA000);
    assertThat(libC.statx(parent, paths, 0, LibC.AT_EMPTY_PATH, all, memory)).isZero();
    assertThat(memory.getShort(28) & 0xF000).as("the directory itself").isEqualTo(0x4000);
    assertThat(libC.statx(parent, paths, 11, 0, all, memory)).isEqualTo(-Errno.ENOENT.number());
  }

  @Test
  void fstatfs_tellsTheTypeOfTheFileSystem_alsoOfWhatOnlyStandsForAFile() {
    int proc = opened(libC.open(terminated("/proc"), LibC.O_PATH | LibC.O_CLOEXEC));
    ByteBuffer behind = memory.duplicate().clear().position(LibC.STATFS_SIZE).slice();
    behind.putInt(0, 42);
    assertThat(libC.fstatfs(proc, memory)).isZero();
    assertThat(memory.getInt(0)).isEqualTo(0x9FA0);
    assertThat(behind.getInt(0)).as("what is behind it").isEqualTo(42);
    assertThat(libC.fstatfs(NOT_OPEN, memory)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void open_errors() {
    assertThat(libC.open(path(missing()), LibC.O_RDONLY)).isEqualTo(-Errno.ENOENT.number());
    assertThat(libC.getdents64(NOT_OPEN, memory, 4096)).isEqualTo(-Errno.EBADF.number());
  }

  @Test
  void getrlimit_softAndHard() {
    assertThat(libC.getrlimit(LibC.RLIMIT_NOFILE, memory)).isZero();
    assertThat(memory.getLong(0)).isPositive();
    assertThat(memory.getLong(8)).isGreaterThanOrEqualTo(memory.getLong(0));
    assertThat(libC.getrlimit(-1, memory)).isEqualTo(-Errno.EINVAL.number());
  }

  /** That clock may be a tick behind, and since Linux 6.13 a file may have a finer stamp. */
  @Test
  void clockGettime_tellsTheTimeThatFilesAreStampedWith() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    long made = Files.getLastModifiedTime(file).toMillis();
    assertThat(libC.clockGettime(LibC.CLOCK_REALTIME_COARSE, memory)).isZero();
    assertThat(memory.getLong(0) * 1000 + memory.getLong(8) / 1_000_000)
        .isBetween(made - TICK, made + 60_000);
    assertThat(libC.clockGettime(999, memory)).isEqualTo(-Errno.EINVAL.number());
  }

  @Test
  void clockGettime_tellsWhatTheThreadHasUsed() {
    assertThat(libC.clockGettime(LibC.CLOCK_THREAD_CPUTIME_ID, memory)).isZero();
    long before = memory.getLong(0) * 1_000_000_000 + memory.getLong(8);
    assertThat(libC.clockGettime(LibC.CLOCK_THREAD_CPUTIME_ID, memory)).isZero();
    assertThat(memory.getLong(0) * 1_000_000_000 + memory.getLong(8)).isGreaterThan(before);
  }

  @Test
  void close_notOpen() {
    assertThat(libC.close(NOT_OPEN)).isEqualTo(-Errno.EBADF.number());
  }

  /** A path that is not there. */
  Path missing() {
    return directory.resolve("missing");
  }

  private int add(Path path, int mask) {
    return libC.inotifyAddWatch(inotify, path(path), mask);
  }

  private int available() {
    assertThat(libC.ioctl(inotify, Processor.FIONREAD, memory)).isZero();
    return memory.getInt(0);
  }

  private int poll(int first, int second, int timeoutMillis) {
    memory.putInt(0, first).putShort(4, LibC.POLLIN).putShort(6, (short) 0);
    memory.putInt(8, second).putShort(12, LibC.POLLIN).putShort(14, (short) 0);
    return libC.poll(memory, 2, timeoutMillis);
  }

  private int opened(int fd) {
    assertThat(fd).isNotNegative();
    toClose.add(fd);
    return fd;
  }

  private static byte[] path(Path path) {
    return terminated(path.toString());
  }

  private static byte[] terminated(String text) {
    return (text + '\0').getBytes(UTF_8);
  }
}
