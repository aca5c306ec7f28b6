package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.inotify4j.tree.Crawls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A service over a kernel that can be altered, a tree to watch, and a place outside of it. */
abstract class WholeTreeTest {

  final AlteredKernel kernel = new AlteredKernel();
  Path root;
  Path outside;
  Hub hub;
  INotifyWatchService service;

  @TempDir private Path scratch;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(scratch.resolve("root"));
    outside = Files.createDirectory(scratch.resolve("outside"));
    Crawls.takeTurns();
    hub = openHub();
    service = INotifyWatchService.open(hub);
  }

  Hub openHub() throws IOException {
    return kernel.openHub();
  }

  @AfterEach
  void close() {
    Crawls.areAsUsual();
    service.close();
  }

  WatchKey register(WatchEvent.Kind<?>... kinds) throws IOException {
    return service.register(root, kinds, INotifyModifiers.RECURSIVE);
  }

  List<String> told(WatchKey key) throws InterruptedException {
    return Told.by(key, service);
  }

  /** Makes a directory of the tree, with its parents. */
  @CanIgnoreReturnValue
  Path mkdirs(String path) throws IOException {
    return Files.createDirectories(root.resolve(path));
  }

  /** Makes a file of the tree. */
  @CanIgnoreReturnValue
  Path touch(String path) throws IOException {
    return Files.createFile(root.resolve(path));
  }

  void move(String from, String to) throws IOException {
    move(root.resolve(from), root.resolve(to));
  }

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Starts a script in the tree. */
  Process start(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script)
        .directory(root.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  void shell(String script) throws Exception {
    assertThat(start(script).waitFor()).as(script).isZero();
  }

  void assertWatchesAreTheDirectories() throws Exception {
    Pending.sync(service);
    assertThat(EventModel.watchedInodes(hub)).isEqualTo(EventModel.inodes(root));
    assertThat(KernelView.masks(hub.inotifyFd())).hasSize(hub.watchCount());
  }
}
