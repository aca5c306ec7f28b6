package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.UNWATCHED;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A path that is watched as a file cannot be followed for a moment: what became of the file is told
 * some seconds later, and everything after that.
 */
@Timeout(30)
class FileFaultsInTimeTest extends WholeTreeTest {

  private static final Duration SOON = Duration.ofSeconds(5);

  private final PickyKernel picky = new PickyKernel();

  @Override
  Hub openHub() throws IOException {
    return picky.openHub();
  }

  private WatchKey registerFile(String file) throws IOException {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, UNWATCHED};
    return service.register(root.resolve(file), kinds, INotifyModifiers.FILE);
  }

  /** To watch a directory of this name fails. */
  private PickyKernel.Refusal refuseToWatch(String name, Errno errno) {
    return picky.refuse("inotifyAddWatch", path -> path.endsWith("/" + name), errno.number());
  }

  private void write(String file, String text) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    // One change: neither created nor emptied first.
    Files.write(path, text.getBytes(UTF_8));
  }

  private void link(String link, String target) throws IOException {
    Files.createSymbolicLink(root.resolve("aside"), Path.of(target));
    move("aside", link);
  }

  /** Whatever was told so far, the file is followed now. */
  private void assertFollowed(WatchKey key, String file) throws Exception {
    told(key);
    Files.delete(root.resolve(file));
    assertThat(told(key)).containsExactly("ENTRY_DELETE ");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void linkThatLeadsToAnotherFile() throws Exception {
    write("one/f", "1");
    write("two/f", "2");
    link("now", "one");
    WatchKey key = registerFile("now/f");
    refuseToWatch("two", Errno.ENOMEM).times(1);
    link("now", "two");
    assertThat(told(key)).containsExactly("UNWATCHED ");
    assertThat(Told.until(key, "ENTRY_MODIFY ", SOON)).containsExactly("ENTRY_MODIFY ");
    assertFollowed(key, "two/f");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void linkThatLeadsToNothing() throws Exception {
    write("one/f", "1");
    mkdirs("two");
    link("now", "one");
    WatchKey key = registerFile("now/f");
    refuseToWatch("two", Errno.ENOMEM).times(1);
    link("now", "two");
    assertThat(told(key)).containsExactly("UNWATCHED ");
    assertThat(Told.until(key, "ENTRY_DELETE ", SOON)).containsExactly("ENTRY_DELETE ");
    write("two/f", "2");
    assertThat(told(key)).startsWith("ENTRY_CREATE ");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void directoryThatIsExchanged() throws Exception {
    write("d/f", "1");
    write("other/f", "2");
    WatchKey key = registerFile("d/f");
    refuseToWatch("d", Errno.ENOMEM).times(1);
    Syscalls.exchange(root.resolve("d"), root.resolve("other"));
    assertThat(told(key)).containsExactly("UNWATCHED ");
    write("d/f", "while nobody looks");
    assertThat(Told.until(key, "ENTRY_MODIFY ", SOON)).containsExactly("ENTRY_MODIFY ");
    assertFollowed(key, "d/f");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void directoryThatIsReplaced() throws Exception {
    write("d/f", "1");
    WatchKey key = registerFile("d/f");
    move("d", "old");
    assertThat(told(key)).containsExactly("ENTRY_DELETE ");
    refuseToWatch("d", Errno.ENOMEM).times(1);
    mkdirs("d");
    assertThat(told(key)).containsExactly("UNWATCHED ");
    write("d/f", "while nobody looks");
    assertThat(Told.until(key, "ENTRY_CREATE ", SOON)).containsExactly("ENTRY_CREATE ");
    assertFollowed(key, "d/f");
  }

  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void directoryThatIsRenamedThereAndBack() throws Exception {
    write("d/f", "1");
    WatchKey key = registerFile("d/f");
    move("d", "old");
    assertThat(told(key)).containsExactly("ENTRY_DELETE ");
    refuseToWatch("d", Errno.ENOMEM).times(1);
    move("old", "d");
    assertThat(told(key)).containsExactly("UNWATCHED ");
    assertThat(Told.until(key, "ENTRY_CREATE ", SOON)).containsExactly("ENTRY_CREATE ");
    assertFollowed(key, "d/f");
  }

  /** What keeps failing while the path changes again and again must not be tried ever later. */
  @Execution(ExecutionMode.CONCURRENT)
  @Test
  void linkThatIsChangedManyTimesMeanwhile() throws Exception {
    write("one/f", "1");
    write("two/f", "2");
    link("now", "one");
    WatchKey key = registerFile("now/f");
    refuseToWatch("two", Errno.ENOMEM);
    for (int i = 0; i < 6; i++) {
      link("now", "two");
      Pending.sync(service);
    }
    assertThat(Told.by(key)).containsExactly("UNWATCHED ");
    picky.allowAll();
    assertThat(Told.until(key, "ENTRY_MODIFY ", SOON)).containsExactly("ENTRY_MODIFY ");
    assertFollowed(key, "two/f");
  }

  /** There and is not there: the kernel says so for a while. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @ValueSource(strings = {"ENOENT", "ELOOP", "EIO", "EMFILE"})
  void directoryThatCannotBeOpened(Errno errno) throws Exception {
    write("one/f", "1");
    write("two/f", "2");
    link("now", "one");
    WatchKey key = registerFile("now/f");
    PickyKernel.Refusal refusal = picky.refuse("openat", "two"::equals, errno.number());
    link("now", "two");
    assertThat(told(key)).containsExactly("UNWATCHED ");
    assertThat(refusal.calls()).isLessThan(1000);
    picky.allowAll();
    assertThat(Told.until(key, "ENTRY_MODIFY ", SOON)).containsExactly("ENTRY_MODIFY ");
    assertFollowed(key, "two/f");
  }

  /** The file is there all the time, whichever call it is that fails when somebody looks. */
  @Execution(ExecutionMode.CONCURRENT)
  @ParameterizedTest
  @CsvSource({
    "inotifyAddWatch, f, g",
    "inotifyAddWatch, g, f",
    "openat, f, g",
    "openat, g, f",
    "open, g, f"
  })
  void fileThatIsExchanged_isStillThere(String call, String one, String other) throws Exception {
    for (int nth = 1; nth <= 6; nth++) {
      write("d/f", "1");
      write("d/g", "2");
      WatchKey key = registerFile("d/f");
      picky.refuse(call, any -> true, Errno.ENOMEM.number()).from(nth).times(1);
      Syscalls.exchange(root.resolve("d/" + one), root.resolve("d/" + other));
      List<String> told = new ArrayList<>(told(key));
      picky.allowAll();
      await()
          .alias("the file is known to be there, at call " + nth)
          .atMost(SOON)
          .untilAsserted(
              () -> {
                told.addAll(told(key));
                assertThat(told).filteredOn(text -> !text.startsWith("UNWATCHED")).isNotEmpty();
                assertThat(told.lastIndexOf("ENTRY_DELETE "))
                    .as("%s", told)
                    .isLessThanOrEqualTo(told.lastIndexOf("ENTRY_CREATE "));
              });
      assertFollowed(key, "d/f");
      key.cancel();
    }
  }
}
