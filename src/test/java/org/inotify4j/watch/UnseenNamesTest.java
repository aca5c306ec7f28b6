package org.inotify4j.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inotify4j.watch.INotifyModifiers.FILE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.Told.isTold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * It cannot be seen, when that is asked, whether a single name leads to where not all is heard: it
 * is asked again.
 */
@Timeout(60)
final class UnseenNamesTest extends SilentTreeTest {

  @ParameterizedTest
  @MethodSource("waysOfFiles")
  void nameOfWhichNothingIsSaid_isPolled(WatchEvent.Modifier also) throws Exception {
    mount(mounted);
    refuseTypes();
    WatchKey key = registerFile(mounted.resolve("f"), also);
    assertThat(picky.refused()).isPositive();
    Files.writeString(source.resolve("f"), "other text");
    isTold(key, "ENTRY_MODIFY ");
    picky.allowAll();
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE ");
    isToldNothingMore(key);
  }

  @ParameterizedTest
  @MethodSource("waysOfFiles")
  void nameOfWhichNothingIsSaid_isPolled_untilItIsKnownToBeHeard(WatchEvent.Modifier also)
      throws Exception {
    touch("g");
    refuseTypes();
    WatchKey key = registerFile(root.resolve("g"), also);
    Pending.awaitRounds(service, 2);
    picky.allowAll();
    Pending.awaitEndOfRounds(service);
    Files.delete(root.resolve("g"));
    assertThat(told(key)).containsExactly("ENTRY_DELETE ");
  }

  /** It counts as heard, as what it led to before, until that is known. */
  @ParameterizedTest
  @MethodSource("waysOfFiles")
  void nameThatLeadsToWhereNothingIsSaid_isPolledWhenThatIsKnown(WatchEvent.Modifier also)
      throws Exception {
    mount(mounted);
    Path here = Files.writeString(outside.resolve("here"), "here");
    Path link = Files.createSymbolicLink(outside.resolve("link"), here);
    WatchKey key = registerFile(link, also);
    refuseTypes();
    move(Files.createSymbolicLink(outside.resolve("next"), mounted.resolve("f")), link);
    isTold(key, "ENTRY_MODIFY ");
    assertThat(picky.refused()).isPositive();
    picky.allowAll();
    Pending.awaitRounds(service, 2);
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE ");
  }

  /** Where the way there cannot be gone for a moment nothing of it is known either. */
  @Test
  void nameWhoseWayCannotBeGoneWhenThatIsAsked_isPolledWhenItCan() throws Exception {
    mount(mounted);
    // The first and second times it is followed, and watched.
    picky.refuse("openat", "mounted"::equals, Errno.EMFILE.number()).from(3).times(1);
    WatchKey key = registerFile(mounted.resolve("f"), FILE);
    assertThat(picky.refused()).isEqualTo(1);
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE ");
  }

  private WatchKey registerFile(Path file, WatchEvent.Modifier also) throws IOException {
    return service.register(file, KINDS, FILE, also);
  }

  /** Of which nothing is kept, and of which all is that was told. */
  static List<WatchEvent.Modifier> waysOfFiles() {
    return List.of(FILE, RESCAN);
  }
}
