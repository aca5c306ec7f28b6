package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.inotify4j.ScriptedINotify;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Hubs;
import org.inotify4j.libc.LibC;
import org.inotify4j.libc.SystemLibC;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The judge of keys that share the watches of one hub: whatever they are of and ask for, each is
 * told of every change what it is told alone, by a service with a kernel instance of its own.
 */
@Timeout(600)
class SharedKeysModelTest {

  private static final WatchEvent.Kind<?>[] KINDS = {
    ENTRY_CREATE,
    ENTRY_DELETE,
    ENTRY_MODIFY,
    INotifyEventKinds.RENAME,
    INotifyEventKinds.CLOSE_WRITE,
    INotifyEventKinds.ATTRIB,
    INotifyEventKinds.DELETE_SELF,
    INotifyEventKinds.MOVE_SELF,
    INotifyEventKinds.MOVED_FROM,
    INotifyEventKinds.MOVED_TO,
    INotifyEventKinds.CREATE,
    INotifyEventKinds.DELETE,
    INotifyEventKinds.MODIFY
  };

  @TempDir private Path scratch;

  @Test
  void keysAreTold_whatEachIsToldAlone() throws Exception {
    Seeds.each("SharedKeysModelTest", 60, seed -> run(seed, scratch));
  }

  /** One run, in a directory of its own. */
  private static void run(long seed, Path scratch) throws Exception {
    Path work = Files.createTempDirectory(scratch, "seed");
    try (Run run = new Run(seed, work)) {
      run.go();
    }
    TreeChanges.removeAll(work);
  }

  /** A registration that was made twice: beside others, and by a service of its own. */
  private record Twins(WatchKey shared, WatchKey alone, INotifyWatchService own) {

    void cancel() {
      shared.cancel();
      alone.cancel();
    }

    /** Passes over what is pending. */
    void forget() {
      shared.pollEvents();
      alone.pollEvents();
    }

    void assertEqual(List<String> history) {
      List<String> told = Told.by(shared);
      history.add("  " + told);
      assertThat(told).as("%s", history).isEqualTo(Told.by(alone));
      assertThat(shared.reset()).as("%s", history).isEqualTo(alone.reset());
    }
  }

  private static final class Run implements AutoCloseable {

    private static final int STEPS = 30;

    private final Random random;
    private final SingleChanges changes;
    private final Hub hub;
    private final List<INotifyWatchService> services = new ArrayList<>();
    private final List<Twins> twins = new ArrayList<>();
    private final List<String> history = new ArrayList<>();

    Run(long seed, Path work) throws IOException {
      random = new Random(seed);
      changes = new SingleChanges(random, work);
      hub = openHub();
      history.add("seed " + seed);
      open(hub);
    }

    void go() throws Exception {
      for (int i = 0; i < STEPS / 2; i++) {
        history.add(changes.make());
      }
      boolean isOneService = random.nextBoolean();
      int keys = 2 + random.nextInt(3);
      for (int i = 0; i < STEPS; i++) {
        if (twins.size() < keys && (i < keys || random.nextInt(3) == 0)) {
          registerTwice(isOneService ? services.get(0) : open(hub));
        }
        history.add(changes.make());
        assertAllAreEqual();
        if (!twins.isEmpty() && random.nextInt(60) == 0) {
          int which = random.nextInt(twins.size());
          history.add("cancel " + which);
          twins.get(which).cancel();
        }
      }
    }

    private void assertAllAreEqual() throws InterruptedException {
      sync();
      twins.forEach(both -> both.assertEqual(history));
    }

    private void sync() throws InterruptedException {
      for (INotifyWatchService service : services) {
        Pending.sync(service);
      }
    }

    private void registerTwice(INotifyWatchService service) throws Exception {
      WatchEvent.Modifier[] modifiers = modifiers();
      boolean isOfAny = List.of(modifiers).contains(INotifyModifiers.FILE) || random.nextBoolean();
      Path path = isOfAny ? changes.any() : changes.root();
      WatchEvent.Kind<?>[] kinds = kinds();
      history.add("register " + path + " " + List.of(kinds) + " " + List.of(modifiers));
      Either shared = Either.of(service, path, kinds, modifiers);
      Optional<Twins> known =
          twins.stream().filter(both -> both.shared.equals(shared.key)).findFirst();
      INotifyWatchService own = known.isPresent() ? known.get().own : open(openHub());
      Either alone = Either.of(own, path, kinds, modifiers);
      assertThat(alone.refusal).as("%s", history).isEqualTo(shared.refusal);
      if (known.isPresent()) {
        // What is told once more than need be, where RESCAN looks again, is so by chance.
        sync();
        known.get().forget();
      } else if (shared.key != null && alone.key != null) {
        twins.add(new Twins(shared.key, alone.key, own));
      }
    }

    private WatchEvent.Modifier[] modifiers() {
      List<WatchEvent.Modifier> modifiers = new ArrayList<>();
      int which = random.nextInt(6);
      if (which < 3) {
        modifiers.add(INotifyModifiers.RECURSIVE);
      } else if (which < 5) {
        modifiers.add(INotifyModifiers.FILE);
      }
      if (which == 0) {
        modifiers.add(INotifyModifiers.RESCAN);
      }
      if (random.nextInt(6) == 0) {
        modifiers.add(INotifyModifiers.NOFOLLOW);
      }
      return modifiers.toArray(WatchEvent.Modifier[]::new);
    }

    private WatchEvent.Kind<?>[] kinds() {
      List<WatchEvent.Kind<?>> kinds = new ArrayList<>(List.of(KINDS));
      kinds.removeIf(kind -> random.nextInt(4) != 0);
      return kinds.isEmpty() || random.nextInt(3) == 0
          ? new WatchEvent.Kind<?>[] {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY}
          : kinds.toArray(WatchEvent.Kind<?>[]::new);
    }

    private INotifyWatchService open(Hub of) throws IOException {
      INotifyWatchService service = INotifyWatchService.open(of);
      services.add(service);
      return service;
    }

    private static Hub openHub() throws IOException {
      LibC libC = SystemLibC.get();
      return Hubs.open(libC, ScriptedINotify.openForHub(libC), Hubs.CAPACITY);
    }

    @Override
    public void close() throws IOException {
      for (INotifyWatchService service : services) {
        service.close();
      }
    }
  }

  /** A key, or why there is none. */
  private record Either(@Nullable WatchKey key, @Nullable String refusal) {

    static Either of(
        INotifyWatchService service,
        Path path,
        WatchEvent.Kind<?>[] kinds,
        WatchEvent.Modifier[] modifiers) {
      try {
        return new Either(service.register(path, kinds, modifiers), null);
      } catch (IOException e) {
        return new Either(null, e.toString());
      }
    }
  }
}
