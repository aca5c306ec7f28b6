package org.inotify4j.fs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.inotify4j.watch.INotifyEventKinds.CLOSE_WRITE;
import static org.inotify4j.watch.INotifyEventKinds.DELETE_SELF;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.inotify4j.watch.INotifyModifiers;
import org.inotify4j.watch.INotifyWatchEvent;
import org.inotify4j.watch.INotifyWatchService;
import org.inotify4j.watch.Rename;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The native file system wrapped: the watch service is over inotify, its paths are wrapped. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"NATIVE_WRAPPED", "NATIVE_SCHEME"})
final class WrappedWatchServiceTest {

  private final FileSystem fs;
  private Path dir;
  private INotifyWatchService service;

  @TempDir private Path temporary;

  WrappedWatchServiceTest(Subject subject) {
    fs = subject.open();
  }

  @BeforeEach
  void open() throws IOException {
    dir = fs.getPath(temporary.toString());
    service = (INotifyWatchService) fs.newWatchService();
  }

  @AfterEach
  void close() {
    service.close();
  }

  /** The one key with something pending, when all that happened is there. */
  private WatchKey signalled() throws InterruptedException {
    assertThat(service.sync(Duration.ofSeconds(20))).isTrue();
    return Objects.requireNonNull(service.poll(), "no key is signalled");
  }

  private static List<@Nullable Object> contexts(List<WatchEvent<?>> events) {
    return events.stream().<@Nullable Object>map(WatchEvent::context).toList();
  }

  @Test
  void standardKinds_pathsOfTheFileSystem() throws Exception {
    WatchKey key = dir.register(service, ENTRY_CREATE, ENTRY_DELETE);
    Path file = Files.createFile(dir.resolve("f"));
    Files.delete(file);
    assertThat(signalled()).isSameAs(key);
    assertThat(key.watchable()).isSameAs(dir);
    List<WatchEvent<?>> events = key.pollEvents();
    assertThat(events)
        .extracting(event -> (Object) event.kind())
        .containsExactly(ENTRY_CREATE, ENTRY_DELETE);
    assertThat(contexts(events)).containsExactly(fs.getPath("f"), fs.getPath("f"));
    assertThat(((Path) key.watchable()).resolve((Path) events.get(0).context())).isEqualTo(file);
  }

  @Test
  void extendedKindsAndModifiers() throws Exception {
    WatchEvent.Kind<?>[] kinds = {CLOSE_WRITE, RENAME};
    WatchKey key = dir.register(service, kinds, INotifyModifiers.NOFOLLOW);
    Path file = Files.writeString(dir.resolve("f"), "x");
    Files.move(file, dir.resolve("g"), StandardCopyOption.ATOMIC_MOVE);
    assertThat(signalled()).isSameAs(key);
    List<WatchEvent<?>> events = key.pollEvents();
    assertThat(events).hasSize(2).allMatch(event -> event instanceof INotifyWatchEvent);
    assertThat(contexts(events))
        .containsExactly(fs.getPath("f"), new Rename(fs.getPath("f"), fs.getPath("g")));
  }

  @Test
  void oneShot_oneEvent() throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    WatchKey key = dir.register(service, kinds, INotifyModifiers.ONESHOT);
    Files.createFile(dir.resolve("a"));
    Files.createFile(dir.resolve("b"));
    assertThat(signalled()).isSameAs(key);
    assertThat(contexts(key.pollEvents())).containsExactly(fs.getPath("a"));
    assertThat(key.reset()).isFalse();
  }

  @Test
  void selfKinds_emptyPathOfTheFileSystem() throws Exception {
    Path registered = Files.createDirectory(dir.resolve("d"));
    WatchKey key = registered.register(service, DELETE_SELF);
    Files.delete(registered);
    assertThat(signalled()).isSameAs(key);
    Path context = (Path) key.pollEvents().get(0).context();
    assertThat(context).isEqualTo(fs.getPath(""));
    assertThat(((Path) key.watchable()).resolve(context)).isEqualTo(registered);
  }

  @Test
  void names_areBytes() throws Exception {
    WatchKey key = dir.register(service, ENTRY_CREATE);
    Path file =
        fs.provider().getPath(URI.create(fs.provider().getScheme() + "://" + dir + "/%FF%FE"));
    Files.createFile(file);
    assertThat(signalled()).isSameAs(key);
    Path context = (Path) key.pollEvents().get(0).context();
    assertThat(context).isEqualTo(file.getFileName()).isInstanceOf(INotifyPath.class);
    assertThat(context.getFileSystem()).isSameAs(fs);
    assertThat(Files.exists(dir.resolve(context))).isTrue();
    assertThat(dir.resolve(context).toUri()).isEqualTo(file.toUri());
  }

  @Test
  void directoryOfBytes_canBeWatched() throws Exception {
    Path registered =
        fs.provider().getPath(URI.create(fs.provider().getScheme() + "://" + dir + "/%FF%FE"));
    Files.createDirectory(registered);
    WatchKey key = registered.register(service, ENTRY_CREATE);
    Files.createFile(registered.resolve("f"));
    assertThat(signalled()).isSameAs(key);
    assertThat(key.watchable()).isSameAs(registered);
    assertThat(contexts(key.pollEvents())).containsExactly(fs.getPath("f"));
  }

  @Test
  void anotherSpelling_sameKey() throws Exception {
    WatchKey key = dir.register(service, ENTRY_CREATE);
    Path spelled = dir.resolve("../" + dir.getFileName());
    assertThat(spelled.register(service, ENTRY_CREATE)).isSameAs(key);
    assertThat(key.watchable()).isSameAs(dir);
  }

  @Test
  void plainPath_ofTheDelegate() throws Exception {
    WatchKey key = service.register(temporary, ENTRY_CREATE);
    assertThat(dir.register(service, ENTRY_CREATE)).isSameAs(key);
    assertThat(key.watchable()).isSameAs(temporary);
    Files.createFile(dir.resolve("f"));
    assertThat(contexts(signalled().pollEvents())).containsExactly(Path.of("f"));
  }

  @Test
  void register_refusals() throws Exception {
    Path file = Files.createFile(dir.resolve("f"));
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> file.register(service, ENTRY_CREATE))
        .satisfies(e -> assertThat(e.getFile()).isEqualTo(file.toString()));
    try (WatchService foreign = temporary.getFileSystem().newWatchService()) {
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> dir.register(foreign, ENTRY_CREATE));
    }
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> temporary.register(service, ENTRY_CREATE));
  }
}
