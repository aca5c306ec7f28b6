package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.inotify4j.tree.Crawls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No descriptor is left at some moment of a registration: that is a limit, it says which, and
 * nothing is half registered.
 */
class LimitsOfTreesAndFilesTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE};

  private final PickyKernel picky = new PickyKernel();

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  private static void assertLimit(ThrowingCallable registering, String limit, Path path) {
    assertThatThrownBy(registering)
        .asInstanceOf(InstanceOfAssertFactories.type(INotifyLimitException.class))
        .satisfies(e -> assertThat(e.limit()).isEqualTo(limit))
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(path.toString()));
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(service.watchCount()).isZero();
    assertThat(hub.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
    assertThat(KernelView.openBelow(root)).isEmpty();
  }

  /** A tree that is deeper than directories are held open at a time, twice. */
  @Test
  void directoryThatIsOpenedOnceMore() throws Exception {
    Crawls.areAsUsual();
    mkdirs("x" + "/d".repeat(60));
    mkdirs("y" + "/d".repeat(60));
    // The root is opened to see on which file system it is, to begin with, and when one of the two
    // branches is done.
    picky.refuse("open", root.toString()::equals, Errno.EMFILE.number()).from(3).times(1);
    assertLimit(() -> register(ENTRY_CREATE), "RLIMIT_NOFILE", root);
    assertNothingIsLeft();
    picky.allowAll();
    WatchKey key = register(ENTRY_CREATE);
    touch("x/f");
    touch("y/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x/f", "ENTRY_CREATE y/f");
    assertWatchesAreTheDirectories();
  }

  /** Where several visits are on their way, these may be what takes the descriptors. */
  @Test
  void directoryThatIsOpenedOnceMore_whereOthersHelp_isOpenedWithoutThem() throws Exception {
    Crawls.haveHelpAtOnce();
    mkdirs("x" + "/d".repeat(60));
    mkdirs("y" + "/d".repeat(60));
    picky.refuse("open", root.toString()::equals, Errno.EMFILE.number()).from(3).times(1);
    WatchKey key = register(ENTRY_CREATE);
    touch("x/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x/f");
    assertWatchesAreTheDirectories();
  }

  @ParameterizedTest
  @CsvSource({"EMFILE, RLIMIT_NOFILE", "ENFILE, fs.file-max"})
  void rootOfATree(Errno errno, String limit) throws Exception {
    mkdirs("d");
    picky.refuse("open", root.toString()::equals, errno.number());
    assertLimit(() -> register(ENTRY_CREATE), limit, root);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"EMFILE, RLIMIT_NOFILE", "ENFILE, fs.file-max"})
  void rootOfTheFileSystem_onTheWayToAFile(Errno errno, String limit) throws Exception {
    Path file = root.resolve("f");
    picky.refuse("open", "/"::equals, errno.number());
    assertLimit(() -> service.register(file, KINDS, INotifyModifiers.FILE), limit, file);
    assertNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({"EMFILE, RLIMIT_NOFILE", "ENFILE, fs.file-max"})
  void directoryBehindALink_onTheWayToAFile(Errno errno, String limit) throws Exception {
    mkdirs("d");
    Files.createSymbolicLink(root.resolve("now"), Path.of("d"));
    Path file = root.resolve("now/f");
    picky.refuse("openat", "d"::equals, errno.number());
    assertLimit(() -> service.register(file, KINDS, INotifyModifiers.FILE), limit, file);
    assertNothingIsLeft();
  }

  @Test
  void whoIsRegisteredAlready_keepsWhatItHas() throws Exception {
    mkdirs("d");
    WatchKey plain = service.register(root, ENTRY_CREATE);
    WatchKey file = service.register(root.resolve("d/f"), KINDS, INotifyModifiers.FILE);
    picky.refuse("openat", any -> true, Errno.EMFILE.number());
    assertLimit(() -> register(ENTRY_CREATE, ENTRY_DELETE), "RLIMIT_NOFILE", root);
    WatchEvent.Kind<?>[] more = {ENTRY_CREATE, ENTRY_DELETE};
    assertLimit(
        () -> service.register(root.resolve("d/f"), more, INotifyModifiers.FILE),
        "RLIMIT_NOFILE",
        root.resolve("d/f"));
    picky.allowAll();
    Files.delete(touch("g"));
    Files.delete(touch("d/f"));
    assertThat(told(plain)).containsExactly("ENTRY_CREATE g");
    assertThat(Told.by(file)).containsExactly("ENTRY_CREATE ");
    assertThat(plain.isValid()).isTrue();
    assertThat(file.isValid()).isTrue();
  }

  @Test
  void treeThatIsRegisteredAlready_keepsWhatItHas() throws Exception {
    mkdirs("d");
    WatchKey tree = register(ENTRY_CREATE);
    picky.refuse("openat", any -> true, Errno.EMFILE.number());
    assertLimit(() -> register(ENTRY_CREATE, ENTRY_DELETE), "RLIMIT_NOFILE", root);
    picky.allowAll();
    Files.delete(touch("d/f"));
    assertThat(told(tree)).containsExactly("ENTRY_CREATE d/f");
    assertThat(tree.isValid()).isTrue();
    assertWatchesAreTheDirectories();
  }
}
