package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import org.inotify4j.INotifyLimitException;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Errno;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.inotify4j.tree.Crawls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees and the limit on watches. */
class TreeLimitTest {

  @TempDir private Path root;

  private static WatchKey register(INotifyWatchService service, Path root) throws IOException {
    return service.register(
        root,
        new WatchEvent.Kind<?>[] {ENTRY_CREATE, INotifyEventKinds.UNWATCHED},
        INotifyModifiers.RECURSIVE);
  }

  @AfterEach
  void crawlAsUsual() {
    Crawls.areAsUsual();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void treeThatDoesNotFit_saysHowManyItNeeds_andLeavesNothingBehind(boolean isHelped)
      throws Exception {
    if (isHelped) {
      Crawls.haveHelpAtOnce();
    }
    for (int i = 0; i < 20; i++) {
      Files.createDirectories(root.resolve("d" + i + "/e"));
    }
    Hub hub = hubWithLimit(10);
    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
      assertThatThrownBy(() -> register(service, root))
          .isInstanceOf(INotifyLimitException.class)
          .hasMessageStartingWith("User limit of inotify watches reached")
          .extracting(e -> ((INotifyLimitException) e).needed())
          .isEqualTo(41L);
      assertThat(hub.watchCount()).isZero();
      assertThat(KernelView.masks(hub.inotifyFd())).isEmpty();
    }
  }

  @Test
  void directoryThatDoesNotFitLater_isToldOnce_andWatchedWhenThereIsRoom() throws Exception {
    Files.createDirectory(root.resolve("a"));
    Hub hub = hubWithLimit(3);
    try (INotifyWatchService service = INotifyWatchService.open(hub)) {
      WatchKey key = register(service, root);
      // Also a mark in the queue takes a watch, for a moment.
      Files.createDirectory(root.resolve("b"));
      assertThat(service.take()).isSameAs(key);
      Files.createDirectory(root.resolve("c"));
      Files.createFile(root.resolve("c/f"));
      List<String> told = Told.by(key);
      while (!told.contains("UNWATCHED c")) {
        Thread.onSpinWait();
        told = Told.by(key);
      }
      Files.delete(root.resolve("a"));
      told = Told.by(key);
      while (!told.contains("ENTRY_CREATE c/f")) {
        Thread.onSpinWait();
        told = Told.by(key);
      }
      assertThat(told).doesNotContain("UNWATCHED c");
    }
  }

  private static Hub hubWithLimit(int most) throws IOException {
    LibC libC = limited(most);
    return Hubs.open(libC, ScriptedINotify.openForHub(libC));
  }

  /** The machine's kernel with a limit of its own. */
  private static LibC limited(int most) {
    LibC real = SystemLibC.get();
    return (LibC)
        Proxy.newProxyInstance(
            LibC.class.getClassLoader(),
            new Class<?>[] {LibC.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(real, arguments);
                if (method.getName().equals("inotifyAddWatch")
                    && (int) result > 0
                    && KernelView.masks((int) arguments[0]).size() > most) {
                  real.inotifyRmWatch((int) arguments[0], (int) result);
                  return -Errno.ENOSPC.number();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
