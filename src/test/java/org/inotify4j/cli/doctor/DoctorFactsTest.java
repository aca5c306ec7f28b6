package org.inotify4j.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inotify4j.cli.doctor.Mounts.Mount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the doctor reads of a system, made up in a directory. */
final class DoctorFactsTest {

  @TempDir private Path root;

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private Mounts mounts(String text) throws IOException {
    write("self/mountinfo", text);
    return Mounts.read(root);
  }

  private static String point(Mounts mounts, String path) {
    Mount mount = mounts.of(path);
    return mount == null ? "none" : mount.id() + " " + mount.point();
  }

  @Test
  void path_isOnWhatIsMountedLast() throws Exception {
    Mounts mounts =
        mounts(
            """
            1 0 0:1 / / rw - rootfs rootfs rw
            22 1 8:1 / / rw shared:1 - ext4 /dev/sda rw
            30 22 8:2 /part /a/b rw - xfs /dev/sdb rw
            31 22 0:3 / /a rw - tmpfs over rw
            32 31 0:4 / /a rw - tmpfs twice rw
            33 32 0:5 / /a/c\\040d rw master:1 - fuse.sshfs host:/dir\\012x rw
            not a line
            """);
    assertThat(point(mounts, "/")).isEqualTo("22 /");
    assertThat(point(mounts, "/ab")).isEqualTo("22 /");
    // It is hidden by what was mounted further up later.
    assertThat(point(mounts, "/a/b/x")).isEqualTo("32 /a");
    assertThat(point(mounts, "/a/c d")).isEqualTo("33 /a/c d");
    assertThat(mounts.of("/a/c d/e"))
        .isEqualTo(new Mount(33, 32, "/", "/a/c d", "fuse.sshfs", "host:/dir\nx"));
    assertThat(mounts.below("/")).extracting(Mount::id).containsExactly(32, 33);
    assertThat(mounts.below("/a")).extracting(Mount::id).containsExactly(33);
    assertThat(mounts.below("/a/c d")).isEmpty();
  }

  @Test
  void withoutTable_nothingIsKnown() {
    assertThat(Mounts.read(root).of("/a")).isNull();
    assertThat(Mounts.read(root).below("/")).isEmpty();
  }

  @Test
  void setting_isSetByTheLastFile() throws Exception {
    SettingSources sources = new SettingSources(root);
    String setting = "fs.inotify.max_user_watches";
    assertThat(sources.of(setting, 10)).isEqualTo("the kernel, or by hand");
    write("usr/lib/sysctl.d/10-default.conf", "# text\nfs.inotify.max_user_watches=10\n");
    assertThat(sources.of(setting, 10)).isEqualTo("/usr/lib/sysctl.d/10-default.conf");
    write("etc/sysctl.d/60-own.conf", "-fs/inotify/max_user_watches = 20\n");
    assertThat(sources.of(setting, 20)).isEqualTo("/etc/sysctl.d/60-own.conf");
    write("etc/sysctl.d/10-default.conf", "");
    assertThat(sources.of(setting, 10)).isEqualTo("/etc/sysctl.d/60-own.conf (as 20), and changed");
    write("etc/sysctl.conf", setting + "=30");
    assertThat(sources.of(setting, 30)).isEqualTo("/etc/sysctl.conf");
  }

  @Test
  void systemWithoutContainer() throws Exception {
    write("proc/sys/kernel/osrelease", "6.1.0-test\n");
    write("proc/self/uid_map", "         0          0 4294967295\n");
    write("proc/sys/fs/inotify/max_user_watches", "1\n");
    namespace("pid:[4026531836]");
    assertThat(SystemFacts.read(root, Map.of()))
        .isEqualTo(new SystemFacts("6.1.0-test", false, "", true, true, true));
  }

  @Test
  void systemOfAContainer() throws Exception {
    write("proc/sys/kernel/osrelease", "5.15.1-microsoft-standard-WSL2\n");
    write("proc/self/uid_map", "0 100000 65536\n");
    namespace("pid:[4026532000]");
    assertThat(SystemFacts.read(root, Map.of()))
        .isEqualTo(
            new SystemFacts(
                "5.15.1-microsoft-standard-WSL2", true, "of some kind", false, false, false));
    write("proc/1/cgroup", "0::/kubepods/besteffort/pod1\n");
    assertThat(SystemFacts.read(root, Map.of()).container()).isEqualTo("Kubernetes");
    assertThat(SystemFacts.read(root, Map.of("container", "systemd-nspawn")).container())
        .isEqualTo("systemd-nspawn");
    write(".dockerenv", "");
    assertThat(SystemFacts.read(root, Map.of()).container()).isEqualTo("Docker");
    write("run/.containerenv", "");
    assertThat(SystemFacts.read(root, Map.of()).container()).isEqualTo("Podman");
    assertThat(SystemFacts.read(root, Map.of("KUBERNETES_SERVICE_HOST", "1")).container())
        .isEqualTo("Kubernetes");
  }

  private void namespace(String link) throws IOException {
    Path place = root.resolve("proc/self/ns/pid");
    Files.createDirectories(place.getParent());
    Files.createSymbolicLink(place, Path.of(link));
  }
}
