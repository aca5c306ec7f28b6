package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be registered is refused at once, with the reason, and leaves nothing behind. */
class RefusedRegistrationsTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE};

  private final PickyKernel picky = new PickyKernel();

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  private WatchKey registerFile() throws IOException {
    return service.register(root.resolve("d/f"), KINDS, INotifyModifiers.FILE);
  }

  private void assertNothingIsLeft() {
    assertThat(hub.watchCount()).isZero();
    assertThat(service.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
  }

  @Test
  void withoutProc_treesAndFilesAreRefused_andPlainKeysWork() throws Exception {
    mkdirs("d");
    picky.refuse("open", path -> path.startsWith("/proc/self/fd"), Errno.ENOENT.number());
    // Whatever is open is known by its place, which is not below /proc.
    picky.refuse("inotifyAddWatch", path -> !path.equals(root.toString()), Errno.ENOENT.number());
    picky.refuse("inotifyAddWatch", new ByDescriptor(root)::isOne, Errno.ENOENT.number());
    assertThatThrownBy(this::registerFile)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("/proc");
    picky.allowAll();
    picky.refuse("inotifyAddWatch", new ByDescriptor(root)::isOne, Errno.ENOENT.number());
    assertThatThrownBy(() -> register(ENTRY_CREATE))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("/proc");
    assertNothingIsLeft();
    picky.allowAll();
    WatchKey key = service.register(root, KINDS);
    touch("f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE f");
  }

  /** Tells the second question for a path, which is that by its descriptor, from the first. */
  private static final class ByDescriptor {
    private final String path;
    private boolean isSecond;

    ByDescriptor(Path path) {
      this.path = path.toString();
    }

    boolean isOne(String subject) {
      if (!subject.equals(path)) {
        return false;
      }
      isSecond = !isSecond;
      return !isSecond;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "24, ., RLIMIT_NOFILE",
    "24, d, RLIMIT_NOFILE",
    "24, e, RLIMIT_NOFILE",
    "23, ., fs.file-max",
    "23, d, fs.file-max"
  })
  void treeForWhichThereIsNoDescriptor_isALimit(int errno, String directory, String limit)
      throws Exception {
    mkdirs("d/e");
    picky.refuse("openat", directory::equals, errno);
    assertThatThrownBy(() -> register(ENTRY_CREATE))
        .asInstanceOf(InstanceOfAssertFactories.type(INotifyLimitException.class))
        .satisfies(e -> assertThat(e.limit()).isEqualTo(limit))
        .satisfies(e -> assertThat(e.getMessage()).contains(root.toString()));
    assertNothingIsLeft();
    picky.allowAll();
    WatchKey key = register(ENTRY_CREATE);
    touch("d/e/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/e/f");
  }

  @ParameterizedTest
  @CsvSource({"24, RLIMIT_NOFILE", "23, fs.file-max"})
  void fileForWhichThereIsNoDescriptor_isALimit(int errno, String limit) throws Exception {
    mkdirs("d");
    picky.refuse("openat", any -> true, errno);
    assertThatThrownBy(this::registerFile)
        .asInstanceOf(InstanceOfAssertFactories.type(INotifyLimitException.class))
        .satisfies(e -> assertThat(e.limit()).isEqualTo(limit));
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"2", "40"})
  void directoryThatIsThereAndIsNot_isRefused(int errno) throws Exception {
    mkdirs("d");
    picky.refuse("openat", "d"::equals, errno);
    assertThatThrownBy(this::registerFile)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("d/f");
    assertNothingIsLeft();
  }

  @Test
  void directoryThatIsAnotherOneEachTime_isRefused() throws Exception {
    Files.createDirectory(root.resolve("d"));
    // The root is always found under another watch than the one it was registered with.
    try (INotifyWatchService unstable =
        INotifyWatchService.open(new UnstableKernel(root).openHub())) {
      assertThatThrownBy(() -> unstable.register(root, KINDS, INotifyModifiers.RECURSIVE))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("inode number");
      assertThat(unstable.watchCount()).isZero();
    }
  }
}
