package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Something is mounted over what is watched, and unmounted, which inotify does not report: a volume
 * that comes late, a bind mount that is replaced. It is done in a mount namespace of its own.
 */
@Timeout(60)
final class MountedOverTest {

  @TempDir private Path scratch;

  @Test
  void directoryOfATree() throws Exception {
    assertThat(run("tree"))
        .containsExactly(
            "mounted [ENTRY_DELETE data, ENTRY_CREATE data, ENTRY_CREATE data/new]",
            "written there [ENTRY_MODIFY data/new]",
            "another one [ENTRY_DELETE data, ENTRY_CREATE data, ENTRY_CREATE data/newer]",
            "unmounted [ENTRY_DELETE data, ENTRY_CREATE data, ENTRY_CREATE data/new]",
            "unmounted again [ENTRY_DELETE data, ENTRY_CREATE data, ENTRY_CREATE data/old]",
            "written beneath [ENTRY_MODIFY data/old]",
            "a name with a blank [ENTRY_DELETE a b, ENTRY_CREATE a b, ENTRY_CREATE a b/new]",
            "a file []",
            "outside []",
            "written at last [ENTRY_MODIFY data/old]",
            "watches 3");
  }

  @Test
  void singleFile() throws Exception {
    assertThat(run("file"))
        .containsExactly(
            "a file over it [ENTRY_MODIFY ]",
            "written on the host [ENTRY_MODIFY ]",
            "unmounted [ENTRY_MODIFY ]",
            "written [ENTRY_MODIFY ]",
            "a directory over its own [ENTRY_MODIFY ]",
            "one that has no such file [ENTRY_DELETE ]",
            "unmounted again [ENTRY_CREATE ]",
            "elsewhere []",
            "written at last [ENTRY_MODIFY ]");
  }

  @Test
  void directoryAtTwoPlaces() throws Exception {
    assertThat(run("places"))
        .containsExactly(
            "mounted [ENTRY_DELETE one, ENTRY_CREATE one, ENTRY_CREATE one/f]",
            "the same moves in [ENTRY_CREATE two]",
            "something else is mounted [ENTRY_DELETE five, ENTRY_CREATE five]",
            "unmounted [ENTRY_DELETE one, ENTRY_CREATE one, ENTRY_CREATE two, ENTRY_CREATE two/f]",
            "written where it is left [ENTRY_MODIFY two/f]",
            "its own one [ENTRY_DELETE four, ENTRY_CREATE four]",
            "moved away [ENTRY_DELETE three, ENTRY_CREATE four, ENTRY_CREATE four/g]",
            "written where that is left [ENTRY_MODIFY four/g]",
            "watches 5");
  }

  /** What hides the second place is gone when nobody has the first one any more. */
  @Test
  void secondPlaceThatIsHidden_isFoundAtOnce() throws Exception {
    assertThat(run("hidden"))
        .containsExactly(
            "bound [ENTRY_DELETE one, ENTRY_CREATE one, ENTRY_CREATE one/f]",
            "bound once more [ENTRY_DELETE p/two, ENTRY_CREATE p/two]",
            "hidden [ENTRY_DELETE p, ENTRY_CREATE p]",
            "unbound [ENTRY_DELETE one, ENTRY_CREATE one]",
            "shown [ENTRY_DELETE p, ENTRY_CREATE p, ENTRY_CREATE p/two, ENTRY_CREATE p/two/f]",
            "written [ENTRY_MODIFY p/two/f]",
            "watches 4");
  }

  /** It is looked at the second place amid the rename of what the first is in. */
  @Test
  void firstPlaceInADirectoryThatIsRenamed() throws Exception {
    assertThat(run("first"))
        .containsExactly(
            "bound [ENTRY_DELETE one, ENTRY_CREATE one]",
            "renamed [ENTRY_DELETE five, RENAME p -> q]",
            "written [ENTRY_MODIFY q/v/f]",
            "unmounted [ENTRY_CREATE one]",
            "watches 4");
  }

  @Test
  void secondPlaceInADirectoryThatIsRenamed() throws Exception {
    assertThat(run("second"))
        .containsExactly(
            "bound [ENTRY_DELETE one, ENTRY_CREATE one]",
            "bound once more [ENTRY_DELETE p/two, ENTRY_CREATE p/two]",
            "renamed [ENTRY_DELETE five, RENAME p -> q]",
            "written [ENTRY_MODIFY v/f]",
            "unmounted [ENTRY_CREATE q/two]",
            "watches 4");
  }

  @Test
  void inADirectoryThatIsRenamed() throws Exception {
    assertThat(run("mounted"))
        .containsExactly(
            "renamed [RENAME p -> q, ENTRY_DELETE q/m, ENTRY_CREATE q/m, ENTRY_CREATE q/m/shown]",
            "written there [ENTRY_CREATE q/m/new]");
  }

