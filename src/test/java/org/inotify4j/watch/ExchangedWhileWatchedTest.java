package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.concurrent.atomic.AtomicBoolean;
import org.inotify4j.Flag;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.Syscalls;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.Intercepted;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A directory is watched between the two moves that an exchange is reported as. It hears of the
 * second only, that a name goes; what came to that name by the first one is there all the same.
 */
final class ExchangedWhileWatchedTest extends WholeTreeTest {

  private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE};
  private static final WatchEvent.Kind<?>[] WITH_RENAMES = {
    ENTRY_CREATE, ENTRY_DELETE, INotifyEventKinds.RENAME
  };

  private final LibC real = SystemLibC.get();
  private final LibC libC = Intercepted.by(this::call);
  private final AtomicBoolean isArmed = new AtomicBoolean();

  @Override
  Hub openHub() throws IOException {
    return Hubs.open(libC, ScriptedINotify.openForHub(libC), Hubs.CAPACITY);
  }

  @BeforeEach
  void makeDirectories() throws IOException {
    mkdirs("d/x");
    mkdirs("e/y");
  }

  /** When e is to be watched it is so for what goes first, and then d/x changes places with e/y. */
  private Object call(Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("inotifyAddWatch")) {
      Path path = Path.of(Intercepted.text(arguments[1]));
      Path target = Files.isSymbolicLink(path) ? Files.readSymbolicLink(path) : path;
      if (target.endsWith("e") && isArmed.compareAndSet(true, false)) {
        Object[] ofGoing = arguments.clone();
        ofGoing[2] = (int) arguments[2] & ~Flag.MOVED_TO.bit();
        Object unused = Intercepted.pass(real, method, ofGoing);
        Syscalls.exchange(root.resolve("d/x"), root.resolve("e/y"));
      }
    }
    return Intercepted.pass(real, method, arguments);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void amidTheRegistration(boolean tellsRenames) throws Exception {
    isArmed.set(true);
    WatchKey key = register(tellsRenames ? WITH_RENAMES : KINDS);
    assertThat(isArmed).isFalse();
    EventModel model = new EventModel(service, key);
    assertIsExact(model);
    touch("e/y/f");
    assertThat(told(key)).containsExactly("ENTRY_CREATE e/y/f");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whenItComes(boolean tellsRenames) throws Exception {
    move(root.resolve("e"), outside.resolve("e"));
    EventModel model = new EventModel(service, register(tellsRenames ? WITH_RENAMES : KINDS));
    isArmed.set(true);
    move(outside.resolve("e"), root.resolve("e"));
    await().untilFalse(isArmed);
    assertIsExact(model);
  }

  private void assertIsExact(EventModel model) throws Exception {
    model.sync();
    model.poll();
    assertThat(model.paths()).as("%s", model.history()).isEqualTo(EventModel.list(root));
    assertWatchesAreTheDirectories();
  }
}
