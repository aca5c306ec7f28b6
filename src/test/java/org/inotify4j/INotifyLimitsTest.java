package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limits in force: made-up ones, and those of this machine. */
final class INotifyLimitsTest {

  @TempDir private Path directory;

  @Test
  void limitsOfThisMachine_areThoseThatTheShellSees() throws Exception {
    INotifyLimits limits = INotifyLimits.current();
    assertThat(
            limits.maxUserInstances()
                + "\n"
                + limits.maxUserWatches()
                + "\n"
                + limits.maxQueuedEvents()
                + "\n"
                + limits.namespaceInstances()
                + "\n"
                + limits.namespaceWatches()
                + "\n")
        .isEqualTo(
            shell(
                "cd /proc/sys && cat fs/inotify/max_user_instances fs/inotify/max_user_watches"
                    + " fs/inotify/max_queued_events user/max_inotify_instances"
                    + " user/max_inotify_watches"));
    assertThat(limits.mostOpenFiles()).isGreaterThanOrEqualTo(limits.openFiles());
    assertThat(limits.openFiles()).isPositive();
  }

  @Test
  void descriptors_areThoseOfTheProcess() throws Exception {
    assertThat(
            ChildJvm.of(Reading.class).after("ulimit -Sn 70 && ulimit -Hn 900").run("x").output())
        .isEqualTo(
            // The virtual machine itself raises the soft limit, unless it is told not to.
            "900 900\n");
    assertThat(
            ChildJvm.of(Reading.class)
                .options("-XX:-MaxFDLimit")
                .after("ulimit -Sn 70 && ulimit -Hn 900")
                .run("x")
                .output())
        .isEqualTo("70 900\n");
  }

  /** Says its limits on descriptors. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] arguments) {
      INotifyLimits limits = INotifyLimits.current();
      System.out.println(limits.openFiles() + " " + limits.mostOpenFiles());
    }
  }

  @Test
  void theSmallerOneIsMetFirst() throws Exception {
    ProcDirectory proc = new ProcDirectory(directory);
    proc.setting("fs.inotify.max_user_instances", "128");
    proc.setting("fs.inotify.max_user_watches", "8192");
    proc.setting("fs.inotify.max_queued_events", "16384");
    proc.setting("user.max_inotify_instances", "128");
    proc.setting("user.max_inotify_watches", "100");
    Files.createDirectory(directory.resolve("self"));
    Files.writeString(
        directory.resolve("self/limits"),
        """
        Limit                     Soft Limit           Hard Limit           Units
        Max processes             96364                96364                processes
        Max open files            1024                 unlimited            files
        """);

    INotifyLimits limits = INotifyLimits.of(directory);

    assertThat(limits)
        .isEqualTo(new INotifyLimits(128, 8192, 16384, 128, 100, 1024, Long.MAX_VALUE));
    assertThat(limits.watches()).isEqualTo(100);
    assertThat(limits.watchesSetting()).isEqualTo("user.max_inotify_watches");
    assertThat(limits.instances()).isEqualTo(128);
    assertThat(limits.instancesSetting()).isEqualTo("fs.inotify.max_user_instances");
  }

  @Test
  void whatIsNotThere_isNotKnown() throws Exception {
    new ProcDirectory(directory).setting("fs.inotify.max_user_watches", "8192");
    INotifyLimits limits = INotifyLimits.of(directory);
    assertThat(limits).isEqualTo(new INotifyLimits(-1, 8192, -1, -1, -1, -1, -1));
    assertThat(limits.watches()).isEqualTo(8192);
    assertThat(limits.instances()).isEqualTo(-1);
    assertThat(limits.toString())
        .isEqualTo(
            "INotifyLimits[maxUserInstances=-1, maxUserWatches=8192, maxQueuedEvents=-1,"
                + " namespaceInstances=-1, namespaceWatches=-1, openFiles=-1, mostOpenFiles=-1]");
  }

  private static String shell(String script) throws IOException {
    Process process = new ProcessBuilder("sh", "-c", script).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
