package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.ChildJvm;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where there is no /proc, what needs it is refused at once, and everything else works. */
@Timeout(20)
class WithoutProcTest extends WholeTreeTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final PickyKernel picky = new PickyKernel();

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  private WatchKey registerFile(Path file) throws IOException {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, UNWATCHED};
    return service.register(file, kinds, INotifyModifiers.FILE);
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(service.watchCount()).isZero();
    assertThat(hub.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
    assertThat(KernelView.openBelow(root)).isEmpty();
  }

  @Test
  void tree_isRefused_andLeavesNothing() throws Exception {
    mkdirs("d/e");
    picky.unmountProc();
    assertThatThrownBy(() -> register(ENTRY_CREATE))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("/proc is not there");
    assertNothingIsLeft();
    picky.allowAll();
    WatchKey key = register(ENTRY_CREATE);
    touch("d/e/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/e/f");
  }

  @Test
  void file_isRefused_andLeavesNothing() throws Exception {
    Path file = mkdirs("d").resolve("f");
    picky.unmountProc();
    assertThatThrownBy(() -> registerFile(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("/proc is not there");
    assertNothingIsLeft();
    picky.allowAll();
    WatchKey key = registerFile(file);
    touch("d/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE ");
  }

  @Test
  void treeThatIsRefused_leavesThePlainKeyAsItWas() throws Exception {
    WatchKey key = service.register(root, ENTRY_CREATE);
    picky.unmountProc();
    assertThatThrownBy(() -> register(ENTRY_CREATE, ENTRY_DELETE))
        .isInstanceOf(FileSystemException.class);
    picky.allowAll();
    Files.delete(touch("f"));
    assertThat(told(key)).containsExactly("ENTRY_CREATE f");
    assertThat(key.isValid()).isTrue();
    key.cancel();
    assertNothingIsLeft();
  }

  @Test
  void plainKey_isRegisteredAndChanged() throws Exception {
    picky.unmountProc();
    WatchKey key = service.register(root, ENTRY_CREATE);
    touch("f");
    assertThat(service.poll(10, SECONDS)).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE f");
    key.reset();
    assertThat(service.register(root, ENTRY_DELETE)).isSameAs(key);
    touch("g");
    Files.delete(root.resolve("f"));
    assertThat(service.poll(10, SECONDS)).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_DELETE f");
    key.cancel();
    assertNothingIsLeft();
  }

  @Test
  void procThatGoesLater_costsANewDirectory_untilItIsBack() throws Exception {
    mkdirs("d");
    WatchKey key = register(ENTRY_CREATE, UNWATCHED);
    picky.unmountProc();
    mkdirs("d/new/sub");
    assertThat(Told.until(key, "UNWATCHED d/new", SOON))
        .containsExactly("ENTRY_CREATE d/new", "UNWATCHED d/new");
    int refused = picky.refused();
    await()
        .during(Duration.ofMillis(1500))
        .atMost(SOON)
        .until(() -> picky.refused() < refused + 50);
    picky.allowAll();
    assertThat(Told.until(key, "ENTRY_CREATE d/new/sub", SOON))
        .containsExactly("ENTRY_CREATE d/new/sub");
    touch("d/new/sub/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE d/new/sub/f");
    assertWatchesAreTheDirectories();
  }

  @Test
  void procThatGoesLater_costsAFileThatHasToBeFollowedAgain_untilItIsBack() throws Exception {
    touchIn("one");
    touchIn("two");
    Files.createSymbolicLink(root.resolve("now"), Path.of("one"));
    WatchKey key = registerFile(root.resolve("now/f"));
    picky.unmountProc();
    Files.createSymbolicLink(root.resolve("next"), Path.of("two"));
    move("next", "now");
    assertThat(Told.until(key, "UNWATCHED ", SOON)).containsExactly("UNWATCHED ");
    int refused = picky.refused();
    await()
        .during(Duration.ofMillis(1500))
        .atMost(SOON)
        .until(() -> picky.refused() < refused + 50);
    picky.allowAll();
    assertThat(Told.until(key, "ENTRY_MODIFY ", SOON)).containsExactly("ENTRY_MODIFY ");
    Files.delete(root.resolve("two/f"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE ");
  }

  private void touchIn(String directory) throws IOException {
    mkdirs(directory);
    touch(directory + "/f");
  }

  /** The same without any proxy: a machine on which nobody has mounted it. */
  @Test
  void programOnAMachineWithoutIt() throws Exception {
    Syscalls.assumeRoot();
    Process probe = new ProcessBuilder("unshare", "--mount", "umount", "-l", "/proc").start();
    assumeTrue(probe.waitFor() == 0, "no mount namespaces are possible here");
    mkdirs("d");
    assertThat(
            ChildJvm.of(Program.class).prefix("unshare", "--mount").run(root.toString()).output())
        .isEqualTo("ENTRY_CREATE f\ntree: /proc is not there\nfile: /proc is not there\n");
  }

  /** Registers a directory, a tree and a file, and says how that went. */
  static final class Program {

    private Program() {}

    public static void main(String[] arguments) throws Exception {
      Path root = Path.of(arguments[0]);
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
      // By now, since the virtual machine does not start without it. Others keep theirs.
      int exit = new ProcessBuilder("umount", "-l", "/proc").inheritIO().start().waitFor();
      if (exit != 0 || Files.exists(Path.of("/proc/self"))) {
        throw new IllegalStateException("/proc is still there");
      }
      try (INotifyWatchService service = INotifyWatchService.open()) {
        WatchKey key = service.register(root, kinds);
        Files.createFile(root.resolve("f"));
        Told.by(service.take()).forEach(System.out::println);
        key.cancel();
        print("tree", service, root, INotifyModifiers.RECURSIVE);
        print("file", service, root.resolve("d/f"), INotifyModifiers.FILE);
      }
    }

    private static void print(
        String what, INotifyWatchService service, Path path, WatchEvent.Modifier modifier)
        throws IOException {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
      try {
        service.register(path, kinds, modifier);
        System.out.println(what + " registered");
      } catch (FileSystemException e) {
        System.out.println(what + ": " + e.getReason().replaceAll("(?<=not there).*", ""));
      }
    }
  }
}