  /** The mark behind which it is looked at the first mount is before the rename. */
  @Test
  void inADirectoryThatIsRenamed_behindAnotherMount() throws Exception {
    assertThat(run("again"))
        .containsExactly(
            "renamed [ENTRY_DELETE other, ENTRY_CREATE other, RENAME p -> q, ENTRY_DELETE q/m,"
                + " ENTRY_CREATE q/m, ENTRY_CREATE q/m/shown]",
            "written there [ENTRY_CREATE q/m/new]");
  }

  private List<String> run(String what) throws Exception {
    return MountNamespace.run(Mounts.class, what, scratch);
  }

  /** Mounts, and says what is told of it. */
  static final class Mounts {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

    private final Path top;
    private final INotifyWatchService service;
    private final WatchKey key;

    private Mounts(Path top, INotifyWatchService service, WatchKey key) {
      this.top = top;
      this.service = service;
      this.key = key;
    }

    public static void main(String[] arguments) throws Exception {
      Path top = Path.of(arguments[1]);
      AlteredKernel kernel = new AlteredKernel();
      Hub hub = kernel.openHub();
      try (INotifyWatchService service = INotifyWatchService.open(hub)) {
        switch (arguments[0]) {
          case "tree" -> tree(top, service);
          case "places" -> places(top, service);
          case "hidden" -> hidden(top, service);
          case "first" -> first(top, service, kernel);
          case "second" -> second(top, service, kernel);
          case "mounted" -> mounted(top, service, kernel);
          case "again" -> again(top, service, kernel, hub);
          default -> file(top, service);
        }
      }
    }

    private static void tree(Path top, INotifyWatchService service) throws Exception {
      MountNamespace.shell(
          top, "mkdir -p tree/data 'tree/a b' v w x; touch tree/data/old tree/f v/new w/newer");
      WatchKey key = service.register(top.resolve("tree"), KINDS, INotifyModifiers.RECURSIVE);
      Mounts mounts = new Mounts(top, service, key);
      mounts.step("mounted", 3, "mount --bind v tree/data");
      mounts.step("written there", 1, "echo one >> tree/data/new");
      mounts.step("another one", 3, "mount --bind w tree/data");
      mounts.step("unmounted", 3, "umount tree/data");
      mounts.step("unmounted again", 3, "umount tree/data");
      mounts.step("written beneath", 1, "echo one >> tree/data/old");
      mounts.step("a name with a blank", 3, "mount --bind v 'tree/a b'");
      mounts.step("a file", 0, "mount --bind v/new tree/f");
      mounts.step("outside", 0, "mount -t tmpfs none x");
      mounts.step("written at last", 1, "echo two >> tree/data/old");
      System.out.println("watches " + service.watchCount());
    }

    private static void places(Path top, INotifyWatchService service) throws Exception {
      MountNamespace.shell(
          top, "mkdir -p tree/one tree/three tree/four tree/five v; touch v/f tree/three/g");
      WatchKey key = service.register(top.resolve("tree"), KINDS, INotifyModifiers.RECURSIVE);
      Mounts mounts = new Mounts(top, service, key);
      mounts.step("mounted", 3, "mount --bind v tree/one");
      mounts.step("the same moves in", 1, "mv v tree/two");
      mounts.step("something else is mounted", 2, "mount -t tmpfs none tree/five");
      mounts.step("unmounted", 4, "umount tree/one");
      mounts.step("written where it is left", 1, "echo one >> tree/two/f");
      mounts.step("its own one", 2, "mount --bind tree/three tree/four");
      mounts.step("moved away", 3, "mv tree/three .");
      mounts.step("written where that is left", 1, "echo one >> three/g");
      System.out.println("watches " + service.watchCount());
    }

    private static void hidden(Path top, INotifyWatchService service) throws Exception {
      MountNamespace.shell(top, "mkdir -p tree/one tree/p/two v; touch v/f");
      WatchKey key = service.register(top.resolve("tree"), KINDS, INotifyModifiers.RECURSIVE);
      Mounts mounts = new Mounts(top, service, key);
      mounts.step("bound", 3, "mount --bind v tree/one");
      mounts.step("bound once more", 2, "mount --bind v tree/p/two");
      mounts.step("hidden", 2, "mount -t tmpfs none tree/p");
      mounts.step("unbound", 2, "umount tree/one");
      long begin = System.nanoTime();
      mounts.step("shown", 4, "umount tree/p");
      if (System.nanoTime() - begin > SECONDS.toNanos(5)) {
        System.out.println("late");
      }
      mounts.step("written", 1, "echo one >> tree/p/two/f");
      System.out.println("watches " + service.watchCount());
    }

    private static void first(Path top, INotifyWatchService service, AlteredKernel kernel)
        throws Exception {
      Mounts mounts = withRenames(top, service, "mkdir -p one p/v five; touch p/v/f");
      mounts.step("bound", 2, "mount --bind tree/p/v tree/one");
      mounts.renameAmidALook(kernel.holdPlacing("one"));
      mounts.step("written", 1, "echo one >> tree/q/v/f");
      mounts.step("unmounted", 1, "umount tree/one");
      System.out.println("watches " + service.watchCount());
    }

