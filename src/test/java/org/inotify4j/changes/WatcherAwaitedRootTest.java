package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.inotify4j.poll.PollSettings;
import org.inotify4j.watch.PollInterval;
import org.inotify4j.watch.SilentMounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Roots that are not there yet, and come where the kernel does not report it. */
final class WatcherAwaitedRootTest extends WatcherScene {

  @RegisterExtension private final PollInterval interval = new PollInterval("0.1");
  @RegisterExtension private final SilentMounts mounts = new SilentMounts();

  private Path source = Path.of("");
  private Path mounted = Path.of("");

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectory(directory.resolve("source"));
    Files.createFile(source.resolve("any"));
    mounted = Files.createDirectory(root.resolve("mounted"));
  }

  private PathWatcher watch(WatcherBuilder builder) throws IOException {
    return startAsIs(builder.settle(Duration.ZERO, Duration.ZERO));
  }

  /** It comes beneath with a file in it, and what is done there later is told as well. */
  private void comes(String name) throws Exception {
    Path complete = Files.createDirectories(directory.resolve("aside").resolve(name));
    Files.createFile(complete.resolve("f"));
    Files.createDirectories(source.resolve(name).getParent());
    Files.move(complete, source.resolve(name));
    isTold("CREATED mounted/" + name + "/f");
    Files.createFile(source.resolve(name).resolve("g"));
    isTold("CREATED mounted/" + name + "/g");
  }

  @Test
  void tree() throws Exception {
    mounts.mount(source, mounted);
    PathWatcher unused = watch(PathWatcher.of(mounted.resolve("later")));
    comes("later");
    await()
        .untilAsserted(
            () ->
                assertThat(problems)
                    .containsExactly(
                        "ROOT_GONE mounted/later",
                        "POLLED mounted/later",
                        "ROOT_BACK mounted/later"));
  }

  @Test
  void treeWhoseDirectoryIsNotThereYet() throws Exception {
    mounts.mount(source, mounted);
    PathWatcher unused = watch(PathWatcher.of(mounted.resolve("new/later")));
    comes("new/later");
  }

  @Test
  void entriesOfADirectory() throws Exception {
    mounts.mount(source, mounted);
    PathWatcher unused = watch(PathWatcher.directory(mounted.resolve("later")));
    comes("later");
  }

  @Test
  void treeThatIsPolledWhereverItIs() throws Exception {
    mounts.mount(source, mounted);
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    try {
      PathWatcher unused =
          watch(PathWatcher.of(mounted.resolve("later")).poll(Duration.ofMillis(50)));
      comes("later");
    } finally {
      System.clearProperty(PollSettings.MODE_PROPERTY);
    }
  }

  @Test
  void treeOverWhoseDirectoryASilentOneIsMountedLater() throws Exception {
    PathWatcher unused = watch(PathWatcher.of(mounted.resolve("later")));
    mounts.mount(source, mounted);
    comes("later");
  }

  @Test
  void treeThatGoes_andComesAgain() throws Exception {
    Files.createDirectory(source.resolve("later"));
    mounts.mount(source, mounted);
    PathWatcher watcher = watch(PathWatcher.of(mounted.resolve("later")));
    Files.delete(mounted.resolve("later"));
    assertThat(watcher.sync(PATIENCE)).isTrue();
    comes("later");
  }
}
