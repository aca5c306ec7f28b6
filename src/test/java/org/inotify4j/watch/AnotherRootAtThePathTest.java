package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.inotify4j.watch.INotifyEventKinds.RENAME;
import static org.inotify4j.watch.INotifyModifiers.INITIAL;
import static org.inotify4j.watch.INotifyModifiers.RECURSIVE;
import static org.inotify4j.watch.INotifyModifiers.RESCAN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The directory that is watched has moved away, and another one is at its path: that is not looked
 * at for the first one.
 */
final class AnotherRootAtThePathTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, RENAME
  };

  private static final LibC REAL = SystemLibC.get();

  /** Is done before a worker opens the root. */
  private final AtomicReference<@Nullable Runnable> beforeWorkerOpens = new AtomicReference<>();

  private final AtomicInteger looks = new AtomicInteger();

  /** The thread that registers. */
  private volatile @Nullable Thread test;

  @Override
  Hub openHub() throws IOException {
    LibC libC =
        Intercepted.by(
            (method, arguments) -> {
              if (method.getName().equals("open")
                  && !Thread.currentThread().equals(test)
                  && Intercepted.text(arguments[0]).equals(root.toString())) {
                Runnable action = beforeWorkerOpens.getAndSet(null);
                if (action != null) {
                  action.run();
                }
                looks.incrementAndGet();
              }
              return Intercepted.pass(REAL, method, arguments);
            });
    return Hubs.open(libC, ScriptedINotify.openForHub(libC), Hubs.CAPACITY);
  }

  /** Another directory is at the path from here on, with a file of each name. */
  private void replaceRoot(String... names) {
    try {
      move(root, outside.resolve("moved"));
      Files.createDirectory(root);
      for (String name : names) {
        Files.writeString(root.resolve(name), "of another directory");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void putRootBack() throws IOException {
    move(root, outside.resolve("other"));
    move(outside.resolve("moved"), root);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listing_isOfTheDirectoryThatIsWatched(boolean isWhole) throws Exception {
    test = Thread.currentThread();
    touch("ours");
    beforeWorkerOpens.set(() -> replaceRoot("theirs"));
    WatchKey key =
        service.register(root, WITH_RENAMES, INITIAL, RESCAN, isWhole ? RECURSIVE : RESCAN);
    await().until(() -> beforeWorkerOpens.get() == null && looks.get() > 0);
    putRootBack();
    await().until(() -> service.poll() != null);
    assertThat(told(key)).containsExactly("EXISTS ours", "READY ");
  }

  @Test
  void fileThatHasMoved_isNotComparedWithThatOfAnotherDirectory() throws Exception {
    test = Thread.currentThread();
    Files.writeString(root.resolve("a"), "text");
    WatchKey key = service.register(root, WITH_RENAMES, RECURSIVE, RESCAN);
    move("a", "b");
    assertThat(told(key)).containsExactly("RENAME a -> b");
    looks.set(0);
    replaceRoot("b");
    await().until(() -> looks.get() > 0);
    putRootBack();
    assertThat(told(key)).isEmpty();
  }
}
