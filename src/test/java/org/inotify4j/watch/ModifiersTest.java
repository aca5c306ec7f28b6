package org.inotify4j.watch;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.inotify4j.Flag.EXCL_UNLINK;
import static org.inotify4j.watch.INotifyModifiers.EXCLUDE_UNLINKED;
import static org.inotify4j.watch.INotifyModifiers.NOFOLLOW;
import static org.inotify4j.watch.INotifyModifiers.ONESHOT;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.ScriptedLibC;
import org.junit.jupiter.api.Test;

/** The options of a registration. */
final class ModifiersTest extends WatchTest {

  private static final WatchEvent.Kind<?>[] CREATION = {ENTRY_CREATE};
  private static final WatchEvent.Kind<?>[] ALL = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

  // NOFOLLOW

  @Test
  void nofollow_refusesALinkToADirectory() throws Exception {
    Path link = Files.createSymbolicLink(file("link"), mkdir("d"));
    assertThatExceptionOfType(FileSystemException.class)
        .isThrownBy(() -> service.register(link, CREATION, NOFOLLOW))
        .isExactlyInstanceOf(NotDirectoryException.class)
        .withMessage(link.toString());
  }

  @Test
  void nofollow_isOfTheLastNameOnly() throws Exception {
    mkdir("d");
    mkdir("d/e");
    Path link = Files.createSymbolicLink(file("link"), file("d"));
    WatchKey key = service.register(link.resolve("e"), CREATION, NOFOLLOW);
    touch("d/e/x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void nofollow_acceptsADirectory() throws Exception {
    WatchKey key = service.register(root, CREATION, NOFOLLOW);
    touch("x");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x");
  }

  // EXCLUDE_UNLINKED

  @Test
  void excludeUnlinked_isSilentOfWhatHasNoNameAnyMore() throws Exception {
    WatchKey key = service.register(root, ALL, EXCLUDE_UNLINKED);
    writeToUnlinked();
    assertThat(told(key)).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x");
  }

  @Test
  void withoutExcludeUnlinked_itIsTold() throws Exception {
    WatchKey key = service.register(root, ALL);
    writeToUnlinked();
    assertThat(told(key)).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x", "ENTRY_MODIFY x");
  }

  @Test
  void excludeUnlinked_holdsOnlyWhileAllWantIt() throws Exception {
    try (INotifyWatchService other = INotifyWatchService.open()) {
      service.register(root, ALL, EXCLUDE_UNLINKED);
      WatchKey plain = other.register(root, ALL);
      writeToUnlinked();
      sync();
      assertThat(Told.by(plain))
          .containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x", "ENTRY_MODIFY x");
    }
  }

  @Test
  void excludeUnlinked_comingSecond_takesNothingFromTheFirst() throws Exception {
    try (INotifyWatchService other = INotifyWatchService.open()) {
      WatchKey plain = service.register(root, ALL);
      other.register(root, ALL, EXCLUDE_UNLINKED);
      writeToUnlinked();
      assertThat(told(plain)).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x", "ENTRY_MODIFY x");
    }
  }

  @Test
  void excludeUnlinked_isGivenUpByRegisteringWithoutIt() throws Exception {
    WatchKey key = service.register(root, ALL, EXCLUDE_UNLINKED);
    service.register(root, ALL);
    writeToUnlinked();
    assertThat(told(key)).containsExactly("ENTRY_CREATE x", "ENTRY_DELETE x", "ENTRY_MODIFY x");
  }

  @Test
  void excludeUnlinked_neverReachesTheKernelWhileAnotherDoesNotWantIt() throws Exception {
    ScriptedLibC kernel = new ScriptedLibC();
    Queue<Integer> masks = new ConcurrentLinkedQueue<>();
    Hub hub = hub(kernel, masks);
    try (INotifyWatchService plain = INotifyWatchService.open(hub);
        INotifyWatchService excluding = INotifyWatchService.open(hub)) {
      plain.register(root, ENTRY_CREATE);
      excluding.register(root, CREATION, EXCLUDE_UNLINKED);
      excluding.register(root, ALL, EXCLUDE_UNLINKED);
      assertThat(masks).isNotEmpty().noneMatch(EXCL_UNLINK::isIn);
    }
  }

  // ONESHOT

  @Test
  void oneshot_isOneEvent_andThenTheKeyIsInvalid() throws Exception {
    WatchKey key = service.register(root, CREATION, ONESHOT);
    assertThat(key.isValid()).isTrue();
    touch("x");
    touch("y");
    sync();
    assertThat(key.isValid()).isFalse();
    assertThat(service.poll()).isSameAs(key);
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
    assertThat(key.reset()).isFalse();
    assertThat(service.poll()).isNull();
  }

  @Test
  void oneshot_waitsForAnEventThatWasAskedFor() throws Exception {
    touch("x");
    WatchKey key = service.register(root, CREATION, ONESHOT);
    delete("x");
    sync();
    assertThat(key.isValid()).isTrue();
    touch("y");
    assertThat(told(key)).containsExactly("ENTRY_CREATE y");
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void oneshot_ofAnEventOfTwoKinds_isBoth() throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, INotifyEventKinds.CREATE};
    WatchKey key = service.register(root, kinds, ONESHOT);
    touch("x");
    touch("y");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x", "CREATE x");
  }

