package org.inotify4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's own limits, met by child processes: each is told apart from the others. */
@Tag("alone")
final class RealLimitsTest {

  private static final Path MAX_USER_WATCHES = Path.of("/proc/sys/fs/inotify/max_user_watches");
  private static final Path MAX_USER_INSTANCES = Path.of("/proc/sys/fs/inotify/max_user_instances");

  @TempDir private Path directory;

  @Test
  void descriptorsOfTheProcess() throws Exception {
    assertThat(program().after("ulimit -n 60").run("instances").output())
        .isEqualTo("RLIMIT_NOFILE 60\n");
    assertThat(program().after("ulimit -n 61").run("instances").output())
        .isEqualTo("RLIMIT_NOFILE 61\n");
  }

  @Test
  void descriptorsOfTheProcess_thatItMayHaveMoreOf() throws Exception {
    assertThat(
            program()
                .options("-XX:-MaxFDLimit")
                .after("ulimit -Sn 60 && ulimit -Hn 100")
                .run("remedy")
                .output())
        .isEqualTo("ulimit -n 100\n");
  }

  @Test
  void watchesOfTheUserNamespace() throws Exception {
    assertThat(inNamespaceWith("max_inotify_watches", 3).run("watches", "4").output())
        .isEqualTo("ready\nuser.max_inotify_watches 3\n");
  }

  @Test
  void instancesOfTheUserNamespace() throws Exception {
    assertThat(inNamespaceWith("max_inotify_instances", 3).run("instances").output())
        .isEqualTo("user.max_inotify_instances 3\n");
  }

  @Test
  void instancesOfTheUser() throws Exception {
    long limit = value(MAX_USER_INSTANCES);
    assumeTrue(limit <= 4000, "too many instances to open: max_user_instances is " + limit);
    // Another user, since the limit is the user's: other programs of this one go on undisturbed.
    assertThat(program().asNobody(directory).run("instances").output())
        .isEqualTo("fs.inotify.max_user_instances " + limit + "\n");
  }

  @Test
  void watchesOfTheUser() throws Exception {
    int lowered = 2048;
    long limit = value(MAX_USER_WATCHES);
    assumeTrue(limit > lowered, "max_user_watches is low already: " + limit);
    Process child = program().asNobody(directory).start("watches", "" + (lowered + 1));
    try (BufferedReader from = child.inputReader(UTF_8);
        Writer to = child.outputWriter(UTF_8)) {
      assertThat(from.readLine()).isEqualTo("ready");
      String met;
      set(MAX_USER_WATCHES, lowered);
      try {
        to.write("go\n");
        to.flush();
        met = from.readLine();
      } finally {
        set(MAX_USER_WATCHES, limit);
      }
      assertThat(met).isEqualTo("fs.inotify.max_user_watches " + lowered);
      assertThat(child.waitFor()).isZero();
    } finally {
      child.destroy();
    }
  }

  private static ChildJvm program() {
    return ChildJvm.of(ProgramAgainstLimits.class);
  }

  private static ChildJvm inNamespaceWith(String setting, int limit) throws Exception {
    String script = "echo " + limit + " > /proc/sys/user/" + setting;
    Process probe = new ProcessBuilder("unshare", "-Ur", "sh", "-c", script).start();
    assumeTrue(probe.waitFor() == 0, "user namespaces are not possible here");
    return program().prefix("unshare", "-Ur").after(script);
  }

  private static long value(Path setting) throws IOException {
    return Long.parseLong(Files.readAllLines(setting).get(0));
  }

  private static void set(Path setting, long value) throws IOException {
    Files.writeString(setting, value + "\n");
  }
}
