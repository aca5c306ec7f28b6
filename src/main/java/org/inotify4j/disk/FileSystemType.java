package org.inotify4j.disk;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.PathBytes;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;

/**
 * The type of a file system, by the number that the kernel has for it, and whether inotify hears
 * there what others do.
 *
 * <p>The numbers are those of {@code linux/magic.h}, and of file systems that the kernel comes
 * without; the names are what {@code stat -f -c %T} prints, in one release or another. A number
 * that is not here counts as that of a local file system, since most are: to poll these for nothing
 * would cost more.
 *
 * <p>Local ones are here for their names. What is in {@code proc} and its like is made up while it
 * is read: inotify seldom tells of it, and to poll that makes no sense.
 */
public enum FileSystemType {
  EXT("ext2/ext3", 0xEF53, Reach.ALL),
  XFS("xfs", 0x58465342, Reach.ALL),
  BTRFS("btrfs", 0x9123683E, Reach.ALL),
  ZFS("zfs", 0x2FC12FC1, Reach.ALL),
  BCACHEFS("bcachefs", 0xCA451A4E, Reach.ALL),
  F2FS("f2fs", 0xF2F52010, Reach.ALL),
  JFS("jfs", 0x3153464A, Reach.ALL),
  REISERFS("reiserfs", 0x52654973, Reach.ALL),
  NILFS("nilfs", 0x3434, Reach.ALL),
  UBIFS("ubifs", 0x24051905, Reach.ALL),
  JFFS2("jffs2", 0x72B6, Reach.ALL),
  MSDOS("msdos", 0x4D44, Reach.ALL),
  EXFAT("exfat", 0x2011BAB0, Reach.ALL),
  NTFS("ntfs", 0x5346544E, Reach.ALL),
  HFS("hfs", 0x4244, Reach.ALL),
  HFS_PLUS("hfs+", 0x482B, Reach.ALL),
  UDF("udf", 0x15013346, Reach.ALL),
  ISOFS("isofs", 0x9660, Reach.ALL),
  SQUASHFS("squashfs", 0x73717368, Reach.ALL),
  EROFS("erofs", 0xE0F5E1E2, Reach.ALL),
  TMPFS("tmpfs", 0x01021994, Reach.ALL),
  RAMFS("ramfs", 0x858458F6, Reach.ALL),
  HUGETLBFS("hugetlbfs", 0x958458F6, Reach.ALL),
  /** What is done to the directories beneath it is not reported, and is not allowed either. */
  OVERLAYFS("overlayfs", 0x794C7630, Reach.ALL),
  /** As with {@link #OVERLAYFS}. */
  AUFS("aufs", 0x61756673, Reach.ALL),
  /** As with {@link #OVERLAYFS}. */
  ECRYPTFS("ecryptfs", 0xF15F, Reach.ALL),
  /** Until something is mounted over it, which has a type of its own. */
  AUTOFS("autofs", 0x0187, Reach.ALL),
  PROC("proc", 0x9FA0, Reach.PROGRAMS),
  SYSFS("sysfs", 0x62656572, Reach.PROGRAMS),
  CGROUP("cgroupfs", 0x0027E0EB, Reach.PROGRAMS),
  CGROUP2("cgroup2fs", 0x63677270, Reach.PROGRAMS),
  DEVPTS("devpts", 0x1CD1, Reach.ALL),
  DEBUGFS("debugfs", 0x64626720, Reach.PROGRAMS),
  TRACEFS("tracefs", 0x74726163, Reach.PROGRAMS),
  NFS("nfs", 0x6969, Reach.OWN),
  SMB("smb", 0x517B, Reach.OWN),
  CIFS("cifs", 0xFF534D42, Reach.OWN),
  SMB2("smb2", 0xFE534D42, Reach.OWN),
  NCP("novell", 0x564C, Reach.OWN),
  /** Of virtual machines, and the drives of Windows in WSL. */
  V9FS("v9fs", 0x01021997, Reach.OWN),
  /** Also virtiofs, and file systems on a disk of this machine, which the number does not tell. */
  FUSE("fuse", 0x65735546, Reach.OWN),
  /** Of VirtualBox. */
  VBOXSF("vboxsf", 0x786F4256, Reach.OWN),
  /** Of VMware. */
  VMHGFS("vmhgfs", 0xBACBACBC, Reach.OWN),
  /** Of Parallels. */
  PRL_FS("prl_fs", 0x7C7C6673, Reach.OWN),
  /** Of a kernel that runs as a process of another one. */
  HOSTFS("hostfs", 0x00C0FFEE, Reach.OWN),
  AFS("afs", 0x5346414F, Reach.OWN),
  KAFS("k-afs", 0x6B414653, Reach.OWN),
  CODA("coda", 0x73757245, Reach.OWN),
  CEPH("ceph", 0x00C36400, Reach.OWN),
  LUSTRE("lustre", 0x0BD00BD0, Reach.OWN),
  GPFS("gpfs", 0x47504653, Reach.OWN),
  GFS("gfs/gfs2", 0x01161970, Reach.OWN),
  OCFS2("ocfs2", 0x7461636F, Reach.OWN),
  /** BeeGFS. */
  FHGFS("fhgfs", 0x19830326, Reach.OWN),
  ORANGEFS("orangefs", 0x20030528, Reach.OWN),
  PANFS("panfs", 0xAAD7AAEA, Reach.OWN),
  SNFS("snfs", 0xBEEFDEAD, Reach.OWN),
  IBRIX("ibrix", 0x013111A8, Reach.OWN),
  ACFS("acfs", 0x61636673, Reach.OWN),
  /** Where it is that of a cluster, which the number does not tell. */
  VXFS("vxfs", 0xA501FCF5, Reach.OWN),
  /** A number that is not here, or the kernel does not say. */
  UNKNOWN("unknown", 0, Reach.ALL);

