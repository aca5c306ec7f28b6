package org.inotify4j.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.fs.Packaged.PROGRAMS;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import org.inotify4j.ChildJvm;
import org.inotify4j.fs.programs.Refused;

/** The kernel's limits for a user, by a user namespace that may have none. */
final class Limits {

  private Limits() {}

  static boolean ofInstances(Trial trial) throws IOException, InterruptedException {
    return isRefused(
        trial,
        "max_inotify_instances",
        "open: User limit of inotify instances reached or too many open files");
  }

  static boolean ofWatches(Trial trial) throws IOException, InterruptedException {
    return isRefused(
        trial, "max_inotify_watches", "register: User limit of inotify watches reached");
  }

  private static boolean isRefused(Trial trial, String limit, String words)
      throws IOException, InterruptedException {
    ChildJvm child =
        trial
            .way()
            .child(Refused.class, PROGRAMS)
            .prefix(
                "unshare",
                "-Ur",
                "sh",
                "-c",
                "echo 0 > /proc/sys/user/" + limit + " || exit 99; exec \"$@\"",
                "sh");
    ChildJvm.Result result = trial.run(child);
    assumeFalse(
        result.err().startsWith("unshare:") || result.exit() == 99,
        "no user namespace can be made here: " + result.err());
    assertThat(result.output()).startsWith(words);
    assertThat(result.err()).isEmpty();
    return true;
  }
}
