package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.inotify4j.poll.PollSettings;
import org.inotify4j.watch.Bindfs;
import org.inotify4j.watch.PollInterval;
import org.inotify4j.watch.SilentMounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Roots on a file system where the kernel does not report all. */
final class WatcherPolledTest extends WatcherScene {

  @RegisterExtension private final PollInterval interval = new PollInterval("0.1");
  @RegisterExtension private final SilentMounts mounts = new SilentMounts();

  private Path source = Path.of("");

  @AfterEach
  void pollAsUsual() {
    System.clearProperty(PollSettings.MODE_PROPERTY);
  }

  @CanIgnoreReturnValue
  private Bindfs mount() throws Exception {
    source = Files.createDirectories(directory.resolve("source"));
    Files.createDirectory(source.resolve("d"));
    return mounts.mount(source, Files.createDirectory(root.resolve("mounted")));
  }

  private void isToldInAnyOrder(String... expected) {
    awaitTold(told -> assertThat(told).containsExactlyInAnyOrder(expected));
  }

  @Test
  void treeWithAMountBelow_isToldWhatIsDoneBeneath_andWhatIsDoneHere() throws Exception {
    mount();
    PathWatcher watcher = startAsIs(PathWatcher.of(root).settle(Duration.ZERO, Duration.ZERO));
    Files.writeString(source.resolve("d/f"), "text");
    isToldInAnyOrder("CREATED mounted/d/f");
    Files.move(source.resolve("d/f"), source.resolve("d/g"));
    isToldInAnyOrder("MOVED mounted/d/f -> mounted/d/g");
    write("here", "");
    assertThat(told(watcher)).contains("CREATED here");
    assertThat(takeProblems()).containsExactly("POLLED ");
  }

  @Test
  void ignoreRulesThatChangeBeneath_count() throws Exception {
    mount();
    Path rules = Files.createDirectories(source.resolve(".git/info")).resolve("exclude");
    Files.writeString(rules, "*.log\n");
    Files.writeString(source.resolve("a.log"), "");
    PathWatcher watcher =
        startAsIs(
            PathWatcher.of(root.resolve("mounted"))
                .gitIgnore()
                .settle(Duration.ZERO, Duration.ZERO));
    assertThat(told(watcher)).isEmpty();
    Files.writeString(rules, "");
    isToldInAnyOrder("CREATED mounted/a.log");
  }

  @Test
  void whatIsLeftOut_isNotPolled_norIsItsServerAsked() throws Exception {
    mount().stop();
    PathWatcher watcher = startAsIs(PathWatcher.of(root).exclude("mounted"));
    // Where something is mounted, all is asked anew.
    mounts.mount(source, Files.createDirectory(root.resolve("polled")));
    await().until(() -> takeProblems().equals(List.of("POLLED ")));
    Files.writeString(source.resolve("d/f"), "text");
    await().until(() -> told(watcher).contains("CREATED polled/d/f"));
    assertThat(watcher.sync(PATIENCE)).isTrue();
  }

  @Test
  void never_meansNever() throws Exception {
    mount();
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    PathWatcher watcher = startAsIs(PathWatcher.of(root).settle(Duration.ZERO, Duration.ZERO));
    Set<Path> found = ConcurrentHashMap.newKeySet();
    PathWatcher polled =
        PathWatcher.of(root.resolve("mounted"))
            .poll(Duration.ofMillis(100))
            .settle(Duration.ZERO, Duration.ZERO)
            .start(batch -> batch.forEach(change -> found.add(change.path())));
    watchers.add(polled);
    // Each is found by a further round of the one that is polled.
    for (int round = 0; round < 3; round++) {
      Files.writeString(source.resolve("d/f" + round), "text");
      Path here = root.resolve("mounted/d/f" + round);
      await().until(() -> found.contains(here));
    }
    assertThat(told(watcher)).isEmpty();
    assertThat(takeProblems()).isEmpty();
  }

  @Test
  void whereTheKernelReportsAll_pollingTellsNothingTwice() throws Exception {
    PathWatcher watcher =
        startAsIs(
            PathWatcher.of(root).settle(Duration.ZERO, Duration.ZERO).poll(Duration.ofMillis(20)));
    List<String> told = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      mkdirs("d" + i);
      told.addAll(told(watcher));
    }
    assertThat(told).hasSize(20).doesNotHaveDuplicates();
    assertThat(takeProblems()).isEmpty();
  }
}
