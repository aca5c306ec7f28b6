package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.FILE;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;
import static org.inotify4j.watch.Told.isTold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.Objects;
import org.inotify4j.Syscalls;
import org.inotify4j.follow.Prelude;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A single file of which the kernel does not report all, wherever its name leads. */
final class PolledFileTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  @RegisterExtension private final PollInterval interval = new PollInterval("0.1");
  @RegisterExtension private final SilentMounts mounts = new SilentMounts();

  @TempDir private Path scratch;
  private Path source;
  private Path mounted;
  private Path local;
  private INotifyWatchService service;

  @BeforeEach
  void open() throws IOException {
    source = Files.createDirectory(scratch.resolve("source"));
    Files.writeString(source.resolve("f"), "one");
    mounted = Files.createDirectory(scratch.resolve("mounted"));
    local = Files.createDirectory(scratch.resolve("local"));
    service = INotifyWatchService.openDedicated();
  }

  @AfterEach
  void close() {
    service.close();
  }

  /** Of which nothing is kept, of which all is that was told, and of which it is at first. */
  static List<WatchEvent.Modifier> ways() {
    return List.of(FILE, RESCAN, INITIAL);
  }

  private WatchKey register(Path file, WatchEvent.Modifier also) throws IOException {
    WatchKey key = service.register(file, KINDS, FILE, also);
    if (also.equals(INITIAL)) {
      Told.until(key, "READY ");
    }
    return key;
  }

  /** A file is polled, and goes, as is told. */
  private WatchKey registerWhatGoesInSilence(Path file, WatchEvent.Modifier also)
      throws IOException {
    mounts.mountWithShortCache(source, mounted);
    WatchKey key = register(file, also);
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE ");
    return key;
  }

  /** What is done beneath is told, each time once. */
  private void isToldWhatIsDone(WatchKey key, Path beneath) throws IOException {
    Files.writeString(beneath, "two, and more");
    isTold(key, "ENTRY_MODIFY ");
    Files.delete(beneath);
    isTold(key, "ENTRY_DELETE ");
    Files.createFile(beneath);
    isTold(key, "ENTRY_CREATE ");
    Files.writeString(beneath, "three");
    isTold(key, "ENTRY_MODIFY ");
  }

  private static Prelude preludeOf(WatchKey key) {
    return Objects.requireNonNull(((Key) key).follower()).prelude();
  }

  /** Has a link lead elsewhere, in one step. */
  private void swap(Path link, Path target) throws IOException {
    Path next = Files.createSymbolicLink(local.resolve("next"), target);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Whether there will be another round, whatever happens. */
  private static boolean isPolled(WatchKey key) {
    return preludeOf(key).untilNext() != Long.MAX_VALUE;
  }

  @ParameterizedTest
  @MethodSource("ways")
  void link_thatLeadsToASilentPlace(WatchEvent.Modifier also) throws Exception {
    mounts.mountWithShortCache(source, mounted);
    Path link = Files.createSymbolicLink(local.resolve("link"), mounted.resolve("f"));
    WatchKey key = register(link, also);
    isToldWhatIsDone(key, source.resolve("f"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void link_inASilentPlace_thatLeadsElsewhere(WatchEvent.Modifier also) throws Exception {
    Files.writeString(local.resolve("old"), "old");
    Files.writeString(local.resolve("new"), "newer");
    Path link = Files.createSymbolicLink(source.resolve("link"), local.resolve("old"));
    mounts.mountWithShortCache(source, mounted);
    WatchKey key = register(mounted.resolve("link"), also);
    Path other = Files.createSymbolicLink(source.resolve("next"), local.resolve("new"));
    Files.move(other, link, StandardCopyOption.ATOMIC_MOVE);
    isTold(key, "ENTRY_MODIFY ");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void directory_thatAnotherOneTakesThePlaceOf(WatchEvent.Modifier also) throws Exception {
    Path one = Files.createDirectory(source.resolve("one"));
    Path other = Files.createDirectory(source.resolve("other"));
    mounts.mountWithShortCache(source, mounted);
    WatchKey key = register(mounted.resolve("one"), also);
    Syscalls.exchange(one, other);
    isTold(key, "ENTRY_MODIFY ");
  }

  @Test
  void directory_thatTakesThePlaceOfAFile_isNoneThatSomebodyHasFinished() throws Exception {
    mounts.mountWithShortCache(source, mounted);
    WatchEvent.Kind<?>[] kinds = {ENTRY_MODIFY, INotifyEventKinds.CLOSE_WRITE};
    WatchKey key = service.register(mounted.resolve("f"), kinds, FILE);
    Path other = Files.createDirectory(source.resolve("other"));
    Syscalls.exchange(source.resolve("f"), other);
    isTold(key, "ENTRY_MODIFY ");
    Syscalls.exchange(source.resolve("f"), other);
    isTold(key, "ENTRY_MODIFY ", "CLOSE_WRITE ");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void fileThatIsMountedAlone(WatchEvent.Modifier also) throws Exception {
    Syscalls.assumeRoot();
    mounts.mountWithShortCache(source, mounted);
    Path bound = Files.createFile(local.resolve("bound"));
    MountNamespace.shell(scratch, "mount --bind mounted/f local/bound");
    try {
      WatchKey key = register(bound, also);
      Files.writeString(source.resolve("f"), "two, and more");
      isTold(key, "ENTRY_MODIFY ");
      Files.writeString(source.resolve("f"), "three");
      isTold(key, "ENTRY_MODIFY ");
    } finally {
      MountNamespace.shell(scratch, "umount -l local/bound");
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void fileWhoseDirectoryIsNotThereYet(WatchEvent.Modifier also) throws Exception {
    mounts.mountWithShortCache(source, mounted);
    WatchKey key = register(mounted.resolve("new/below/f"), also);
    Path beneath = Files.createDirectories(source.resolve("new/below")).resolve("f");
    Files.createFile(beneath);
    isTold(key, "ENTRY_CREATE ");
    isToldWhatIsDone(key, beneath);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void fileOverWhoseDirectoryASilentOneIsMountedLater(WatchEvent.Modifier also) throws Exception {
    WatchKey key = register(mounted.resolve("f"), also);
    mounts.mountWithShortCache(source, mounted);
    isTold(key, "ENTRY_CREATE ");
    isToldWhatIsDone(key, source.resolve("f"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void link_thatLeadsToASilentPlaceLater_andNoLonger(WatchEvent.Modifier also) throws Exception {
    mounts.mountWithShortCache(source, mounted);
    Path here = Files.writeString(local.resolve("f"), "here");
    Path link = Files.createSymbolicLink(local.resolve("link"), here);
    WatchKey key = register(link, also);
    await().until(() -> !isPolled(key));
    swap(link, mounted.resolve("f"));
    isTold(key, "ENTRY_MODIFY ");
    isToldWhatIsDone(key, source.resolve("f"));
    swap(link, here);
    isTold(key, "ENTRY_MODIFY ");
    await().until(() -> !isPolled(key));
    Files.writeString(here, "");
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_MODIFY ");
  }

  /** What the model knows of a silent file may be from when there was none. */
  @ParameterizedTest
  @MethodSource("ways")
  void link_thatLeadsNoLongerToAFileThatCameInSilence(WatchEvent.Modifier also) throws Exception {
    Path here = Files.writeString(local.resolve("f"), "here");
    Path link = Files.createSymbolicLink(local.resolve("link"), mounted.resolve("f"));
    WatchKey key = registerWhatGoesInSilence(link, also);
    swap(link, mounted.resolve("f"));
    Pending.sync(service);
    Files.createFile(source.resolve("f"));
    isTold(key, "ENTRY_CREATE ");
    swap(link, here);
    isTold(key, "ENTRY_MODIFY ");
  }

  /** What the model knows of a silent file may be one that went since. */
  @ParameterizedTest
  @MethodSource("ways")
  void link_thatLeadsNoLongerToWhereAFileWentInSilence(WatchEvent.Modifier also) throws Exception {
    Path here = Files.writeString(local.resolve("f"), "here");
    Path link = Files.createSymbolicLink(local.resolve("link"), mounted.resolve("f"));
    WatchKey key = registerWhatGoesInSilence(link, also);
    swap(link, here);
    isTold(key, "ENTRY_CREATE ");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void file_thatIsMovedHereToWhereOneCameOrWentInSilence(WatchEvent.Modifier also)
      throws Exception {
    mounts.mountWithShortCache(source, mounted);
    WatchKey key = register(mounted.resolve("f"), also);
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE ");
    Files.move(Files.createFile(mounted.resolve("next")), mounted.resolve("f"));
    isTold(key, "ENTRY_CREATE ");
    Files.delete(mounted.resolve("f"));
    isTold(key, "ENTRY_DELETE ");
    Files.createFile(source.resolve("f"));
    isTold(key, "ENTRY_CREATE ");
    Path next = Files.createFile(mounted.resolve("next"));
    Files.move(next, mounted.resolve("f"), StandardCopyOption.ATOMIC_MOVE);
    isTold(key, "ENTRY_MODIFY ");
  }

  /** What the model knows of a silent file may be one that went since. */
  @ParameterizedTest
  @MethodSource("ways")
  void file_thatIsMadeHereWhereOneWentInSilence(WatchEvent.Modifier also) throws Exception {
    mounts.mountWithShortCache(source, mounted);
    WatchKey key = register(mounted.resolve("f"), also);
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE ");
    Files.createFile(mounted.resolve("f"));
    isTold(key, "ENTRY_CREATE ");
  }

  @Test
  void whatWasToldOfASilentFile_isKnown_whenItIsRegisteredAgain() throws Exception {
    mounts.mountWithShortCache(source, mounted);
    WatchKey key = register(mounted.resolve("f"), FILE);
    for (WatchEvent.Modifier also : List.of(RESCAN, FILE)) {
      Files.writeString(source.resolve("f"), "before " + also.name());
      assertThat(register(mounted.resolve("f"), also)).isSameAs(key);
      isTold(key, "ENTRY_MODIFY ");
    }
  }

  @Test
  void fileThatIsHeard_isAskedForWhenItIsRegistered_andCostsNothingMore() throws Exception {
    PickyKernel kernel = new PickyKernel();
    PickyKernel.Refusal asked = kernel.refuse("fstatfs", any -> true, 0).times(0);
    Path file = Files.createFile(local.resolve("g"));
    try (INotifyWatchService other = INotifyWatchService.open(kernel.openHub())) {
      WatchKey key = other.register(file, KINDS, FILE);
      int calls = asked.calls();
      assertThat(calls).isEqualTo(2);
      for (int i = 0; i < 3; i++) {
        Path next = Files.writeString(local.resolve("next"), "text " + i);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        Pending.sync(other);
        assertThat(Told.by(key)).containsExactly("ENTRY_MODIFY ");
        Files.delete(file);
        Files.createFile(file);
        Pending.sync(other);
        assertThat(Told.by(key)).containsExactly("ENTRY_DELETE ", "ENTRY_CREATE ");
      }
      assertThat(asked.calls()).isEqualTo(calls);
      assertThat(preludeOf(key).whoKnows()).isSameAs(preludeOf(key));
      assertThat(other.statistics().pollRounds()).isZero();
    }
  }
}
