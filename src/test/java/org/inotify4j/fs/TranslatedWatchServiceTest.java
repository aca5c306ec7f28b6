package org.inotify4j.fs;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import com.google.common.jimfs.WatchServiceConfiguration;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.watch.INotifyWatchService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A file system that inotify does not know: its own watch service, with wrapped paths. */
final class TranslatedWatchServiceTest {

  private static final int WAIT = 20;

  private FileSystem plain;
  private FileSystem fs;
  private Path dir;
  private WatchService service;

  @BeforeEach
  void open() throws IOException {
    plain =
        Jimfs.newFileSystem(
            Configuration.unix().toBuilder()
                .setWatchServiceConfiguration(WatchServiceConfiguration.polling(5, MILLISECONDS))
                .build());
    fs = INotifyFileSystemProvider.wrap(plain);
    dir = fs.getPath("").toAbsolutePath();
    service = fs.newWatchService();
  }

  @AfterEach
  void close() throws IOException {
    service.close();
    fs.close();
  }

  private WatchKey next() throws InterruptedException {
    return Objects.requireNonNull(service.poll(WAIT, SECONDS), "no key came");
  }

  @Test
  void newWatchService_isTheDelegates() {
    assertThat(service).isInstanceOf(TranslatedWatchService.class);
  }

  @Test
  void events_haveContextsOfTheFileSystem() throws Exception {
    WatchKey key = dir.register(service, ENTRY_CREATE, ENTRY_DELETE);
    Files.createFile(dir.resolve("f"));
    assertThat(next()).isSameAs(key);
    List<WatchEvent<?>> events = key.pollEvents();
    assertThat(events).hasSize(1);
    WatchEvent<?> event = events.get(0);
    assertThat(event.kind()).isSameAs(ENTRY_CREATE);
    assertThat(event.count()).isEqualTo(1);
    assertThat(event.context()).isEqualTo(fs.getPath("f"));
    assertThat(dir.resolve((Path) event.context())).exists();
    events.clear();
    assertThat(key.pollEvents()).isEmpty();
  }

  @Test
  void watchable_isTheFirstRegisteredPath() throws Exception {
    Path spelled = dir.resolve("../work");
    WatchKey key = dir.register(service, ENTRY_CREATE);
    assertThat(key.watchable()).isSameAs(dir);
    assertThat(spelled.register(service, ENTRY_CREATE).watchable()).isSameAs(spelled);
  }

  @Test
  void reset_letsTheKeyComeAgain() throws Exception {
    WatchKey key = dir.register(service, ENTRY_CREATE);
    Files.createFile(dir.resolve("a"));
    assertThat(service.take()).isSameAs(key);
    key.pollEvents();
    assertThat(key.reset()).isTrue();
    Files.createFile(dir.resolve("b"));
    assertThat(next()).isSameAs(key);
    assertThat(key.pollEvents())
        .extracting(event -> (Object) event.context())
        .containsExactly(fs.getPath("b"));
    assertThat(service.poll()).isNull();
  }

  @Test
  void cancel_endsTheKey() throws Exception {
    WatchKey key = dir.register(service, ENTRY_CREATE);
    key.cancel();
    assertThat(key.isValid()).isFalse();
    assertThat(key.reset()).isFalse();
    WatchKey again = dir.register(service, ENTRY_CREATE);
    assertThat(again).isNotSameAs(key).isNotEqualTo(key);
    assertThat(again.isValid()).isTrue();
  }

  @Test
  void cancel_ofAQueuedKey() throws Exception {
    Path registered = Files.createDirectory(dir.resolve("d"));
    WatchKey key = registered.register(service, ENTRY_CREATE);
    Files.createFile(registered.resolve("f"));
    WatchKey queued = next();
    key.reset();
    key.cancel();
    assertThat(queued).isSameAs(key);
    assertThat(key.watchable()).isSameAs(registered);
    assertThat(key.pollEvents()).hasSize(1);
  }

  @Test
  void directoryDeleted_keyEnds() throws Exception {
    Path registered = Files.createDirectory(dir.resolve("d"));
    WatchKey key = registered.register(service, ENTRY_CREATE);
    Files.delete(registered);
    await().until(() -> !key.reset());
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void close_endsWaitersAndKeys() throws Exception {
    WatchKey key = dir.register(service, ENTRY_CREATE);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<WatchKey> taken = executor.submit(service::take);
      service.close();
      await().until(taken::isDone);
      assertThat(taken)
          .failsWithin(WAIT, SECONDS)
          .withThrowableThat()
          .withCauseInstanceOf(ClosedWatchServiceException.class);
    } finally {
      executor.shutdownNow();
    }
    assertThat(key.isValid()).isFalse();
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(service::poll);
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> dir.register(service, ENTRY_CREATE));
    service.close();
  }

  @Test
  void register_refusals() {
    assertThatNullPointerException().isThrownBy(() -> dir.register(null, ENTRY_CREATE));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> dir.resolve("missing").register(service, ENTRY_CREATE));
  }

  @Test
  void register_withAServiceOfAnotherFileSystem() throws Exception {
    Path nativeDir = INotifyFileSystemProvider.wrap(FileSystems.getDefault()).getPath("/");
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> nativeDir.register(service, ENTRY_CREATE));
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> FileSystems.getDefault().getPath("/").register(service, ENTRY_CREATE));
    try (WatchService foreign = plain.newWatchService()) {
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> dir.register(foreign, ENTRY_CREATE));
    }
    try (INotifyWatchService inotify = INotifyWatchService.open()) {
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> dir.register(inotify, ENTRY_CREATE));
    }
  }
}
