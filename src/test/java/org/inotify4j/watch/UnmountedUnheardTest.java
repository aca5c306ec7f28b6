package org.inotify4j.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.inotify4j.hub.Hub;
import org.inotify4j.libc.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a tree has found in a bind mount is unmounted while that cannot be heard, and nobody has
 * seen the mount in the table: when it can be heard again the tree has what is there.
 */
@Timeout(60)
final class UnmountedUnheardTest {

  private static final String HEARD = "it is heard, and cannot be opened";

  @TempDir private Path scratch;

  @ParameterizedTest
  @ValueSource(strings = {"nobody listens", "the table cannot be read"})
  void isFoundWhenItIsHeardAgain(String why) throws Exception {
    assertThat(MountNamespace.run(Mounts.class, why, scratch))
        .containsExactly(
            "[ENTRY_DELETE m, ENTRY_CREATE m, ENTRY_CREATE m/old]",
            "opened []",
            "[ENTRY_MODIFY d/f, ENTRY_MODIFY m/old]",
            "watches 3");
  }

  /** It is heard, and for want of a descriptor it cannot be looked at. */
  @Test
  void isFoundLaterWhereItCannotBeOpened() throws Exception {
    assertThat(MountNamespace.run(Mounts.class, HEARD, scratch))
        .containsExactly(
            "[ENTRY_DELETE m, ENTRY_CREATE m, ENTRY_CREATE m/old]",
            "opened []",
            "[ENTRY_MODIFY d/f, ENTRY_MODIFY m/old]",
            "watches 3");
  }

  /** Mounts, and says what is told of it. */
  static final class Mounts {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final WatchEvent.Kind<?>[] KINDS = {ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY};

    private Mounts() {}

    public static void main(String[] arguments) throws Exception {
      Path top = Path.of(arguments[1]);
      PickyKernel kernel = new PickyKernel();
      Hub hub = kernel.openHub();
      try (INotifyWatchService service = INotifyWatchService.open(hub)) {
        MountNamespace.shell(top, "mkdir -p tree/m tree/d v; touch tree/m/old tree/d/f v/new");
        boolean isHeardBefore = arguments[0].contains("table");
        long heard = isHeardBefore ? hub.listenForMounts() : 0;
        boolean isHeard = arguments[0].equals(HEARD);
        if (!isHeard) {
          kernel.refuse("open", "/proc/self/mountinfo"::equals, Errno.EMFILE.number());
        }
        MountNamespace.shell(top, "mount --bind v tree/m");
        while (isHeardBefore && hub.listenForMounts() == heard) {
          Thread.onSpinWait();
        }
        WatchKey key = service.register(top.resolve("tree"), KINDS, INotifyModifiers.RECURSIVE);
        WatchKey opened = service.register(top.resolve("tree/d"), INotifyEventKinds.OPEN);
        unmount(kernel, top, isHeard);
        System.out.println(told(service, key, 3));
        System.out.println("opened " + Told.by(opened));
        opened.cancel();
        MountNamespace.shell(top, "echo >> v/new; echo >> tree/d/f; echo >> tree/m/old");
        System.out.println(told(service, key, 2));
        System.out.println("watches " + service.watchCount());
      }
    }

    /** Where that is heard it has been looked at by then, which was refused. */
    private static void unmount(PickyKernel kernel, Path top, boolean isHeard) throws Exception {
      PickyKernel.Refusal looks = kernel.refuse("openat", "m"::equals, Errno.EMFILE.number());
      MountNamespace.shell(top, "umount tree/m");
      while (isHeard && looks.calls() == 0) {
        Thread.onSpinWait();
      }
      kernel.allowAll();
    }

    /** What comes, which is to be so many events. */
    private static List<String> told(INotifyWatchService service, WatchKey key, int events)
        throws Exception {
      List<String> told = new ArrayList<>();
      while (told.size() < events && service.poll(PATIENCE.toSeconds(), SECONDS) != null) {
        told.addAll(Told.by(key));
        key.reset();
      }
      if (!service.sync(PATIENCE)) {
        throw new IllegalStateException("not delivered in time");
      }
      told.addAll(Told.by(key));
      key.reset();
      return told;
    }
  }
}
