package org.inotify4j.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.inotify4j.base.OrderedLock;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.Processor;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files that say what git leaves out. No link below the root is followed: as to git, one
 * with the name of such a file is none.
 */
final class IgnoreFiles {

  /** The name of those that are anywhere. */
  static final String NAME = ".gitignore";

  /** Where a repository has its own things. */
  static final String REPOSITORY = ".git";

  /** Where among these the directory is of its file. */
  static final String INFO = "info";

  /** The file of a repository. */
  static final String EXCLUDE = "exclude";

  /** A file that is larger was not written by people, and counts as empty: 256 KiB. */
  static final int MOST = 1 << 18;

  private static final int DIRECTORY =
      LibC.O_PATH | Processor.O_DIRECTORY | Processor.O_NOFOLLOW | LibC.O_CLOEXEC;

  private static final int FILE =
      LibC.O_RDONLY | LibC.O_NONBLOCK | Processor.O_NOFOLLOW | LibC.O_CLOEXEC;

  private static final int PIECE = 16 * 1024;

  private final LibC libC;
  private final DirectoryReader root;

  /**
   * What was found in a directory.
   *
   * @param isKnown whether there was a descriptor to look with: else it counts as nothing
   * @param isRepository whether it is the top of a repository
   * @param own what its own file says
   * @param ofRepository what the file of the repository says
   */
  record Found(boolean isKnown, boolean isRepository, IgnoreRules own, IgnoreRules ofRepository) {
    static final Found NOTHING = new Found(true, false, IgnoreRules.NONE, IgnoreRules.NONE);
    static final Found UNKNOWN = new Found(false, false, IgnoreRules.NONE, IgnoreRules.NONE);

    boolean saysAs(Found other) {
      return isRepository == other.isRepository
          && own.saysAs(other.own)
          && ofRepository.saysAs(other.ofRepository);
    }
  }

  /**
   * The files of a tree.
   *
   * @param root the root's path, with a NUL at its end
   * @param followsRoot whether the root's path may end in a link
   */
  IgnoreFiles(LibC libC, byte[] root, boolean followsRoot) {
    this.libC = libC;
    this.root = new DirectoryReader(libC, root, followsRoot);
  }

  /** What there is in a directory now: nothing where it cannot be opened. */
  Found in(byte[] path) {
    int fd = open(path);
    if (fd < 0) {
      return new Refusal(fd).isOfThisProcess() ? Found.UNKNOWN : Found.NOTHING;
    }
    try {
      IgnoreRules own = rules(fd, NAME);
      FileStatus repository = FileStatus.of(libC, fd, REPOSITORY.getBytes(US_ASCII));
      boolean isRepository = repository.result() == 0;
      IgnoreRules ofRepository = isRepository ? rulesOfRepository(fd) : IgnoreRules.NONE;
      if (own == null || ofRepository == null) {
        return Found.UNKNOWN;
      }
      boolean isNothing = !isRepository && own == IgnoreRules.NONE;
      return isNothing ? Found.NOTHING : new Found(true, isRepository, own, ofRepository);
    } finally {
      libC.close(fd);
    }
  }

  /** Whether there is in a directory what was found there. */
  boolean isAsItWas(byte[] path, Found before) {
    if (before.saysAs(Found.NOTHING) && hasNothing(path)) {
      return true;
    }
    Found now = in(path);
    return !now.isKnown() || now.saysAs(before);
  }

  /** Whether there is nothing for sure: it takes few calls, and is so nearly everywhere. */
  private boolean hasNothing(byte[] path) {
    int fd = root.openRoot();
    if (fd < 0) {
      return false;
    }
    try {
      return hasNot(fd, path, NAME) && hasNot(fd, path, REPOSITORY);
    } finally {
      libC.close(fd);
    }
  }

  private boolean hasNot(int fd, byte[] path, String name) {
    byte[] entry = ((path.length > 0 ? "/" : "") + name).getBytes(US_ASCII);
    byte[] whole = Arrays.copyOf(path, path.length + entry.length);
    System.arraycopy(entry, 0, whole, path.length, entry.length);
    return Errno.ENOENT.is(FileStatus.of(libC, fd, whole).result());
  }

  private int open(byte[] path) {
    int fd = root.openRoot();
    int start = 0;
    for (int at = 0; at <= path.length && path.length > 0 && fd >= 0; at++) {
      if (at == path.length || path[at] == '/') {
        fd = openNext(fd, Arrays.copyOfRange(path, start, at));
        start = at + 1;
      }
    }
    return fd;
  }

  /** Goes on from a directory, which is closed. */
  private int openNext(int directory, byte[] name) {
    try {
      return libC.openat(directory, Arrays.copyOf(name, name.length + 1), DIRECTORY);
    } finally {
      libC.close(directory);
    }
  }

  /**
   * Where the repository's own things are elsewhere, as in a worktree, its file does not count.
   *
   * @return null where that cannot be said now
   */
  private @Nullable IgnoreRules rulesOfRepository(int top) {
    int own = libC.openat(top, (REPOSITORY + '\0').getBytes(US_ASCII), DIRECTORY);
    int info = own < 0 ? own : openNext(own, INFO.getBytes(US_ASCII));
    if (info < 0) {
      return noneFor(info);
    }
    try {
      return rules(info, EXCLUDE);
    } finally {
      libC.close(info);
    }
  }

  /** Nothing, or null where a failure says nothing of the file. */
  private static @Nullable IgnoreRules noneFor(int result) {
    return new Refusal(result).isOfThisProcess() ? null : IgnoreRules.NONE;
  }

  private @Nullable IgnoreRules rules(int directory, String name) {
    byte[] bytes = name.getBytes(US_ASCII);
    // To open anything but a plain file may do something.
    if (!FileStatus.of(libC, directory, bytes).isPlainFile()) {
      return IgnoreRules.NONE;
    }
    OrderedLock.mayBlock();
    int fd = libC.openat(directory, Arrays.copyOf(bytes, bytes.length + 1), FILE);
    if (fd < 0) {
      return noneFor(fd);
    }
    try {
      return IgnoreRules.of(read(fd));
    } finally {
      libC.close(fd);
    }
  }

  private byte[] read(int fd) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
    byte[] piece = new byte[PIECE];
    int length;
    while ((length = libC.read(fd, buffer, PIECE)) > 0 && text.size() <= MOST) {
      buffer.get(0, piece, 0, length);
      text.write(piece, 0, length);
    }
    return length < 0 || text.size() > MOST ? new byte[0] : text.toByteArray();
  }
}