    private static void second(Path top, INotifyWatchService service, AlteredKernel kernel)
        throws Exception {
      Mounts mounts = withRenames(top, service, "mkdir -p v one p/two five; touch v/f");
      mounts.step("bound", 2, "mount --bind tree/v tree/one");
      mounts.step("bound once more", 2, "mount --bind tree/v tree/p/two");
      mounts.renameAmidALook(kernel.holdPlacing("one"));
      mounts.step("written", 1, "echo one >> tree/v/f");
      mounts.step("unmounted", 1, "umount tree/q/two");
      System.out.println("watches " + service.watchCount());
    }

    private static Mounts withRenames(Path top, INotifyWatchService service, String preparation)
        throws Exception {
      Path tree = Files.createDirectory(top.resolve("tree"));
      MountNamespace.shell(tree, preparation);
      WatchEvent.Kind<?>[] kinds = {
        ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY, INotifyEventKinds.RENAME
      };
      return new Mounts(top, service, service.register(tree, kinds, INotifyModifiers.RECURSIVE));
    }

    /** A directory leaves, so that it is looked at second places; another is renamed meanwhile. */
    private void renameAmidALook(Gate look) throws Exception {
      MountNamespace.shell(top, "mv tree/five .");
      look.awaitReached();
      MountNamespace.shell(top, "mv tree/p tree/q");
      look.open();
      step("renamed", 2, ":");
    }

    private static void mounted(Path top, INotifyWatchService service, AlteredKernel kernel)
        throws Exception {
      Mounts mounts = withRenames(top, service, "mkdir -p p/m");
      try (Gate gate = kernel.holdReads()) {
        while (!gate.isReached()) {
          Files.setPosixFilePermissions(
              top.resolve("tree"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        MountNamespace.shell(top, "mv tree/p tree/q; mount -t tmpfs none tree/q/m");
        MountNamespace.shell(top, "touch tree/q/m/shown");
      }
      mounts.step("renamed", 4, ":");
      mounts.step("written there", 1, "mkdir tree/q/m/new");
    }

    private static void again(Path top, INotifyWatchService service, AlteredKernel kernel, Hub hub)
        throws Exception {
      Mounts mounts = withRenames(top, service, "mkdir -p p/m other");
      try (Gate gate = kernel.holdReads()) {
        while (!gate.isReached()) {
          Files.setPosixFilePermissions(
              top.resolve("tree"), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        heard(hub, () -> MountNamespace.shell(top, "mount -t tmpfs none tree/other"));
        MountNamespace.shell(top, "mv tree/p tree/q");
        heard(hub, () -> MountNamespace.shell(top, "mount -t tmpfs none tree/q/m"));
        MountNamespace.shell(top, "touch tree/q/m/shown");
      }
      mounts.step("renamed", 6, ":");
      mounts.step("written there", 1, "mkdir tree/q/m/new");
    }

    /** Mounts something, and waits until that was heard. */
    private static void heard(Hub hub, Scripted mounting) throws Exception {
      long before = hub.listenForMounts();
      mounting.run();
      while (hub.listenForMounts() == before) {
        Thread.onSpinWait();
      }
    }

    private interface Scripted {
      void run() throws Exception;
    }

    private static void file(Path top, INotifyWatchService service) throws Exception {
      MountNamespace.shell(
          top, "mkdir etc host other empty; touch etc/app.conf host/app.conf other/app.conf");
      WatchKey key = service.register(top.resolve("etc/app.conf"), KINDS, INotifyModifiers.FILE);
      Mounts mounts = new Mounts(top, service, key);
      mounts.step("a file over it", 1, "mount --bind host/app.conf etc/app.conf");
      mounts.step("written on the host", 1, "echo one >> host/app.conf");
      mounts.step("unmounted", 1, "umount etc/app.conf");
      mounts.step("written", 1, "echo one >> etc/app.conf");
      mounts.step("a directory over its own", 1, "mount --bind other etc");
      mounts.step("one that has no such file", 1, "mount --bind empty etc");
      mounts.step("unmounted again", 1, "umount etc");
      mounts.step("elsewhere", 0, "mount --bind empty other");
      mounts.step("written at last", 1, "echo one >> etc/app.conf");
    }

    /** Does something, waits for so many events, and says what came. */
    private void step(String what, int events, String script) throws Exception {
      MountNamespace.shell(top, script);
      List<String> told = new ArrayList<>();
      while (told.size() < events && service.poll(PATIENCE.toSeconds(), SECONDS) != null) {
        take(told);
      }
      if (!service.sync(PATIENCE)) {
        throw new IllegalStateException("not delivered in time");
      }
      take(told);
      if (service.poll() != null) {
        take(told);
      }
      System.out.println(what + " " + told);
    }

    private void take(List<String> told) {
      told.addAll(Told.by(key));
      key.reset();
    }
  }
}