  /** What inotify tells of. */
  private enum Reach {
    /** Whatever is done. */
    ALL,

    /** What programs do; not what the kernel itself makes up while it is read. */
    PROGRAMS,

    /** What is done through this mount; not what other machines do, or whoever is beneath. */
    OWN
  }

  private final String usualName;
  private final int number;
  private final Reach reach;

  FileSystemType(String usualName, int number, Reach reach) {
    this.usualName = usualName;
    this.number = number;
    this.reach = reach;
  }

  /** The type with a number, as {@code f_type} has it. */
  static FileSystemType of(int number) {
    for (FileSystemType type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return UNKNOWN;
  }

  /**
   * The type of the file system that something open is on.
   *
   * @param fd a descriptor, which may be one that only stands for a file
   */
  public static FileSystemType of(LibC libC, int fd) {
    FileSystemType type = ifSaid(libC, fd);
    return type == null ? UNKNOWN : type;
  }

  /** The same; null if that cannot be said just now. */
  static @Nullable FileSystemType ifSaid(LibC libC, int fd) {
    OrderedLock.mayBlock();
    ByteBuffer status = ByteBuffer.allocateDirect(LibC.STATFS_SIZE).order(ByteOrder.nativeOrder());
    int result = libC.fstatfs(fd, status);
    if (result >= 0) {
      return of(status.getInt(0));
    }
    return new Refusal(result).isForNow() ? null : UNKNOWN;
  }

  /**
   * The type of the file system that something is on, for who looks once.
   *
   * @param path what links lead to, if it ends in one
   * @return {@link #UNKNOWN} also where nothing is there, or it may not be looked at
   * @throws UnsupportedOperationException if the kernel cannot be reached
   */
  public static FileSystemType of(Path path) {
    LibC libC = SystemLibC.get();
    int fd = libC.open(PathBytes.of(path), LibC.O_PATH | LibC.O_CLOEXEC);
    if (fd < 0) {
      return UNKNOWN;
    }
    try {
      return of(libC, fd);
    } finally {
      libC.close(fd);
    }
  }

  int number() {
    return number;
  }

  /** Whether inotify tells there only of what is done through this mount. */
  public boolean isSilent() {
    return reach == Reach.OWN;
  }

  /** Whether the kernel makes up what is in its files while they are read, and tells nobody. */
  public boolean isMadeUp() {
    return reach == Reach.PROGRAMS;
  }

  /** What people call it. */
  public String usualName() {
    return usualName;
  }
}
