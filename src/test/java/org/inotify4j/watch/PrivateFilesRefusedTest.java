package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hosts that refuse private files, as hardened ones do: places in the queue are marked by another
 * one, or not at all, and nothing is lost or claimed for that.
 */
final class PrivateFilesRefusedTest {

  private final HeldKernel kernel = new HeldKernel();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  @TempDir private Path directory;

  private INotifyWatchService open() throws Exception {
    INotifyWatchService service = INotifyWatchService.open(kernel.openHub());
    service.register(directory, ENTRY_CREATE);
    Files.createFile(directory.resolve("f"));
    return service;
  }

  private static void assertToldOf(@Nullable WatchKey key) {
    assertThat(key).isNotNull();
    assertThat(Told.by(requireNonNull(key))).containsExactly("ENTRY_CREATE f");
  }

  @AfterEach
  void nothingIsLeft() {
    threads.shutdownNow();
    KernelView.awaitNoHub();
  }

  @Test
  void noDescriptorIsLeft_syncDoesNotClaimThatAllIsDelivered_untilThereIsOne() throws Exception {
    kernel.failMemfd(Errno.EMFILE);
    try (INotifyWatchService service = open()) {
      assertThat(service.sync(Duration.ofMillis(5))).isFalse();
      Future<Boolean> syncing = threads.submit(() -> service.sync(Duration.ofSeconds(30)));
      kernel.failMemfd(null);
      assertThat(syncing.get(30, SECONDS)).isTrue();
      assertToldOf(service.poll(30, SECONDS));
    }
  }

  @Test
  void privateFilesMustNotBeExecutable_theyAreAskedForSo() throws Exception {
    kernel.failMemfd(Errno.EACCES);
    kernel.allowMemfdWith(LibC.MFD_NOEXEC_SEAL);
    kernel.failPipe(Errno.EACCES);
    try (INotifyWatchService service = open()) {
      assertThat(service.sync(Duration.ofSeconds(30))).isTrue();
      assertToldOf(service.poll());
    }
  }

  @Test
  void kernelDoesNotKnowThatTheyMustNotBeExecutable_theyAreAskedForWithout() throws Exception {
    kernel.failMemfdWith(LibC.MFD_NOEXEC_SEAL, Errno.EINVAL);
    kernel.failPipe(Errno.EACCES);
    try (INotifyWatchService service = open()) {
      assertThat(service.sync(Duration.ofSeconds(30))).isTrue();
      assertToldOf(service.poll());
    }
  }

  @Test
  void noPrivateFiles_aPipeStandsInForThem() throws Exception {
    kernel.failMemfd(Errno.EACCES);
    try (INotifyWatchService service = open()) {
      assertThat(service.sync(Duration.ofSeconds(30))).isTrue();
      List<Integer> before = KernelView.descriptors();
      for (int i = 0; i < 5; i++) {
        assertThat(service.sync(Duration.ofSeconds(30))).isTrue();
      }
      assertToldOf(service.poll(30, SECONDS));
      assertThat(KernelView.descriptors()).hasSameSizeAs(before);
    }
  }

  @Test
  void noPipesEither_eventsAreDelivered_andTheServiceCloses() throws Exception {
    kernel.failMemfd(Errno.EACCES);
    kernel.failPipe(Errno.EACCES);
    try (INotifyWatchService service = open()) {
      assertToldOf(service.poll(30, SECONDS));
      assertThat(service.sync(Duration.ofMillis(5))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileThatIsReplaced_isToldEachTime(boolean hasPipes) throws Exception {
    kernel.failMemfd(Errno.EACCES);
    kernel.failPipe(hasPipes ? null : Errno.EACCES);
    try (INotifyWatchService service = open()) {
      assertToldOf(service.poll(30, SECONDS));
      Path file = directory.resolve("f");
      WatchEvent.Kind<?>[] kinds = {ENTRY_MODIFY};
      WatchKey key = service.register(file, kinds, INotifyModifiers.FILE);
      for (int i = 0; i < 3; i++) {
        Path aside = Files.writeString(directory.resolve("aside"), "replacement " + i);
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        await().untilAsserted(() -> assertThat(Told.by(key)).containsExactly("ENTRY_MODIFY "));
      }
      assertThat(service.sync(Duration.ofMillis(50))).isEqualTo(hasPipes);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDirectoryThatIsRegisteredAnew_isToldAsItWasAskedForLast(boolean hasPipes) throws Exception {
    kernel.failMemfd(Errno.EACCES);
    kernel.failPipe(hasPipes ? null : Errno.EACCES);
    try (INotifyWatchService service = open()) {
      assertToldOf(service.poll(30, SECONDS));
      WatchKey key = service.register(directory, ENTRY_DELETE);
      Files.delete(directory.resolve("f"));
      await().untilAsserted(() -> assertThat(Told.by(key)).containsExactly("ENTRY_DELETE f"));
    }
  }
}
