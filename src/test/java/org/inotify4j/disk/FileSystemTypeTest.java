package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.ScriptedLibC;
import org.inotify4j.libc.ScriptedLibC.Call;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel's numbers of file systems mean. */
final class FileSystemTypeTest {

  private final ScriptedLibC scripted = new ScriptedLibC();
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "0x6969, nfs",
    "0x517B, smb",
    "0xFF534D42, cifs",
    "0xFE534D42, smb2",
    "0x564C, novell",
    "0x01021997, v9fs",
    "0x65735546, fuse",
    "0x786F4256, vboxsf",
    "0xBACBACBC, vmhgfs",
    "0x7C7C6673, prl_fs",
    "0x00C0FFEE, hostfs",
    "0x5346414F, afs",
    "0x6B414653, k-afs",
    "0x73757245, coda",
    "0x00C36400, ceph",
    "0x0BD00BD0, lustre",
    "0x47504653, gpfs",
    "0x01161970, gfs/gfs2",
    "0x7461636F, ocfs2",
    "0x19830326, fhgfs",
    "0x20030528, orangefs",
    "0xAAD7AAEA, panfs",
    "0xBEEFDEAD, snfs",
    "0x013111A8, ibrix",
    "0x61636673, acfs",
    "0xA501FCF5, vxfs"
  })
  void whatOthersDoThereIsSilent(long number, String name) {
    FileSystemType type = scriptedType(number);
    assertThat(type.usualName()).isEqualTo(name);
    assertThat(type.isSilent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0xEF53, ext2/ext3",
    "0x58465342, xfs",
    "0x9123683E, btrfs",
    "0x2FC12FC1, zfs",
    "0xCA451A4E, bcachefs",
    "0xF2F52010, f2fs",
    "0x3153464A, jfs",
    "0x52654973, reiserfs",
    "0x3434, nilfs",
    "0x24051905, ubifs",
    "0x72B6, jffs2",
    "0x4D44, msdos",
    "0x2011BAB0, exfat",
    "0x5346544E, ntfs",
    "0x4244, hfs",
    "0x482B, hfs+",
    "0x15013346, udf",
    "0x9660, isofs",
    "0x73717368, squashfs",
    "0xE0F5E1E2, erofs",
    "0x01021994, tmpfs",
    "0x858458F6, ramfs",
    "0x958458F6, hugetlbfs",
    "0x794C7630, overlayfs",
    "0x61756673, aufs",
    "0xF15F, ecryptfs",
    "0x0187, autofs",
    "0x9FA0, proc",
    "0x62656572, sysfs",
    "0x0027E0EB, cgroupfs",
    "0x63677270, cgroup2fs",
    "0x1CD1, devpts",
    "0x64626720, debugfs",
    "0x74726163, tracefs"
  })
  void localOnes(long number, String name) {
    FileSystemType type = scriptedType(number);
    assertThat(type.usualName()).isEqualTo(name);
    assertThat(type.isSilent()).isFalse();
  }

  @Test
  void anUnknownNumber_countsAsLocal() {
    assertThat(scriptedType(0x12345678)).isEqualTo(FileSystemType.UNKNOWN);
    assertThat(FileSystemType.UNKNOWN.isSilent()).isFalse();
  }

  @Test
  void soDoesWhatTheKernelDoesNotSay() {
    scripted.failAlways(Call.FSTATFS, Errno.ENOSYS);
    assertThat(typeOf(scripted, directory)).isEqualTo(FileSystemType.UNKNOWN);
  }

  @Test
  void noTwoHaveTheSameNumber() {
    Set<String> names = new HashSet<>();
    for (FileSystemType type : FileSystemType.values()) {
      assertThat(names.add(type.usualName())).as(type.usualName()).isTrue();
      assertThat(FileSystemType.of(type.number())).isEqualTo(type);
    }
  }

  /** The machine's own, beside what stat(1) has for them. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/proc", "/sys", "/dev/pts", "/dev/shm", "."})
  void ofThisMachine(String path) throws Exception {
    assumeTrue(Files.exists(Path.of(path)), path + " is not there");
    assertIsAsStatHasIt(Path.of(path));
  }

  @Test
  void ofScratchFiles() throws Exception {
    assertIsAsStatHasIt(directory);
    assertIsAsStatHasIt(Files.createFile(directory.resolve("f")));
  }

  private static void assertIsAsStatHasIt(Path path) throws Exception {
    Process stat = new ProcessBuilder("stat", "-f", "-c", "%t", path.toString()).start();
    String number = new String(stat.getInputStream().readAllBytes(), UTF_8).strip();
    assertThat(typeOf(SystemLibC.get(), path))
        .isEqualTo(FileSystemType.of(Integer.parseUnsignedInt(number, 16)));
  }

  private FileSystemType scriptedType(long number) {
    scripted.fileSystemType((int) number);
    FileSystemType type = typeOf(scripted, directory);
    scripted.assertAllClosed();
    return type;
  }

  private static FileSystemType typeOf(LibC libC, Path path) {
    int fd = libC.open(PathBytes.of(path), LibC.O_PATH | LibC.O_CLOEXEC);
    assertThat(fd).isPositive();
    FileSystemType type = FileSystemType.of(libC, fd);
    assertThat(libC.close(fd)).isZero();
    return type;
  }
}
