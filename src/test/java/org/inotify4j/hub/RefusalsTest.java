package org.inotify4j.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a program is told where the kernel refuses a directory. */
final class RefusalsTest {

  private static final Path PATH = Path.of("/a/b");

  private static FileSystemException exception(Errno errno) {
    return Refusals.exception(PATH, -errno.number());
  }

  @Test
  void noPermission_isAccessDenied() {
    assertThat(exception(Errno.EACCES))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessage("/a/b");
  }

  @ParameterizedTest
  @CsvSource({
    "ENOSPC, fs.inotify.max_user_watches",
    "EMFILE, RLIMIT_NOFILE",
    "ENFILE, fs.file-max"
  })
  void aLimit_isNamed(Errno errno, String limit) {
    FileSystemException exception = exception(errno);
    assertThat(exception).isInstanceOf(INotifyLimitException.class);
    assertThat(((INotifyLimitException) exception).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @EnumSource(names = {"EACCES", "ENOSPC", "EMFILE", "ENFILE"})
  void theNumber_isFoundAgain(Errno errno) {
    assertThat(Refusals.errno(exception(errno))).isEqualTo(errno.number());
  }

  @Test
  void anythingElse_isSaidInWords() {
    assertThat(exception(Errno.ENOENT).getReason()).contains("/proc is not there");
    assertThat(exception(Errno.EIO)).hasMessage("/a/b: input/output error (EIO)");
    assertThat(Refusals.errno(exception(Errno.EIO))).isZero();
    assertThat(Refusals.errno(new IOException("test"))).isZero();
  }

  @Test
  void reasons() {
    assertThat(Refusals.reason(-Errno.ENOSPC.number()))
        .isEqualTo("no inotify watch is left (ENOSPC): see fs.inotify.max_user_watches");
    assertThat(Refusals.reason(-Errno.ENOENT.number()))
        .isEqualTo("its path does not lead to it (ENOENT)");
    assertThat(Refusals.reason(-Errno.EACCES.number())).isEqualTo("permission denied (EACCES)");
  }
}
