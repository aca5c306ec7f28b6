package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.inotify4j.poll.PollSettings;
import org.inotify4j.snapshot.TreeSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A tree in which something silent can be mounted, where the kernel refuses to say what that is.
 */
abstract class SilentTreeTest extends WholeTreeTest {

  static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME
  };

  static final String[] COMES_ANEW = {
    "ENTRY_DELETE mounted", "ENTRY_CREATE mounted", "ENTRY_CREATE mounted/f"
  };

  /** What else is asked for of a tree. */
  enum Kind {
    PLAIN,
    WITH_INITIAL,
    WITH_SINCE,
    WITH_RESCAN
  }

  @RegisterExtension final PollInterval interval;
  @RegisterExtension final SilentMounts mounts = new SilentMounts();

  final PickyKernel picky = new PickyKernel();
  Path source;
  Path mounted;

  /** One of which what is silent is polled each tenth of a second. */
  SilentTreeTest() {
    this("0.1");
  }

  /** One of which what is silent is polled each so many seconds. */
  SilentTreeTest(String interval) {
    this.interval = new PollInterval(interval);
  }

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectory(outside.resolve("source"));
    Files.writeString(source.resolve("f"), "text");
    mounted = mkdirs("mounted");
  }

  @AfterEach
  void pollAsUsual() {
    System.clearProperty(PollSettings.MODE_PROPERTY);
  }

  @CanIgnoreReturnValue
  Bindfs mount(Path at) throws IOException {
    return mounts.mountWithoutCache(source, at);
  }

  /** Something is mounted that is nothing to the tree, which asks nevertheless. */
  void mountElsewhere() throws Exception {
    mountAndHear(Files.createDirectory(outside.resolve("elsewhere")));
  }

  /** Mounts something, of which a tree is to hear. */
  void mountAndHear(Path at) throws Exception {
    long heard = hub.listenForMounts();
    mount(at);
    await().until(() -> hub.listenForMounts() > heard);
    Pending.sync(service);
  }

  /** What is mounted is heard of by another tree, however it is with the table later. */
  void hearOfMounts() throws Exception {
    assertThat(service.register(outside, KINDS, RECURSIVE).isValid()).isTrue();
  }

  @CanIgnoreReturnValue
  PickyKernel.Refusal refuseTable(Errno errno) {
    return picky.refuse("open", "/proc/self/mountinfo"::equals, errno.number());
  }

  void refuseTypes() {
    picky.refuse("fstatfs", any -> true, Errno.EIO.number());
  }

  WatchKey register(Kind kind) throws Exception {
    return switch (kind) {
      case PLAIN -> register(RECURSIVE);
      case WITH_INITIAL -> register(INITIAL);
      case WITH_SINCE -> {
        WatchKey key = register(INotifyModifiers.since(TreeSnapshot.take(root)));
        Told.until(key, "READY ");
        yield key;
      }
      case WITH_RESCAN -> register(RESCAN);
    };
  }

  WatchKey register(WatchEvent.Modifier also) throws IOException {
    return register(also, KINDS);
  }

  WatchKey register(WatchEvent.Modifier also, WatchEvent.Kind<?>[] kinds) throws IOException {
    WatchKey key = service.register(root, kinds, RECURSIVE, also);
    if (also.equals(INITIAL)) {
      Told.until(key, "READY ");
    }
    return key;
  }

  static List<WatchEvent.Modifier> kindsOfTrees() {
    return List.of(RECURSIVE, INITIAL, RESCAN);
  }

  /** Nothing is told in three rounds. */
  void isToldNothingMore(WatchKey key) throws Exception {
    Pending.awaitRounds(service, 3);
    assertThat(told(key)).isEmpty();
  }
}
