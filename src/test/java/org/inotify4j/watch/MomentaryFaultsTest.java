package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A call of the kernel fails once: what cannot be watched is told, and watched some seconds later.
 */
class MomentaryFaultsTest extends WholeTreeTest {

  private static final int ESTALE = 116;
  private static final Duration SOON = Duration.ofSeconds(5);

  private final PickyKernel picky = new PickyKernel();

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @ValueSource(ints = {28, 12, 13, 5, ESTALE})
  void newDirectoryThatCannotBeWatched_isTold_andWatchedInTime(int errno) throws Exception {
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/new"), errno).times(1);
    mkdirs("new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE new", "UNWATCHED new");
    assertThat(Told.until(key, "ENTRY_CREATE new/sub", SOON))
        .containsExactly("ENTRY_CREATE new/sub");
    touch("new/sub/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE new/sub/f");
    assertWatchesAreTheDirectories();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @ValueSource(ints = {28, 12, 13, 5, ESTALE})
  void directoryThatCannotBeLookedUp_costsWhatComesInItASecond(int errno) throws Exception {
    mkdirs("d");
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/d"), errno).times(1);
    mkdirs("d/new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/new", "UNWATCHED d/new");
    assertThat(Told.until(key, "ENTRY_CREATE d/new/sub", SOON))
        .containsExactly("ENTRY_CREATE d/new/sub");
    assertWatchesAreTheDirectories();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void directoryThatMayNotBeReadForAWhile_isMadeGoodWhenItMay() throws Exception {
    mkdirs("d");
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/d"), Errno.EACCES.number());
    mkdirs("d/new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/new", "UNWATCHED d/new");
    picky.allowAll();
    shell("chmod u-r d; chmod u+r d");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/new/sub");
    assertWatchesAreTheDirectories();
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void watchThatSomebodyElseRemoves_isRoomAtOnce() throws Exception {
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    WatchKey other = service.register(outside, ENTRY_CREATE);
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/new"), Errno.ENOSPC.number()).times(1);
    mkdirs("new/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE new", "UNWATCHED new");
    other.cancel();
    assertThat(told(key)).containsExactly("ENTRY_CREATE new/sub");
    assertWatchesAreTheDirectories();
  }

  /** On a file system that says so of one directory, it says nothing about the others. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void directoryThatCanNeverBeOpened_doesNotKeepAnotherFromBeingTried() throws Exception {
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.refuse("openat", "never"::equals, Errno.ENOMEM.number());
    picky.refuse("inotifyAddWatch", path -> path.endsWith("/once"), Errno.EIO.number()).times(1);
    mkdirs("never");
    assertThat(told(key)).containsExactly("ENTRY_CREATE never", "UNWATCHED never");
    mkdirs("once/sub");
    assertThat(told(key)).containsExactly("ENTRY_CREATE once", "UNWATCHED once");
    assertThat(Told.until(key, "ENTRY_CREATE once/sub", SOON))
        .containsExactly("ENTRY_CREATE once/sub");
  }
}
