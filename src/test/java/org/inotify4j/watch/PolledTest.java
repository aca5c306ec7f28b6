package org.inotify4j.watch;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyModifiers.FILE;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.Told.isTold;
import static org.inotify4j.watch.Told.isToldInAnyOrder;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import org.inotify4j.poll.PollSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is done beneath a mount, where inotify is silent, is found by looking. */
final class PolledTest extends SilentMountTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};
  private static final Duration ROUND = Duration.ofMillis(100);

  @RegisterExtension private final PollInterval interval = new PollInterval("0.1");

  PolledTest() {
    super("tree/mounted", "d/", "f");
  }

  /** Some rounds are over in which there was nothing to tell. */
  private void nothingMoreIsTold(WatchKey key) throws Exception {
    Path mark = source.resolve("mark");
    for (int round = 0; round < 2; round++) {
      Files.createFile(mark);
      isTold(key, "ENTRY_CREATE " + relative(key, mark));
      Files.delete(mark);
      isTold(key, "ENTRY_DELETE " + relative(key, mark));
    }
  }

  private Path relative(WatchKey key, Path path) {
    return ((Path) key.watchable()).relativize(mounted.resolve(source.relativize(path)));
  }

  @Test
  void tree_isToldWhatIsDoneBeneath() throws Exception {
    WatchKey key = service.register(mounted, KINDS, RECURSIVE);
    Path complete = Files.writeString(scratch.resolve("new"), "text");
    Files.move(complete, source.resolve("d/new"), ATOMIC_MOVE);
    Files.createDirectories(source.resolve("e/g"));
    Files.delete(source.resolve("f"));
    isToldInAnyOrder(
        key, "ENTRY_CREATE d/new", "ENTRY_CREATE e", "ENTRY_CREATE e/g", "ENTRY_DELETE f");
    Files.writeString(source.resolve("d/new"), "other text");
    isTold(key, "ENTRY_MODIFY d/new");
    Files.move(source.resolve("d/new"), source.resolve("e/g/old"), ATOMIC_MOVE);
    isToldInAnyOrder(key, "ENTRY_DELETE d/new", "ENTRY_CREATE e/g/old");
    nothingMoreIsTold(key);
  }

  @Test
  void whatIsDoneAtTheMount_isToldAtOnce_andOnce() throws Exception {
    WatchKey key = service.register(mounted, KINDS, RECURSIVE);
    Files.createDirectory(source.resolve("e"));
    isTold(key, "ENTRY_CREATE e");
    // From a round on that has seen this, no directory may have been elsewhere meanwhile.
    await().until(() -> changed(mounted).equals(changed(source)));
    Pending.awaitRounds(service, 2);
    // A directory that was made beneath is watched as well.
    Files.createFile(mounted.resolve("e/f"));
    Files.createFile(mounted.resolve("d/f"));
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactlyInAnyOrder("ENTRY_CREATE e/f", "ENTRY_CREATE d/f");
    Pending.awaitRounds(service, 2);
    nothingMoreIsTold(key);
    Files.delete(mounted.resolve("d/f"));
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_DELETE d/f");
    nothingMoreIsTold(key);
  }

  @Test
  void anotherFileOfAName_isToldOnce_whileTheMountShowsTheFormerOne() throws Exception {
    WatchKey key = service.register(mounted, KINDS, RECURSIVE);
    Path file = Files.createFile(source.resolve("g"));
    isTold(key, "ENTRY_CREATE g");
    Files.move(file, scratch.resolve("former"));
    isTold(key, "ENTRY_DELETE g");
    Files.createFile(file);
    isTold(key, "ENTRY_CREATE g");
    await().until(() -> inode(mounted.resolve("g")).equals(inode(file)));
    Pending.awaitRounds(service, 2);
    assertThat(Told.by(key)).isEmpty();
  }

  private static Object changed(Path directory) throws IOException {
    return Files.getAttribute(directory, "unix:ctime");
  }

  private static Object inode(Path file) throws IOException {
    return Files.getAttribute(file, "unix:ino");
  }

  @Test
  void treeThatLeadsIntoAMount_isPolledThere() throws Exception {
    Path tree = scratch.resolve("tree");
    Files.createDirectory(tree.resolve("local"));
    WatchKey key = service.register(tree, KINDS, RECURSIVE);
    Files.createFile(source.resolve("d/beneath"));
    isTold(key, "ENTRY_CREATE mounted/d/beneath");
    Files.createFile(tree.resolve("local/f"));
    Pending.sync(service);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE local/f");
    nothingMoreIsTold(key);
  }

  @Test
  void file_isToldWhatIsDoneBeneath() throws Exception {
    WatchKey key = service.register(mounted.resolve("f"), KINDS, FILE);
    Files.writeString(source.resolve("f"), "text");
    isTold(key, "ENTRY_MODIFY ");
    Files.delete(source.resolve("f"));
    isTold(key, "ENTRY_DELETE ");
    Files.createFile(source.resolve("f"));
    isTold(key, "ENTRY_CREATE ");
  }

  @Test
  void directory_isPolledWhereThatIsAskedFor() throws Exception {
    WatchKey asked = service.register(mounted, KINDS, INotifyModifiers.poll(ROUND));
    Files.createFile(source.resolve("g"));
    isTold(asked, "ENTRY_CREATE g");
    WatchKey plain = service.register(mounted.resolve("d"), KINDS);
    Files.createFile(source.resolve("d/unheard"));
    Files.createFile(source.resolve("h"));
    isTold(asked, "ENTRY_CREATE h");
    assertThat(Told.by(plain)).isEmpty();
    System.setProperty(PollSettings.MODE_PROPERTY, "auto");
    try (INotifyWatchService other = INotifyWatchService.openDedicated()) {
      WatchKey byProperty = other.register(mounted.resolve("d"), KINDS);
      Files.createFile(source.resolve("d/found"));
      isTold(byProperty, "ENTRY_CREATE found");
    }
  }

  @Test
  void never_isNever() throws Exception {
    System.setProperty(PollSettings.MODE_PROPERTY, "never");
    WatchKey key = service.register(mounted, KINDS, RECURSIVE);
    WatchKey polled = service.register(mounted.resolve("d"), KINDS, INotifyModifiers.poll(ROUND));
    Files.createFile(source.resolve("unheard"));
    Files.createFile(source.resolve("d/f"));
    isTold(polled, "ENTRY_CREATE f");
    assertThat(Told.by(key)).isEmpty();
  }

  @Test
  void treeWhoseServerHasEnded_isRefused_andSaysWhy() throws Exception {
    server.end();
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> service.register(mounted, KINDS, RECURSIVE))
        .withMessage(mounted + ": Transport endpoint is not connected (ENOTCONN)");
    assertThat(service.watchCount()).isZero();
  }
}
