package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.inotify4j.Syscalls;
import org.inotify4j.watch.MountNamespace;
import org.inotify4j.watch.PollInterval;
import org.inotify4j.watch.SilentMounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Single names that lead to where the kernel does not report all. */
final class WatcherPolledFileTest extends WatcherScene {

  @RegisterExtension private final PollInterval interval = new PollInterval("0.1");
  @RegisterExtension private final SilentMounts mounts = new SilentMounts();

  private Path source = Path.of("");
  private Path mounted = Path.of("");

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectory(directory.resolve("source"));
    Files.writeString(source.resolve("f"), "one");
    mounted = Files.createDirectory(root.resolve("mounted"));
  }

  private void watch(WatcherBuilder builder) throws IOException {
    PathWatcher unused = startAsIs(builder.settle(Duration.ZERO, Duration.ZERO));
  }

  private void arePolled(String path) {
    await().untilAsserted(() -> assertThat(takeProblems()).containsExactly("POLLED " + path));
  }

  @Test
  void link_thatLeadsToASilentPlace() throws Exception {
    mounts.mount(source, mounted);
    Path link = Files.createSymbolicLink(root.resolve("link"), mounted.resolve("f"));
    watch(PathWatcher.file(link));
    Files.writeString(source.resolve("f"), "two, and more");
    isTold("MODIFIED link");
    Files.delete(source.resolve("f"));
    isTold("DELETED link");
    arePolled("link");
  }

  @Test
  void anotherFile_thatTakesItsPlaceInSilence_isAModification() throws Exception {
    mounts.mount(source, mounted);
    watch(PathWatcher.file(mounted.resolve("f")));
    Path next = Files.writeString(source.resolve("next"), "two, and more");
    Files.move(next, source.resolve("f"), StandardCopyOption.ATOMIC_MOVE);
    isTold("MODIFIED mounted/f");
  }

  @Test
  void fileThatIsMountedAlone() throws Exception {
    Syscalls.assumeRoot();
    mounts.mount(source, mounted);
    write("bound", "");
    MountNamespace.shell(root, "mount --bind mounted/f bound");
    try {
      watch(PathWatcher.file(root.resolve("bound")));
      Files.writeString(source.resolve("f"), "two, and more");
      isTold("MODIFIED bound");
    } finally {
      MountNamespace.shell(root, "umount -l bound");
    }
  }

  @Test
  void fileWhoseDirectoryIsNotThereYet() throws Exception {
    mounts.mount(source, mounted);
    watch(PathWatcher.file(mounted.resolve("new/f")));
    Path beneath = Files.createDirectory(source.resolve("new")).resolve("f");
    Files.createFile(beneath);
    isTold("CREATED mounted/new/f");
    Files.writeString(beneath, "one");
    isTold("MODIFIED mounted/new/f");
  }

  @Test
  void fileOverWhoseDirectoryASilentOneIsMountedLater() throws Exception {
    watch(PathWatcher.file(mounted.resolve("f")));
    assertThat(takeProblems()).isEmpty();
    mounts.mount(source, mounted);
    isTold("CREATED mounted/f");
    Files.writeString(source.resolve("f"), "two, and more");
    isTold("MODIFIED mounted/f");
    arePolled("mounted/f");
  }

  @Test
  void fileThatIsPolledWhateverItIs() throws Exception {
    mounts.mount(source, mounted);
    watch(PathWatcher.file(mounted.resolve("f")).poll(Duration.ofMillis(50)));
    Files.writeString(source.resolve("f"), "two, and more");
    isTold("MODIFIED mounted/f");
    assertThat(takeProblems()).isEmpty();
  }
}
