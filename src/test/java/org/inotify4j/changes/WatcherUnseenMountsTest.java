package org.inotify4j.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.inotify4j.libc.Errno;
import org.inotify4j.watch.PollInterval;
import org.inotify4j.watch.SilentMounts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watched root of which the kernel does not say at a moment what is mounted in it. */
final class WatcherUnseenMountsTest extends WatcherScene {

  private static final Path TABLE = Path.of("/proc/self/mountinfo");

  @RegisterExtension private final PollInterval interval = new PollInterval("0.1");
  @RegisterExtension private final SilentMounts mounts = new SilentMounts();

  private final AtomicInteger refused = new AtomicInteger();
  private RefusingKernel kernel;
  private Path source;

  @BeforeEach
  void begin() throws IOException {
    kernel = new RefusingKernel();
    source = Files.createDirectories(directory.resolve("source"));
    Files.createDirectory(source.resolve("d"));
  }

  @AfterEach
  void end() {
    closeAll();
    kernel.close();
  }

  private void refuseTable() {
    kernel.answerOpening(
        TABLE,
        () -> {
          refused.incrementAndGet();
          return -Errno.EMFILE.number();
        });
  }

  private void mountAndHear(Path at) throws IOException {
    long heard = kernel.hub().listenForMounts();
    mounts.mount(source, Files.createDirectories(at));
    await().until(() -> kernel.hub().listenForMounts() > heard);
  }

  private PathWatcher start() throws IOException {
    return startWatcher(PathWatcher.of(root));
  }

  private PathWatcher startWatcher(WatcherBuilder builder) throws IOException {
    PathWatcher watcher =
        builder
            .settle(Duration.ZERO, Duration.ZERO)
            .onError(problem -> problems.add(problem.kind().name()))
            .start(
                batch -> batches.add(lines(batch)),
                new CountedDemand(Long.MAX_VALUE),
                cause -> {},
                kernel);
    watchers.add(watcher);
    return watcher;
  }

  @Test
  void whatIsPolled_isPolledOn() throws Exception {
    mounts.mount(source, Files.createDirectory(root.resolve("mounted")));
    PathWatcher watcher = start();
    refuseTable();
    mountAndHear(directory.resolve("elsewhere"));
    assertThat(told(watcher)).isEmpty();
    assertThat(refused).hasPositiveValue();
    Files.createFile(source.resolve("d/f"));
    isTold("CREATED mounted/d/f");
    kernel.allowOpening(TABLE);
    Files.delete(source.resolve("d/f"));
    isTold("DELETED mounted/d/f");
    assertThat(takeProblems()).containsExactly("POLLED");
  }

  @Test
  void whatIsMountedAtTheStart_isPolledWhenItIsSeen() throws Exception {
    mountAndHear(root.resolve("mounted"));
    refuseTable();
    PathWatcher watcher = start();
    assertThat(told(watcher)).isEmpty();
    assertThat(takeProblems()).isEmpty();
    kernel.allowOpening(TABLE);
    await().until(() -> takeProblems().contains("POLLED"));
    Files.createFile(source.resolve("d/f"));
    isTold("CREATED mounted/d/f");
  }

  /** A tree, or a single name in it. */
  private static WatcherBuilder watcherOf(Path tree, boolean isTree) {
    return isTree ? PathWatcher.of(tree) : PathWatcher.file(tree.resolve("f"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRootOfWhichNothingIsSaid_isNotSaidToBePolled_whereItIsHeard(boolean isTree)
      throws Exception {
    write("f", "");
    kernel.refuseTypes(Errno.EIO);
    PathWatcher watcher = startWatcher(watcherOf(root, isTree));
    assertThat(told(watcher)).isEmpty();
    kernel.refuseTypes(null);
    int asked = kernel.typesAsked.get();
    await().until(() -> kernel.typesAsked.get() > asked);
    assertThat(told(watcher)).isEmpty();
    assertThat(takeProblems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRootOfWhichNothingIsSaid_isPolledAtOnce_andSaidToBe_whenItIsKnown(boolean isTree)
      throws Exception {
    Path mounted = Files.createDirectory(root.resolve("mounted"));
    Files.createFile(source.resolve("f"));
    mounts.mount(source, mounted);
    kernel.refuseTypes(Errno.EIO);
    PathWatcher unused = startWatcher(watcherOf(mounted, isTree));
    Files.delete(source.resolve("f"));
    isTold("DELETED mounted/f");
    assertThat(takeProblems()).isEmpty();
    kernel.refuseTypes(null);
    await().until(() -> takeProblems().equals(List.of("POLLED")));
  }
}
