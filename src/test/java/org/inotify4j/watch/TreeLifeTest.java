package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.base.Uninterruptibly;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a tree: how it is registered again, what its matchers may do, how it ends. */
@Timeout(60)
class TreeLifeTest {

  private static final WatchEvent.Kind<?>[] CREATE = {ENTRY_CREATE};

  @TempDir private Path scratch;

  private Path root;
  private Hub hub;
  private INotifyWatchService service;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(scratch.resolve("root"));
    hub = Hub.open();
    service = INotifyWatchService.open(hub);
  }

  @AfterEach
  void close() {
    service.close();
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  @Test
  void rootThatIsKnownByAnOlderPath_isATreeAtTheNewOne() throws Exception {
    WatchKey key = service.register(root, ENTRY_CREATE);
    Path renamed = scratch.resolve("renamed");
    move(root, renamed);
    assertThat(service.register(renamed, CREATE, INotifyModifiers.RECURSIVE)).isSameAs(key);
    Files.createDirectories(renamed.resolve("a/b"));
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE a", "ENTRY_CREATE a/b");
    move(renamed, root);
    assertThat(service.register(root, CREATE, INotifyModifiers.RECURSIVE)).isSameAs(key);
    Files.createDirectories(root.resolve("c/d"));
    Pending.sync(service);
    assertThat(Told.by(key)).contains("ENTRY_CREATE c", "ENTRY_CREATE c/d");
  }

  @Test
  void matcherThatOverflowsTheStack_excludesNothing() throws Exception {
    PathMatcher endless =
        path -> {
          throw new StackOverflowError();
        };
    WatchKey key =
        service.register(
            root, CREATE, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude(endless));
    Files.createDirectories(root.resolve("a/b"));
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE a", "ENTRY_CREATE a/b");
  }

  @Test
  void errorOfAMatcher_isAnOverflow_andTheTreeGoesOn() throws Exception {
    AtomicBoolean fails = new AtomicBoolean();
    PathMatcher failing =
        path -> {
          if (fails.getAndSet(false)) {
            throw new InternalError("of the test");
          }
          return false;
        };
    WatchKey key =
        service.register(
            root, CREATE, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude(failing));
    fails.set(true);
    // One change: what is told behind an OVERFLOW that is still pending is counted in it.
    Files.createDirectory(root.resolve("a"));
    assertThat(Pending.next(service)).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("OVERFLOW");
    Files.createDirectory(root.resolve("a/b"));
    Pending.sync(service);
    Files.createFile(root.resolve("a/b/f"));
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE a/b", "ENTRY_CREATE a/b/f");
  }

  @Test
  void errorOfAMatcherDuringRegistration_isThrown_andLeavesNothing() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    PathMatcher failing =
        path -> {
          throw new InternalError("of the test");
        };
    assertThatThrownBy(
            () ->
                service.register(
                    root, CREATE, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude(failing)))
        .isInstanceOf(InternalError.class);
    assertThat(hub.watchCount()).isZero();
    KernelView.awaitNoLeak(hub);
  }

  @Test
  void sameExclusions_areTheSameTree_andNoCodeOfAMatcherComparesThem() throws Exception {
    PathMatcher matcher =
        new PathMatcher() {
          @Override
          public boolean matches(Path path) {
            return false;
          }

          @Override
          public boolean equals(Object other) {
            throw new AssertionError("compared");
          }

          @Override
          public int hashCode() {
            throw new AssertionError("hashed");
          }
        };
    for (int i = 0; i < 2; i++) {
      WatchKey key =
          service.register(
              root,
              CREATE,
              INotifyModifiers.RECURSIVE,
              INotifyModifiers.exclude("*.tmp"),
              INotifyModifiers.exclude(matcher));
      assertThat(key.isValid()).isTrue();
    }
    assertThat(INotifyModifiers.exclude("*.tmp")).isEqualTo(INotifyModifiers.exclude("*.tmp"));
  }

  @Test
  void oneShotThatIsToldByWaiting_leavesNoWatch() throws Exception {
    Files.createDirectories(root.resolve("a/b"));
    Path file = Files.createFile(root.resolve("a/f"));
    WatchKey key =
        service.register(
            root,
            new WatchEvent.Kind<?>[] {ENTRY_DELETE, INotifyEventKinds.RENAME},
            INotifyModifiers.RECURSIVE,
            INotifyModifiers.ONESHOT);
    move(file, scratch.resolve("out"));
    assertThat(Pending.next(service)).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_DELETE a/f");
    await().untilAsserted(() -> assertThat(hub.watchCount()).isZero());
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void excludeUnlinked_isOfTheWholeTree() throws Exception {
    Path below = Files.createDirectory(root.resolve("below"));
    WatchKey key =
        service.register(
            root,
            new WatchEvent.Kind<?>[] {ENTRY_MODIFY},
            INotifyModifiers.RECURSIVE,
            INotifyModifiers.EXCLUDE_UNLINKED);
    Path file = below.resolve("f");
    try (OutputStream open = Files.newOutputStream(file)) {
      open.write(1);
      Pending.sync(service);
      assertThat(Told.by(key)).containsExactly("ENTRY_MODIFY below/f");
      Files.delete(file);
      open.write(2);
      Pending.sync(service);
      assertThat(Told.by(key)).isEmpty();
    }
  }

  @Test
  void rootDeletedWhileEventsAreLost_endsTheKey() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    PathMatcher holding =
        path -> {
          if (path.endsWith("hold")) {
            entered.countDown();
            Uninterruptibly.await(released);
          }
          return false;
        };
    WatchKey key =
        service.register(
            root, CREATE, INotifyModifiers.RECURSIVE, INotifyModifiers.exclude(holding));
    Files.createFile(root.resolve("hold"));
    entered.await();
    Files.delete(root.resolve("hold"));
    Files.delete(root);
    CountDownLatch delivered = new CountDownLatch(1);
    assertThat(hub.mark(delivered::countDown)).isTrue();
    delivered.await();
    requireNonNull(((Key) key).follower()).overflow();
    released.countDown();
    await().until(() -> !key.isValid());
    assertThat(Pending.next(service)).isSameAs(key);
  }
}
