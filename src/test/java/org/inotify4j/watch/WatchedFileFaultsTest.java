package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Single files where the kernel refuses, loses events, or is asked by several threads. */
@Timeout(60)
class WatchedFileFaultsTest {

  private static final WatchEvent.Kind<?>[] KINDS = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, INotifyEventKinds.UNWATCHED
  };
  @TempDir private Path root;

  /** What the kernel answers to the placing of a watch, where that is not null. */
  private volatile @Nullable Errno refusal;

  private Hub hubThatRefuses() throws IOException {
    LibC real = SystemLibC.get();
    LibC libC =
        (LibC)
            Proxy.newProxyInstance(
                LibC.class.getClassLoader(),
                new Class<?>[] {LibC.class},
                (proxy, method, arguments) -> {
                  Errno errno = refusal;
                  if (errno != null && method.getName().equals("inotifyAddWatch")) {
                    return -errno.number();
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }

  private static WatchKey register(INotifyWatchService service, Path file) throws IOException {
    return service.register(file, KINDS, INotifyModifiers.FILE);
  }

  @Test
  void refusedByTheKernel_isAClearError_andLeavesNothing() throws Exception {
    Hub hub = hubThatRefuses();
    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
      Path file = root.resolve("f");
      refusal = Errno.ENOSPC;
      assertThatThrownBy(() -> register(service, file))
          .isInstanceOf(INotifyLimitException.class)
          .hasMessageContaining(file.toString());
      refusal = Errno.EACCES;
      assertThatThrownBy(() -> register(service, file))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessage(file.toString());
      refusal = null;
      WatchKey key = register(service, file);
      Files.createFile(file);
      assertThat(Told.by(key, service)).containsExactly("ENTRY_CREATE ");
      // The directories down to it, but for the root, and the file.
      assertThat(hub.watchCount()).isEqualTo(root.toRealPath().getNameCount() + 1);
    }
  }

  @Test
  void permissionLostLater_isToldOnce_andTheFileIsHeardOfWhenItReturns() throws Exception {
    Hub hub = hubThatRefuses();
    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
      Path directory = Files.createDirectory(root.resolve("d"));
      Path file = Files.createFile(directory.resolve("f"));
      WatchKey key = register(service, file);
      Files.move(directory, root.resolve("old"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(Told.by(key, service)).containsExactly("ENTRY_DELETE ");
      refusal = Errno.EACCES;
      Files.createDirectory(directory);
      Files.createFile(file);
      List<String> told = new ArrayList<>();
      await().until(() -> told.addAll(Told.by(key)) && told.contains("UNWATCHED "));
      refusal = null;
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-x---"));
      // Tried again when permissions change, or after a second.
      await().until(() -> told.addAll(Told.by(key)) && told.contains("ENTRY_CREATE "));
      assertThat(told).containsOnlyOnce("UNWATCHED ");
      Files.delete(file);
      assertThat(Told.by(key, service)).containsExactly("ENTRY_DELETE ");
    }
  }

  @Test
  void eventsThatAreLost_areAnOverflow_andLaterOnesAreExact() throws Exception {
    Hub hub = SmallQueue.of(16);
    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
      Path directory = Files.createDirectory(root.resolve("d"));
      Path file = directory.resolve("f");
      WatchKey key = register(service, file);
      WatchKey other = service.register(root, ENTRY_CREATE);
      boolean isOverflowed = false;
      for (int i = 0; !isOverflowed; i++) {
        for (int j = 0; j < 100; j++) {
          Files.createFile(root.resolve("x" + i + "." + j));
        }
        isOverflowed = Told.by(key, service).stream().anyMatch(text -> text.startsWith("OVERFLOW"));
      }
      Told.by(other);
      Files.createFile(file);
      assertThat(Told.by(key, service)).containsExactly("ENTRY_CREATE ");
      Files.delete(file);
      Files.delete(directory);
      assertThat(Told.by(key, service)).containsExactly("ENTRY_DELETE ");
    }
  }

  @Test
  void severalThreads_registerCancelAndClose_whileEverythingChanges() throws Exception {
    Hub hub = Hub.open();
    INotifyWatchService keeper = INotifyWatchService.open(hub);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Path file = root.resolve("d/f" + i % 2);
        done.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 60; round++) {
                    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
                      WatchKey key = register(service, file);
                      register(service, file).pollEvents();
                      if (round % 2 == 0) {
                        key.cancel();
                      }
                    }
                  }
                  return null;
                }));
      }
      done.add(
          threads.submit(
              () -> {
                for (int round = 0; round < 200; round++) {
                  Path directory = Files.createDirectory(root.resolve("d"));
                  Files.createFile(directory.resolve("f0"));
                  Files.delete(directory.resolve("f0"));
                  Files.delete(directory);
                }
                return null;
              }));
      for (Future<?> one : done) {
        one.get(50, TimeUnit.SECONDS);
      }
      KernelView.awaitNoLeak(hub);
      assertThat(hub.watchCount()).isZero();
    } finally {
      threads.shutdownNow();
      keeper.close();
    }
  }

  @Test
  void closedService_registersNothing_andEndsTheKeys() throws Exception {
    INotifyWatchService service = INotifyWatchService.openDedicated();
    WatchKey key = register(service, root.resolve("f"));
    service.close();
    assertThat(key.isValid()).isFalse();
    assertThat(service.watchCount()).isZero();
    assertThatThrownBy(() -> register(service, root.resolve("f")))
        .isInstanceOf(ClosedWatchServiceException.class);
  }
}
