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

  /** Is done before a worker opens the root, when there is a file in it. */
  private final AtomicReference<@Nullable Runnable> beforeWorkerOpens = new AtomicReference<>();

  /** How often a worker opens it before that. */
  private final AtomicInteger opensBefore = new AtomicInteger();

  /** Is done behind that, when a worker has read a directory. */
  private volatile @Nullable Runnable afterRead;

  /** How often workers have opened it since. */
  private final AtomicInteger opened = new AtomicInteger();

  /** The name of that file; none for the root itself. */
  private volatile String file = "";

  /** The thread that registers. */
  private volatile @Nullable Thread test;

  @Override
  Hub openHub() throws IOException {
    LibC libC =
        Intercepted.by(
            (method, arguments) -> {
              boolean isLook =
                  method.getName().equals("open")
                      && !Thread.currentThread().equals(test)
                      && Intercepted.text(arguments[0]).equals(root.toString());
              if (isLook
                  && Files.exists(root.resolve(file))
                  && opensBefore.getAndDecrement() <= 0) {
                Runnable action = beforeWorkerOpens.getAndSet(null);
                if (action != null) {
                  action.run();
                }
              }
              Object result = Intercepted.pass(REAL, method, arguments);
              if (isLook && beforeWorkerOpens.get() == null) {
                opened.incrementAndGet();
              }
              Runnable behind = afterRead;
              if (behind != null
                  && method.getName().equals("getdents64")
                  && beforeWorkerOpens.get() == null) {
                afterRead = null;
                behind.run();
              }
              return result;
            });
    return Hubs.open(libC, ScriptedINotify.openForHub(libC), Hubs.CAPACITY);
  }

  /** Another directory is at the path from here on, with a file of each name. */
  private void replaceRoot(String... names) {
    try {
      move(root, outside.resolve("moved"));
      opened.set(0);
      Files.createDirectory(root);
      for (String name : names) {
        Files.writeString(root.resolve(name), "of another directory");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until it was looked at least once in vain: it is tried again and again. */
  private void awaitLook() {
    await().until(() -> opened.get() >= 3);
  }

  private void putRootBack() throws IOException {
    move(root, outside.resolve("other"));
    move(outside.resolve("moved"), root);
  }

  private void putRootBackAgain() {
    try {
      putRootBack();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listing_isOfTheDirectoryThatIsWatched(boolean isWhole) throws Exception {
    test = Thread.currentThread();
    touch("ours");
    beforeWorkerOpens.set(() -> replaceRoot("theirs"));
    WatchKey key =
        service.register(root, WITH_RENAMES, INITIAL, RESCAN, isWhole ? RECURSIVE : RESCAN);
    awaitLook();
    putRootBack();
    await().until(() -> service.poll() != null);
    assertThat(told(key)).containsExactly("EXISTS ours", "READY ");
  }

  /** What a look has read is of that one, though it is seen neither before nor behind that. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void directoryThatIsThereForAMoment_isNotListed(boolean isWhole) throws Exception {
    test = Thread.currentThread();
    touch("ours");
    opensBefore.set(2);
    beforeWorkerOpens.set(() -> replaceRoot("theirs"));
    afterRead = this::putRootBackAgain;
    WatchKey key =
        service.register(root, WITH_RENAMES, INITIAL, RESCAN, isWhole ? RECURSIVE : RESCAN);
    await().until(() -> service.poll() != null);
    assertThat(afterRead).as("another one was read").isNull();
    assertThat(told(key)).containsExactly("EXISTS ours", "READY ");
  }

  @Test
  void fileThatHasMoved_isNotComparedWithThatOfAnotherDirectory() throws Exception {
    test = Thread.currentThread();
    Files.writeString(root.resolve("a"), "text");
    WatchKey key = service.register(root, WITH_RENAMES, RECURSIVE, RESCAN);
    file = "b";
    beforeWorkerOpens.set(() -> replaceRoot("b"));
    move("a", "b");
    awaitLook();
    putRootBack();
    assertThat(told(key)).containsExactly("RENAME a -> b");
  }
}
