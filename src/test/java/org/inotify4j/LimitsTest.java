package org.inotify4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.ScriptedLibC;
import org.inotify4j.libc.ScriptedLibC.Call;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A limit that was met is told by name, value and remedy: the kernel says only its errno. */
final class LimitsTest {

  private static final String NO_INSTANCES =
      "User limit of inotify instances reached or too many open files: ";

  private final ScriptedLibC kernel = new ScriptedLibC();

  @AfterEach
  void assertNothingLeft() {
    kernel.assertAllClosed();
  }

  @Test
  void addWatch_enospc() throws Exception {
    kernel.watchLimit(1);
    try (INotify inotify = ScriptedINotify.open(kernel)) {
      inotify.addWatch(Path.of("/one"), Flag.CREATE);
      INotifyLimitException e =
          catchThrowableOfType(
              INotifyLimitException.class, () -> inotify.addWatch(Path.of("/other"), Flag.CREATE));
      String limit = smaller("fs.inotify.max_user_watches", "user.max_inotify_watches");
      long value = value(limit);
      String remedy = "sysctl -w " + limit + "=" + 2 * value;
      assertLimit(e, limit, value, remedy);
      assertThat(e.getFile()).isEqualTo("/other");
      assertThat(e)
          .hasMessage(
              "User limit of inotify watches reached: "
                  + limit
                  + " is "
                  + value
                  + "; not watched: /other; to raise it: "
                  + remedy);
    }
  }

  @Test
  void limitOfTheUserNamespace_isRaisedInThat() {
    String remedy = "sysctl -w user.max_inotify_watches=6";
    assertThat(new INotifyLimitException("/f", "none", "user.max_inotify_watches", 3, remedy, -1))
        .hasMessage(
            "none: user.max_inotify_watches is 3; not watched: /f; to raise it in this user"
                + " namespace, as its root: "
                + remedy);
  }

  @Test
  void open_emfileWithDescriptorsLeft() throws Exception {
    kernel.fail(Call.INOTIFY_INIT1, 1, Errno.EMFILE);
    INotifyLimitException e = openFails();
    String limit = smaller("fs.inotify.max_user_instances", "user.max_inotify_instances");
    long value = value(limit);
    String remedy = "sysctl -w " + limit + "=" + 2 * value;
    assertLimit(e, limit, value, remedy);
    assertThat(e.getFile()).isNull();
    assertThat(e).hasMessage(NO_INSTANCES + limit + " is " + value + "; to raise it: " + remedy);
  }

  @Test
  void open_emfileWithoutDescriptorsLeft() {
    kernel.descriptorLimit(0);
    assertIsDescriptors(openFails());
  }

  @Test
  void open_emfileOfTheSecondDescriptor() {
    kernel.descriptorLimit(1);
    assertIsDescriptors(openFails());
  }

  @Test
  void open_enfile() throws Exception {
    kernel.fail(Call.INOTIFY_INIT1, 1, Errno.ENFILE);
    INotifyLimitException e = openFails();
    long value = Long.parseLong(Files.readAllLines(Path.of("/proc/sys/fs/file-max")).get(0));
    String remedy = "sysctl -w fs.file-max=" + 2 * value;
    assertLimit(e, "fs.file-max", value, remedy);
    assertThat(e).hasMessage(NO_INSTANCES + "fs.file-max is " + value + "; to raise it: " + remedy);
  }

  @Test
  void open_otherError() {
    kernel.fail(Call.INOTIFY_INIT1, 1, Errno.ENOMEM);
    assertThat(catchThrowableOfType(IOException.class, () -> ScriptedINotify.open(kernel)))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("cannot open an inotify instance: the kernel is out of memory (ENOMEM)");
  }

  @Test
  @SuppressWarnings("NullAway") // On purpose.
  void withoutAPath_noneIsMade() {
    List<ThrowingCallable> all =
        List.of(
            () -> INotifyLimitException.ofWatches(null, 1),
            () -> INotifyLimitException.ofDescriptors(null),
            () -> INotifyLimitException.ofOpenFiles(null));
    assertThat(all)
        .allSatisfy(made -> assertThatNullPointerException().isThrownBy(made).withMessage("file"));
  }

  private void assertIsDescriptors(INotifyLimitException e) {
    long value = e.value();
    assertThat(value).isPositive();
    // This virtual machine has raised the soft limit to the hard one.
    String remedy =
        "LimitNOFILE="
            + 2 * value
            + " (systemd), nofile in /etc/security/limits.conf, or docker run --ulimit nofile="
            + 2 * value;
    assertLimit(e, "RLIMIT_NOFILE", value, remedy);
    assertThat(e)
        .hasMessage(NO_INSTANCES + "RLIMIT_NOFILE is " + value + "; to raise it: " + remedy);
  }

  private INotifyLimitException openFails() {
    return catchThrowableOfType(
        INotifyLimitException.class, () -> ScriptedINotify.open(kernel).close());
  }

  private static void assertLimit(
      INotifyLimitException e, String limit, long value, String remedy) {
    assertThat(e.limit()).isEqualTo(limit);
    assertThat(e.value()).isEqualTo(value);
    assertThat(e.remedy()).isEqualTo(remedy);
  }

  private static String smaller(String ofTheSystem, String ofTheNamespace) throws IOException {
    return value(ofTheNamespace) < value(ofTheSystem) ? ofTheNamespace : ofTheSystem;
  }

  private static long value(String setting) throws IOException {
    Path file = Path.of("/proc/sys", setting.split("\\.", -1));
    return Long.parseLong(Files.readAllLines(file).get(0));
  }
}
