package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A tree that is heard of in full when it is registered, and not later: then it is polled. */
final class PolledLaterTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE};

  @Override
  Hub openHub() throws IOException {
    System.setProperty(PollSettings.INTERVAL_PROPERTY, "0.1");
    return kernel.openHub();
  }

  @AfterEach
  void forgetInterval() {
    System.clearProperty(PollSettings.INTERVAL_PROPERTY);
  }

  private static void isTold(WatchKey key, String... expected) {
    List<String> told = new ArrayList<>();
    await()
        .untilAsserted(
            () -> {
              told.addAll(Told.by(key));
              assertThat(told).containsExactly(expected);
            });
  }

  /** A limit leaves over a directory that came later, and a file in it was found nevertheless. */
  private WatchKey registerWhereAFileIsLeftOver() throws Exception {
    WatchKey key = service.register(root, KINDS, RECURSIVE, RESCAN);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    isTold(key, "ENTRY_CREATE left");
    touch("left/f");
    isTold(key, "ENTRY_CREATE left/f");
    return key;
  }

  @Test
  void registering_looksOnceWhatIsSilent() throws Exception {
    int fewest = Integer.MAX_VALUE;
    // Whatever somebody mounts meanwhile is a reason to look once more.
    for (int tries = 0; tries < 3; tries++) {
      PickyKernel counting = new PickyKernel();
      PickyKernel.Refusal looks = counting.refuse("fstatfs", any -> true, 0).times(0);
      try (INotifyWatchService other = INotifyWatchService.open(counting.openHub())) {
        assertThat(other.register(root, KINDS, RECURSIVE, RESCAN).isValid()).isTrue();
        fewest = Math.min(fewest, looks.calls());
      }
    }
    assertThat(fewest).isEqualTo(1);
  }

  @Test
  void whatALimitLeavesOver_isPolled_untilThereIsRoom() throws Exception {
    WatchKey key = registerWhereAFileIsLeftOver();
    touch("left/g");
    isTold(key, "ENTRY_CREATE left/g");
    kernel.allow("left");
    // It is tried again in time.
    await().until(() -> EventModel.watchedInodes(hub).equals(EventModel.inodes(root)));
    Files.delete(root.resolve("left/f"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE left/f");
  }

  @Test
  void whatWasDoneBetweenTheLastRoundAndTheWatch_isTold() throws Exception {
    WatchKey key = registerWhereAFileIsLeftOver();
    try (Gate gate = kernel.holdPlacing("left")) {
      gate.awaitReached();
      touch("left/g");
      Files.delete(root.resolve("left/f"));
      kernel.allow("left");
    }
    isTold(key, "ENTRY_CREATE left/g", "ENTRY_DELETE left/f");
  }

  @Test
  void roundLooksOnlyWhereNothingIsHeard() throws Exception {
    Path heard = mkdirs("heard");
    mkdirs("heard/below");
    WatchKey key = service.register(root, KINDS, RECURSIVE, RESCAN);
    kernel.refuseToWatch("left", Errno.ENOSPC);
    mkdirs("left");
    touch("left/f");
    isTold(key, "ENTRY_CREATE left", "ENTRY_CREATE left/f");
    try (INotifyWatchService other = INotifyWatchService.openDedicated()) {
      WatchKey opened = other.register(heard, INotifyEventKinds.OPEN);
      touch("left/g");
      isTold(key, "ENTRY_CREATE left/g");
      Files.delete(root.resolve("left/f"));
      isTold(key, "ENTRY_DELETE left/f");
      Pending.sync(other);
      assertThat(Told.by(opened)).isEmpty();
    }
  }

  @Test
  void whatIsMountedLater_andSilent_isPolled() throws Exception {
    Path source = Files.createDirectory(outside.resolve("source"));
    Files.createFile(source.resolve("f"));
    Path mounted = mkdirs("mounted");
    WatchKey key = service.register(root, KINDS, RECURSIVE, RESCAN);
    Bindfs server = new Bindfs(source, mounted, outside.resolve("log"));
    try {
      List<String> told = new ArrayList<>();
      await()
          .until(
              () -> {
                told.addAll(Told.by(key));
                return told.contains("ENTRY_CREATE mounted/f");
              });
      Files.createFile(source.resolve("g"));
      isTold(key, "ENTRY_CREATE mounted/g");
      Files.delete(source.resolve("f"));
      isTold(key, "ENTRY_DELETE mounted/f");
    } finally {
      server.unmount();
    }
    // A mount that is gone takes what was in it along.
    List<String> told = new ArrayList<>();
    await()
        .until(
            () -> {
              told.addAll(Told.by(key));
              return told.contains("ENTRY_DELETE mounted/g")
                  || told.contains("ENTRY_DELETE mounted");
            });
    touch("mounted/local");
    await()
        .until(
            () -> {
              told.addAll(Told.by(key));
              return told.contains("ENTRY_CREATE mounted/local");
            });
  }
}
