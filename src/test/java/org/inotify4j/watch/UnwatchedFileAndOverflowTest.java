package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyEventKinds.CLOSE_NOWRITE;
import static org.inotify4j.watch.INotifyEventKinds.OPEN;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.inotify4j.pending.PendingBounds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That a file's path cannot be followed is told also where the log of its key overflows. */
class UnwatchedFileAndOverflowTest extends WholeTreeTest {

  private static final int BOUND = 10;

  private WatchKey key;

  @Override
  Hub openHub() throws IOException {
    System.setProperty(PendingBounds.EVENTS_PROPERTY, String.valueOf(BOUND));
    return super.openHub();
  }

  @BeforeEach
  void register() throws IOException {
    mkdirs("one");
    touch("one/f");
    mkdirs("two");
    touch("two/f");
    Files.createSymbolicLink(root.resolve("now"), Path.of("one"));
    WatchEvent.Kind<?>[] kinds = {OPEN, CLOSE_NOWRITE, ENTRY_MODIFY, UNWATCHED};
    key = service.register(root.resolve("now/f"), kinds, INotifyModifiers.FILE);
    kernel.refuseToWatch("two", Errno.ENOMEM);
  }

  @AfterEach
  void forgetTheBound() {
    System.clearProperty(PendingBounds.EVENTS_PROPERTY);
  }

  /** Causes two events each time. */
  private void read(int times) throws Exception {
    for (int i = 0; i < times; i++) {
      Files.readAllBytes(root.resolve("one/f"));
    }
    Pending.sync(service);
  }

  private void swapTheLink() throws Exception {
    Files.createSymbolicLink(root.resolve("next"), Path.of("two"));
    move("next", "now");
    Pending.sync(service);
  }

  private void assertOverflowThenUnwatched() {
    List<String> told = Told.by(key);
    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith("OVERFLOW");
    assertThat(told.get(1)).isEqualTo("UNWATCHED ");
  }

  @Test
  void whatWasToldBefore_isKept() throws Exception {
    swapTheLink();
    // What there was is heard of until it is known what there is.
    read(BOUND);
    assertOverflowThenUnwatched();
  }

  @Test
  void whatComesWhenTheLogIsFull_isKept_andDropsNothing() throws Exception {
    read(BOUND / 2);
    swapTheLink();
    List<String> told = Told.by(key);
    assertThat(told.subList(0, BOUND)).containsOnly("OPEN ", "CLOSE_NOWRITE ");
    assertThat(told.subList(BOUND, told.size())).containsExactly("UNWATCHED ");
  }

  @Test
  void whatIsToldAfterwards_isKept_onceEach() throws Exception {
    read(BOUND);
    swapTheLink();
    kernel.allow("two");
    swapTheLink();
    kernel.refuseToWatch("one", Errno.ENOMEM);
    Files.createSymbolicLink(root.resolve("next"), Path.of("one"));
    move("next", "now");
    Pending.sync(service);
    assertOverflowThenUnwatched();
    kernel.allow("one");
    swapTheLink();
    assertThat(Told.by(key)).containsExactly("ENTRY_MODIFY ");
  }
}
