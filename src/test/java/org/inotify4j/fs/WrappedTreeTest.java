package org.inotify4j.fs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import org.inotify4j.watch.INotifyEventKinds;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchService;
import org.inotify4j.watch.Rename;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole trees of the wrapped native file system. */
final class WrappedTreeTest {

  @TempDir private Path temporary;

  @Test
  void eventsBelow_haveContextsThatResolve() throws Exception {
    Path root = Path.of(URI.create("inotify://" + temporary));
    Files.createDirectories(root.resolve("a/b"));
    Set<Object> fileSystems = new CopyOnWriteArraySet<>();
    try (INotifyWatchService service =
        (INotifyWatchService) root.getFileSystem().newWatchService()) {
      WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME};
      WatchKey key =
          root.register(
              service,
              kinds,
              INotifyModifiers.RECURSIVE,
              INotifyModifiers.exclude("skip*"),
              INotifyModifiers.exclude("a/no"),
              INotifyModifiers.exclude(
                  path -> {
                    fileSystems.add(path.getFileSystem());
                    return false;
                  }));
      Path file = Files.createFile(root.resolve("a/b/f"));
      Files.createFile(root.resolve("a/skipped"));
      Files.createFile(root.resolve("a/no"));
      Files.move(root.resolve("a"), root.resolve("z"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(service.sync(Duration.ofSeconds(20))).isTrue();
      List<Object> contexts = new ArrayList<>();
      key.pollEvents().forEach(event -> contexts.add(event.context()));
      assertThat(contexts).isNotEmpty();
      Path first = (Path) contexts.get(0);
      assertThat(root.resolve(first)).isEqualTo(file);
      assertThat(first.getFileSystem()).isSameAs(root.getFileSystem());
      assertThat(fileSystems).containsExactly(root.getFileSystem());
      // An exclusion with a slash depends on the directory's name, so this is no mere rename.
      assertThat(contexts)
          .containsExactlyInAnyOrder(
              first,
              root.relativize(root.resolve("a")),
              root.relativize(root.resolve("z")),
              root.relativize(root.resolve("z/b")),
              root.relativize(root.resolve("z/b/f")),
              root.relativize(root.resolve("z/no")));
    }
  }

  @Test
  void file_hasOneKey_inWhateverFileSystem() throws Exception {
    Path plain = Files.createFile(temporary.resolve("f"));
    Path wrapped = Path.of(URI.create("inotify://" + plain));
    WatchEvent.Kind<?>[] kinds = {ENTRY_MODIFY};
    try (INotifyWatchService service = INotifyWatchService.open()) {
      WatchKey key = service.register(plain, kinds, INotifyModifiers.FILE);
      assertThat(service.register(wrapped, kinds, INotifyModifiers.FILE)).isSameAs(key);
    }
  }

  @Test
  void renameBelow_hasBothPathsOfTheFileSystem() throws Exception {
    Path root = Path.of(URI.create("inotify://" + temporary));
    Files.createDirectories(root.resolve("a/b"));
    try (INotifyWatchService service =
        (INotifyWatchService) root.getFileSystem().newWatchService()) {
      WatchEvent.Kind<?>[] kinds = {INotifyEventKinds.RENAME};
      WatchKey key = root.register(service, kinds, INotifyModifiers.RECURSIVE);
      Files.move(root.resolve("a/b"), root.resolve("c"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(service.sync(Duration.ofSeconds(20))).isTrue();
      List<WatchEvent<?>> events = key.pollEvents();
      assertThat(events)
          .extracting(event -> (Object) event.context())
          .containsExactly(
              new Rename(root.getFileSystem().getPath("a/b"), root.getFileSystem().getPath("c")));
    }
  }
}