  @Test
  void oneshot_ofARename_isTheWholeOfIt() throws Exception {
    touch("x");
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE, INotifyEventKinds.RENAME};
    WatchKey key = service.register(root, kinds, ONESHOT);
    move("x", "y");
    touch("z");
    assertThat(told(key)).containsExactly("RENAME x -> y");
    assertThat(key.isValid()).isFalse();
  }

  @Test
  void oneshot_directoryCanBeRegisteredAnew_andGivesAnotherKey() throws Exception {
    WatchKey key = service.register(root, CREATION, ONESHOT);
    touch("x");
    sync();
    WatchKey another = service.register(root, CREATION, ONESHOT);
    assertThat(another).isNotSameAs(key);
    touch("y");
    assertThat(told(another)).containsExactly("ENTRY_CREATE y");
    assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
  }

  @Test
  void oneshot_endsTheKeyThatHasIt_andNoOtherServices() throws Exception {
    try (INotifyWatchService other = INotifyWatchService.open()) {
      WatchKey once = service.register(root, CREATION, ONESHOT);
      WatchKey always = other.register(root, ENTRY_CREATE);
      touch("x");
      touch("y");
      sync();
      assertThat(Told.by(once)).containsExactly("ENTRY_CREATE x");
      assertThat(Told.by(always)).containsExactly("ENTRY_CREATE x", "ENTRY_CREATE y");
      assertThat(once.isValid()).isFalse();
      assertThat(always.isValid()).isTrue();
    }
  }

  @Test
  void oneshot_isGivenUpByRegisteringWithoutIt() throws Exception {
    WatchKey key = service.register(root, CREATION, ONESHOT);
    assertThat(service.register(root, ENTRY_CREATE)).isSameAs(key);
    touch("x");
    touch("y");
    assertThat(told(key)).containsExactly("ENTRY_CREATE x", "ENTRY_CREATE y");
    assertThat(key.isValid()).isTrue();
  }

  @Test
  void oneshot_leavesNoWatch() throws Exception {
    try (ScriptedService scripted = ScriptedService.open()) {
      WatchKey key = scripted.service().register(root, CREATION, ONESHOT);
      scripted.create(root, "x").sync();
      assertThat(Told.by(key)).containsExactly("ENTRY_CREATE x");
      assertThat(scripted.hub().watchCount()).isZero();
      assertThat(scripted.kernel().watchedPaths()).isEmpty();
    }
  }

  // Others

  @Test
  void exclude_withoutRecursive_isRefused() throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    for (WatchEvent.Modifier[] modifiers :
        new WatchEvent.Modifier[][] {
          {INotifyModifiers.exclude("*.tmp")},
          {INotifyModifiers.FILE, INotifyModifiers.exclude("*.tmp")}
        }) {
      assertThatThrownBy(() -> service.register(root, kinds, modifiers))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("RECURSIVE");
    }
    assertThat(service.watchCount()).isZero();
  }

  @Test
  void unknownModifier_isRefusedByItsName() {
    WatchEvent.Modifier unknown = () -> "SOMETHING";
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> service.register(root, CREATION, NOFOLLOW, unknown))
        .withMessage("Modifier not supported: SOMETHING");
  }

  @Test
  void modifiers_haveNames() {
    assertThat(List.of(NOFOLLOW, EXCLUDE_UNLINKED, ONESHOT))
        .extracting(WatchEvent.Modifier::name)
        .containsExactly("NOFOLLOW", "EXCLUDE_UNLINKED", "ONESHOT");
  }

  private void writeToUnlinked() throws IOException {
    try (OutputStream open = Files.newOutputStream(file("x"))) {
      delete("x");
      open.write("some bytes".getBytes(US_ASCII));
    }
  }

  private static Hub hub(ScriptedLibC kernel, Queue<Integer> masks) throws IOException {
    LibC recording =
        (LibC)
            Proxy.newProxyInstance(
                LibC.class.getClassLoader(),
                new Class<?>[] {LibC.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("inotifyAddWatch")) {
                    masks.add((Integer) arguments[2]);
                  }
                  try {
                    return method.invoke(kernel, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    return Hubs.open(recording, ScriptedINotify.openForHub(recording));
  }
}
